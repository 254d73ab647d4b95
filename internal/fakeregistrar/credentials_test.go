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
	const (
		sandboxPath = "/accounts/" + account + "/registrar-sandbox/registrations"
		foreign     = "/accounts/someone-else/registrar/registrations"
		wrongPlace  = "credentials sent to an account they are not for: someone-else/"
	)
	opts := []fake.Option{
		fake.WithToken("full", fake.FullAccess()),
		fake.WithToken("read", fake.ReadOnly()),
		fake.WithToken("one-by-one", fake.Permissions{Read: true, AllowedIP: true}),
		fake.WithToken("elsewhere", fake.Permissions{Read: true, List: true}),
		fake.WithToken("bound", fake.Permissions{Read: true, List: true, AllowedIP: true, Accounts: []string{"third"}}),
		fake.WithGlobalKey("me@example.com", "key", fake.FullAccess()),
		fake.WithAccount("third"),
	}
	tests := map[string]struct {
		header       http.Header
		method, path string
		status, code int
		violations   []string
	}{
		"a token that may":                        {token("full"), "PATCH", domainPath, 200, 0, nil},
		"a key that may":                          {key("me@example.com", "key"), "PATCH", domainPath, 200, 0, nil},
		"an unknown token":                        {token("stolen"), "GET", domainPath, 403, 10000, nil},
		"a key with another address":              {key("you@example.com", "key"), "GET", domainPath, 403, 10000, nil},
		"a token that may only read, reading":     {token("read"), "GET", domainPath, 200, 0, nil},
		"a token that may only read, writing":     {token("read"), "PATCH", domainPath, 403, 10000, nil},
		"a token that may not list, reading":      {token("one-by-one"), "GET", domainPath, 200, 0, nil},
		"a token that may not list, listing":      {token("one-by-one"), "GET", listPath, 403, 10000, nil},
		"a token without the sandbox":             {token("one-by-one"), "GET", sandboxPath + "/x.com", 403, 10000, nil},
		"a token with the sandbox":                {token("read"), "GET", sandboxPath, 200, 0, nil},
		"a token of another address":              {token("elsewhere"), "GET", domainPath, 403, 9109, nil},
		"an account that the server has not":      {token("full"), "GET", foreign, 403, 10000, []string{wrongPlace}},
		"an account that the token is not for":    {token("bound"), "GET", domainPath, 403, 10000, []string{"credentials sent to an account they are not for: " + account + "/example.com"}},
		"no credential":                           {http.Header{}, "GET", domainPath, 401, 10000, []string{"request with none in place of one credential: GET " + domainPath}},
		"a key without an address":                {http.Header{"X-Auth-Key": {"key"}}, "GET", domainPath, 401, 10000, []string{"request with none in place of one credential: GET " + domainPath}},
		"a token beside a key":                    {both("full", "me@example.com", "key"), "GET", domainPath, 400, 10000, []string{"request with both in place of one credential: GET " + domainPath}},
		"a token beside an address without a key": {both("full", "me@example.com", ""), "GET", domainPath, 400, 10000, []string{"request with both in place of one credential: GET " + domainPath}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withScenario(t, fake.Immediate(), opts...)
			c.header = test.header
			c.header.Set("Content-Type", "application/json")
			body := ""
			if test.method == http.MethodPatch {
				body = `{"auto_renew":true}`
			}
			r := c.do(test.method, test.path, body)
			wantStatus(t, r, test.status)
			if test.code != 0 && (len(r.body.Errors) != 1 || r.body.Errors[0].Code != test.code) {
				t.Errorf("answer = %s, want code %d", r.raw, test.code)
			}
			c.wantViolations(test.violations...)
		})
	}
}

func token(text string) http.Header {
	return http.Header{"Authorization": {"Bearer " + text}}
}

func key(email, text string) http.Header {
	return http.Header{"X-Auth-Email": {email}, "X-Auth-Key": {text}}
}

func both(tokenText, email, keyText string) http.Header {
	header := token(tokenText)
	header.Set("X-Auth-Email", email)
	header.Set("X-Auth-Key", keyText)
	return header
}

func TestATokenOfAnotherAddressIsToldSo(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate(), fake.WithToken("token-of-a-test", fake.Permissions{Read: true}))
	wantRefusal(t, c.get(domainPath), http.StatusForbidden, 9109, "Cannot use the access token from location: 203.0.113.7")
}

func TestAServerWithoutAccountsTakesAny(t *testing.T) {
	t.Parallel()
	c := newCaller(t)
	wantStatus(t, c.get(listPath), http.StatusOK)
	c.wantViolations()
}
