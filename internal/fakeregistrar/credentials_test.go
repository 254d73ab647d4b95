// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"net/http"
	"testing"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestCredentials(t *testing.T) {
	t.Parallel()
	const without, doubled = "GET " + domainPath + " without exactly one credential: none", "GET " + domainPath + " without exactly one credential: both"
	type test struct {
		authorization, email, key string
		status                    int
		violations                []string
	}
	each(t, map[string]test{
		"the known token":            {"Bearer known", "", "", 200, nil},
		"an unknown token":           {"Bearer stolen", "", "", 403, nil},
		"a key instead of the token": {"", "me@example.com", "key", 403, nil},
		"no credential":              {"", "", "", 401, []string{without}},
		"a key without an email":     {"", "", "key", 401, []string{without}},
		"a token and a key":          {"Bearer known", "me@example.com", "key", 400, []string{doubled}},
		"a token and an email":       {"Bearer known", "me@example.com", "", 400, []string{doubled}},
	}, func(t *testing.T, test test) {
		c := withScenario(t, fake.Immediate(), fake.WithToken("known"))
		c.header = http.Header{"Authorization": {test.authorization}, "X-Auth-Email": {test.email}, "X-Auth-Key": {test.key}}
		wantStatus(t, c.get(domainPath), test.status)
		c.wantViolations(test.violations...)
	})
}
