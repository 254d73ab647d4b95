// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestAClientTellsWhereItSpeaks(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ product, want client.Product }{
		"the real API unless told otherwise": {"", "registrar"},
		"the real API":                       {client.Production, "registrar"},
		"the sandbox":                        {client.Sandbox, "registrar-sandbox"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(fake.Immediate())
			c := newClient(t, server.Transport(), func(c *client.Config) { c.Product = test.product })
			if c.Product() != test.want || c.BaseURL() != "https://api.example.net/client/v4" {
				t.Errorf("speaks %q at %q", c.Product(), c.BaseURL())
			}
			if got := len(server.Requests()); got != 0 {
				t.Errorf("%d requests, want none before something is asked", got)
			}
		})
	}
}

func TestTheSandboxHasAStateOfItsOwn(t *testing.T) {
	t.Parallel()
	server := fake.New(
		fake.WithDomain(fake.Domain{Name: domain, Account: account, AutoRenew: true}),
		fake.WithDomain(fake.Domain{Name: domain, Account: account, Sandbox: true}),
	)
	c := newClient(t, server.Transport(), func(c *client.Config) { c.Product = client.Sandbox })
	got, err := c.Registration(t.Context(), exampleID())
	if err != nil || got.AutoRenew {
		t.Errorf("auto_renew = %t, %v; want the sandbox's, which is off", got.AutoRenew, err)
	}
}
