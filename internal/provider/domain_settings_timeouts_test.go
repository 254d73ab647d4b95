// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestValidateNamesAndAccounts(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		wantText(t, s.validate(settings("www.example.com", true)), "ERROR", `Use "example.com".`)
		wantText(t, s.validate(settings("example.com", true).With(object{"account_id": text("a/b")})), "ERROR", `account_id is "a/b": an account ID has`)
	})
}

func TestValidateTimeouts(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		for duration, good := range map[string]bool{
			"0s": false, "1ns": false, "999ms": false, "-1.5h": false, "20": false, "soon": false, "": false, "1d": false,
			"99999999h": false, "721h": false, "1s": true, "720h": true, "1h30m": true,
		} {
			diags := s.validate(settings("example.com", true).With(timeouts("read", duration)))
			want := `timeouts.read is "` + duration + `". It must be a duration from "1s" to "720h"`
			if failed(diags) == good || !good && (len(diags) > 1 || !strings.Contains(show(diags), want)) {
				t.Errorf("%q: %q; want %q", duration, show(diags), want)
			}
		}
	})
}
