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
		"": false, strings.Repeat("a", 33): false, "a/b": false, "..": false, "%2e%2e": false, "a?b": false,
		"a#b": false, "abc\n": false, "ä": false,
	} {
		if err := client.CheckAccount(account); (err == nil) != want {
			t.Errorf("CheckAccount(%q) = %v, want it accepted: %t", account, err, want)
		}
	}
}

func TestAnInvalidIDIsNeverSent(t *testing.T) {
	t.Parallel()
	server := newServer(fake.Immediate())
	c := newClient(t, server.Transport())
	wantError(t, listError(t, c, "../zones"), client.KindInvalid, 0, "")
	for _, id := range []client.DomainID{
		{Account: "../zones", Name: domain}, {Account: account}, {Account: account, Name: "%2e%2e"}, {Account: account, Name: "Example.com"},
	} {
		_, reading := c.Registration(t.Context(), id)
		_, setting := c.SetAutoRenew(t.Context(), id, true)
		_, looking := c.UpdateStatus(t.Context(), id)
		_, polling := c.PollUpdate(t.Context(), id, nil)
		for _, err := range []error{reading, setting, looking, polling} {
			wantError(t, err, client.KindInvalid, 0, "")
		}
	}
	wantRequests(t, server, 0)
}
