// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestCheckAccount(t *testing.T) {
	t.Parallel()
	for account, want := range map[string]bool{
		"023e105f4ecef8ad9ca31a8372d0c353": true, "a": true, "023E105F": true, "my_account-1": true,
		"": false, strings.Repeat("a", 33): false, "a/b": false, "..": false, ".": false, "%2e%2e": false, "a?b": false,
		"a#b": false, "a b": false, "abc\n": false, "ä": false, "{account_id}": false, token: false,
	} {
		if err := client.CheckAccount(account); (err == nil) != want {
			t.Errorf("CheckAccount(%q) = %v, want it accepted: %t", account, err, want)
		}
	}
}

func TestAnInvalidIDIsNeverSent(t *testing.T) {
	t.Parallel()
	client.Each(t, map[string]client.DomainID{
		"no account":               {Name: "example.com"},
		"no name":                  {Account: account},
		"another path for account": {Account: "../zones", Name: "example.com"},
		"another path for domain":  {Account: account, Name: "../example.com"},
		"an escape in the domain":  {Account: account, Name: "%2e%2e"},
		"a query in the domain":    {Account: account, Name: "example.com?x=1"},
		"a host below a domain":    {Account: account, Name: "www.example.com"},
		"upper case":               {Account: account, Name: "Example.com"},
		"a trailing dot":           {Account: account, Name: "example.com."},
		"letters outside ASCII":    {Account: account, Name: "münchen.de"},
		"a public suffix":          {Account: account, Name: "co.uk"},
	}, func(t *testing.T, id client.DomainID) {
		server := newServer(fake.Immediate())
		c := newClient(t, server.Transport())
		_, reading := c.Registration(t.Context(), id)
		_, setting := c.SetAutoRenew(t.Context(), id, true)
		_, looking := c.UpdateStatus(t.Context(), id)
		_, polling := c.PollUpdate(t.Context(), id, nil)
		errs := []error{reading, setting, looking, polling}
		if id.Account != account {
			for _, err := range c.Registrations(t.Context(), id.Account) {
				errs = append(errs, err)
			}
		}
		for _, err := range errs {
			wantError(t, err, client.KindInvalid, 0, "")
		}
		wantRequests(t, server, 0)
	})
}

func TestDomainIDReadsAsAccountAndDomain(t *testing.T) {
	t.Parallel()
	if got := exampleID().String(); got != "023e105f4ecef8ad9ca31a8372d0c353/example.com" {
		t.Errorf("String() = %q", got)
	}
}
