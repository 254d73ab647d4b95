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
	const without, doubled = "request with none in place of one credential: GET " + domainPath, "request with both in place of one credential: GET " + domainPath
	type test struct {
		header       http.Header
		method, path string
		status       int
		violations   []string
	}
	each(t, map[string]test{
		"a known token":                         {header("full", "", ""), "PATCH", domainPath, 200, nil},
		"an unknown token":                      {header("stolen", "", ""), "GET", domainPath, 403, nil},
		"a key where a token is known":          {header("", "me@example.com", "key"), "GET", domainPath, 403, nil},
		"no credential":                         {header("", "", ""), "GET", domainPath, 401, []string{without}},
		"a key without an address":              {header("", "", "key"), "GET", domainPath, 401, []string{without}},
		"a token beside a key":                  {header("full", "me@example.com", "key"), "GET", domainPath, 400, []string{doubled}},
		"a token beside an address, but no key": {header("full", "me@example.com", ""), "GET", domainPath, 400, []string{doubled}},
	}, func(t *testing.T, test test) {
		c := withScenario(t, fake.Immediate(), fake.WithToken("full"))
		c.header = test.header
		r := c.do(test.method, test.path, `{"auto_renew":true}`)
		switch test.status {
		case http.StatusOK:
			wantStatus(t, r, http.StatusOK)
		case http.StatusBadRequest:
			wantRefusal(t, r, test.status, 10000, "Only one authentication scheme may be used")
		default:
			wantRefusal(t, r, test.status, 10000, "Authentication error")
		}
		c.wantViolations(test.violations...)
	})
}

func header(token, email, key string) http.Header {
	all := http.Header{"Content-Type": {"application/json"}}
	for name, value := range map[string]string{"X-Auth-Email": email, "X-Auth-Key": key} {
		if value != "" {
			all.Set(name, value)
		}
	}
	if token != "" {
		all.Set("Authorization", "Bearer "+token)
	}
	return all
}

func TestAServerWithoutAccountsTakesAnyKeyAndAccount(t *testing.T) {
	t.Parallel()
	c := newCaller(t)
	c.header = header("", "me@example.com", "key")
	wantStatus(t, c.get(listPath), http.StatusOK)
	c.wantViolations()
}
