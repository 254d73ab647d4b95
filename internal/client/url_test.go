// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

func TestParseBaseURL(t *testing.T) {
	t.Parallel()
	const (
		noHost = "must be a URL with a host"
		user   = "must not contain a user name or password"
		query  = "must not contain a query or a fragment"
		plain  = "must start with https://: plain http"
		scheme = "must start with https://"
	)
	client.Each(t, map[string]struct{ text, want, err string }{
		"Cloudflare's own":         {text: client.DefaultBaseURL, want: "https://api.cloudflare.com/client/v4"},
		"trailing slashes":         {text: "https://api.example.net/client/v4///", want: "https://api.example.net/client/v4"},
		"an escaped slash":         {text: "https://api.example.net/a%2Fb/v4/", want: "https://api.example.net/a%2Fb/v4"},
		"plain http to LOCALHOST":  {text: "http://LOCALHOST:8080/client/v4", want: "http://LOCALHOST:8080/client/v4"},
		"plain http to 127.8.9.10": {text: "http://127.8.9.10:8080", want: "http://127.8.9.10:8080"},
		"plain http to ::1":        {text: "http://[::1]:8080/client/v4", want: "http://[::1]:8080/client/v4"},

		"a host without a scheme":               {text: "api.cloudflare.com/client/v4", err: noHost},
		"a port without a host":                 {text: "https://:8443/client/v4", err: noHost},
		"a password in a malformed URL":         {text: "https://someone:hunter22@api.example.net/%zz", err: noHost}, //nolint:gosec // not a real password
		"a password":                            {text: "https://someone:hunter22@api.example.net", err: user},       //nolint:gosec // not a real password
		"a query":                               {text: "https://api.example.net/?a=b", err: query},
		"an empty query":                        {text: "https://api.example.net/?", err: query},
		"a fragment":                            {text: "https://api.example.net/#a", err: query},
		"plain http to a name that looks local": {text: "http://localhost.example.net", err: plain},
		"plain http to 0.0.0.0":                 {text: "http://0.0.0.0", err: plain},
		"plain http to a private address":       {text: "http://192.168.0.1", err: plain},
		"another scheme":                        {text: "ftp://api.example.net", err: scheme},
	}, func(t *testing.T, row struct{ text, want, err string }) {
		got, err := client.ParseBaseURL(row.text)
		switch {
		case row.err == "" && (err != nil || got.String() != row.want):
			t.Errorf("ParseBaseURL(%q) = %q, %v; want %q", row.text, got, err, row.want)
		case row.err != "" && (err == nil || !strings.HasPrefix(err.Error(), row.err) || strings.Contains(err.Error(), "hunter22")):
			t.Errorf("ParseBaseURL(%q) = %q, %v; want an error that begins with %q and shows no password", row.text, got, err, row.err)
		}
	})
}

func TestCheckAccount(t *testing.T) {
	t.Parallel()
	for account, want := range map[string]bool{
		"023e105f4ecef8ad9ca31a8372d0c353": true, "a": true, "023E105F": true, "my_account-1": true,
		"": false, strings.Repeat("a", 33): false, "a/b": false, "..": false, "%2e%2e": false, "a?b": false,
		"a#b": false, "abc\n": false, "ä": false,
	} {
		if err := client.CheckAccount(account); (err == nil) != want {
			t.Errorf("CheckAccount(%q) = %v, want valid = %t", account, err, want)
		}
	}
}

func TestInvalidIDsAreNeverSent(t *testing.T) {
	t.Parallel()
	server := newServer()
	c := newClient(t, server.Transport())
	wantError(t, listError(t, c, "../zones"), client.KindInvalid, 0, "")
	for _, id := range []client.DomainID{
		{Account: "../zones", Name: domain}, {Account: account}, {Account: account, Name: "%2e%2e"}, {Account: account, Name: "Example.com"},
	} {
		_, reading := c.Registration(t.Context(), id)
		_, setting := c.SetAutoRenew(t.Context(), id, true)
		_, checking := c.UpdateStatus(t.Context(), id)
		_, polling := c.PollUpdate(t.Context(), id, nil)
		for _, err := range []error{reading, setting, checking, polling} {
			wantError(t, err, client.KindInvalid, 0, "")
		}
	}
	wantRequests(t, server, 0)
}
