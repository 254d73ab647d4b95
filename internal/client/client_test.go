// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"net/http"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// One scheme of credentials is sent, and no response of a cache is accepted.
func TestRequestHeaders(t *testing.T) {
	t.Parallel()
	type row struct {
		credentials                client.Credentials
		authorization, mail, sends string
	}
	client.Each(t, map[string]row{
		"a token":                    {client.Credentials{Token: token}, "Bearer " + token, "", ""},
		"a key and its email":        {client.Credentials{Key: key, Email: email}, "", email, key},
		"a token beside a key":       {client.Credentials{Token: token, Key: key, Email: email}, "Bearer " + token, "", ""},
		"a token and a stray email":  {client.Credentials{Token: token, Email: email}, "Bearer " + token, "", ""},
		"a token beside a stray key": {client.Credentials{Token: token, Key: key}, "Bearer " + token, "", ""},
	}, func(t *testing.T, row row) {
		var seen http.Header
		transport := transportFunc(func(request *http.Request) (*http.Response, error) {
			seen = request.Header.Clone()
			return newServer(fake.Immediate()).Transport().RoundTrip(request)
		})
		c := newClient(t, transport, func(c *client.Config) { c.Credentials, c.UserAgent = row.credentials, "provider/1.2.3" })
		if _, err := c.Registration(t.Context(), exampleID()); err != nil {
			t.Fatal(err)
		}
		wantHeaders(t, seen, map[string]string{
			"Authorization": row.authorization, "X-Auth-Email": row.mail, "X-Auth-Key": row.sends,
			"User-Agent": "provider/1.2.3", "Accept": "application/json", "Cache-Control": "no-cache", "Content-Type": "",
		})
		if _, err := c.SetAutoRenew(t.Context(), exampleID(), true); err != nil {
			t.Fatal(err)
		}
		wantHeaders(t, seen, map[string]string{"Cache-Control": "", "Content-Type": "application/json", "Authorization": row.authorization})
	})
}

func wantHeaders(t *testing.T, got http.Header, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if got.Get(name) != value {
			t.Errorf("%s: %q, want %q", name, got.Get(name), value)
		}
	}
}

func TestTheSandboxHasAStateOfItsOwn(t *testing.T) {
	t.Parallel()
	server := fake.New(
		fake.WithDomain(fake.Domain{Name: domain, Account: account, AutoRenew: true}),
		fake.WithDomain(fake.Domain{Name: domain, Account: account, Sandbox: true}),
	)
	for product, want := range map[client.Product]bool{"": true, client.Production: true, client.Sandbox: false} {
		c := newClient(t, server.Transport(), func(c *client.Config) { c.Product = product })
		got, err := c.Registration(t.Context(), exampleID())
		if err != nil || got.AutoRenew != want || c.Product() == "" || c.BaseURL() != "https://api.example.net/client/v4" {
			t.Errorf("product %q at %s: auto_renew = %t, %v; want %t", product, c.BaseURL(), got.AutoRenew, err, want)
		}
	}
}
