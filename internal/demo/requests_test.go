// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const registrationsPath = "/accounts/acc/registrar/registrations"

func TestARequestLogFoldsIntoALine(t *testing.T) {
	t.Parallel()
	get := func(path string) fakeregistrar.Request {
		return fakeregistrar.Request{Method: "GET", Path: registrationsPath + path, Status: 200}
	}
	patch := func(domain string, status int) fakeregistrar.Request {
		return fakeregistrar.Request{Method: "PATCH", Path: registrationsPath + "/" + domain, Status: status}
	}
	tests := map[string]struct {
		requests []fakeregistrar.Request
		line     string
		patched  []string
	}{
		"nothing": {nil, "nothing was asked", nil},
		"only looks": {
			[]fakeregistrar.Request{get(""), get("/example.com"), get("/example.com/update-status"), get("/example.net/update-status")},
			"no PATCH, 2 × GET update-status, 1 × GET registration, 1 × GET list of the account",
			nil,
		},
		"changes, in the order of their names": {
			[]fakeregistrar.Request{patch("example.net", 202), get("/example.net/update-status"), patch("example.com", 200)},
			"PATCH example.com (200), PATCH example.net (202), 1 × GET update-status",
			[]string{"example.com", "example.net"},
		},
		"a change sent twice shows twice": {
			[]fakeregistrar.Request{patch("example.com", 429), patch("example.com", 200)},
			"PATCH example.com (200), PATCH example.com (429)",
			[]string{"example.com", "example.com"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := folded(test.requests); got != test.line {
				t.Errorf("folded = %q, want %q", got, test.line)
			}
			if got := patched(test.requests); !slices.Equal(got, test.patched) {
				t.Errorf("patched = %q, want %q", got, test.patched)
			}
		})
	}
}
