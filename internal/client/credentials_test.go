// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"net/http"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

func TestOneSchemeOfCredentialsTravels(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		credentials                client.Credentials
		authorization, mail, sends string
	}{
		"a token":                    {client.Credentials{Token: token}, "Bearer " + token, "", ""},
		"a key and its email":        {client.Credentials{Key: key, Email: email}, "", email, key},
		"a token beside a key":       {client.Credentials{Token: token, Key: key, Email: email}, "Bearer " + token, "", ""},
		"a token and a stray email":  {client.Credentials{Token: token, Email: email}, "Bearer " + token, "", ""},
		"a token beside a stray key": {client.Credentials{Token: token, Key: key}, "Bearer " + token, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var seen http.Header
			transport := transportFunc(func(request *http.Request) (*http.Response, error) {
				seen = request.Header.Clone()
				return succeeding(`{"domain_name":"example.com","auto_renew":true}`).Transport().RoundTrip(request)
			})
			c := newClient(t, transport, func(c *client.Config) { c.Credentials, c.UserAgent = test.credentials, "provider/1.2.3" })
			if _, err := c.Registration(t.Context(), exampleID()); err != nil {
				t.Fatal(err)
			}
			if seen.Get("Authorization") != test.authorization || seen.Get("X-Auth-Email") != test.mail || seen.Get("X-Auth-Key") != test.sends {
				t.Errorf("headers = %v", seen)
			}
			if seen.Get("User-Agent") != "provider/1.2.3" || seen.Get("Accept") != "application/json" || seen.Get("Content-Type") != "" {
				t.Errorf("headers = %v", seen)
			}
		})
	}
}
