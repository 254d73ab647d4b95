// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

const exampleAccount = "023e105f4ecef8ad9ca31a8372d0c353"

func clientAt(tb testing.TB, base string, product Product) *Client {
	tb.Helper()
	u, err := ParseBaseURL(base)
	if err != nil {
		tb.Fatal(err)
	}
	return New(Config{BaseURL: u, Product: product, Credentials: Credentials{Token: "an-example-token"}})
}

func TestPollLinkFollows(t *testing.T) {
	t.Parallel()
	const (
		origin       = "https://api.example.net"
		registration = "/accounts/" + exampleAccount + "/registrar/registrations/example.com"
		own          = registration + "/updates/42"
		followed     = origin + "/client/v4" + own
	)
	Each(t, map[string]struct{ base, self, want string }{
		"a link without the base URL's path": {"/client/v4", own, followed},
		"a link with the base URL's path":    {"/client/v4", "/client/v4" + own, followed},
		"the whole URL":                      {"/client/v4", followed, followed},
		"our host in upper case":             {"/client/v4", "https://API.Example.NET" + own, followed},
		"a link with a query":                {"/client/v4", registration + "/update-status?id=4%2F2&x", origin + "/client/v4" + registration + "/update-status?id=4%2F2&x"},
		"a link with a fragment":             {"/client/v4", own + "#top", followed},
		"a base URL without a path":          {"", own, origin + own},
		"the documented address":             {"/client/v4", registration + "/update-status", "<nil>"},
	}, func(t *testing.T, row struct{ base, self, want string }) {
		c := clientAt(t, origin+row.base, Production)
		if got := fmt.Sprint(c.pollLink(DomainID{Account: exampleAccount, Name: "example.com"}, row.self)); got != row.want {
			t.Errorf("pollLink(%q)\n  = %s\nwant %s", row.self, got, row.want)
		}
	})
}

func TestPollLinkRefuses(t *testing.T) {
	// None of these links is safe: see pollLink.
	t.Parallel()
	const accounts = "/accounts/" + exampleAccount
	const own = accounts + "/registrar/registrations/example.com"
	c := clientAt(t, "https://api.example.net/client/v4", Production)
	for _, self := range []string{
		"", "http://[", "update-status", "?a=b", own, own + "/", "https:" + own + "/x", "https:accounts/x", "mailto:owner@example.com",
		"https://evil.example" + own + "/x", "https://api.example.net.evil.example" + own + "/x", "https://api.example.net:8443" + own + "/x",
		"http://api.example.net" + own + "/x", "//evil.example" + own + "/x", "//api.example.net" + own + "/x",
		"https://me@api.example.net" + own + "/x", "https://api.example.net@evil.example" + own + "/x",
		"/accounts/{account_id}/registrar/registrations/example.com/registration-status", own + "/registration-status",
		own + "/x/registration-status", own + "/%72egistration-status", own + "/Registration-Status", own + "/registration-status;x=1",
		accounts + "/registrar/registrations/example.org/x", accounts + "/registrar/registrations/example.com.evil.example/x",
		accounts + "/registrar/registrations/EXAMPLE.com/x", "/accounts/123e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com/x",
		accounts + "/registrar-sandbox/registrations/example.com/x", "/client/v4/client/v4" + own + "/x", "/v5" + own + "/x",
		own + "/../example.org/x", own + "/x/..", own + "/x/../update-status", own + "/./update-status", own + "//update-status",
		own + "/update-status/", own + "/%2e%2e/example.org/x", own + "/..%2fexample.org", own + "/%252e%252e/x", own + "/..;/x",
		own + `/..\example.org`, own + "/..%5cexample.org", accounts + "%2fregistrar/registrations/example.com/x",
		accounts + "/registrar/registrations/%65xample.com/x", own + "/update status", own + "/update\nstatus", own + "/!", own + "/ü",
	} {
		if got := c.pollLink(DomainID{Account: exampleAccount, Name: "example.com"}, self); got != nil {
			t.Errorf("pollLink(%q) = %s, want nil", self, got)
		}
	}
}

// FuzzPollLink searches for a link that leads to another origin, another registration or the status of
// the purchase.
func FuzzPollLink(f *testing.F) {
	const registration = "/accounts/" + exampleAccount + "/registrar/registrations/example.com"
	f.Add("https://api.example.net" + registration + "/x?y=z#q")
	f.Add("/client/v4" + registration + "/%2e%2e/x")
	f.Add(registration + `/..\registration-status`)
	c := clientAt(f, "https://api.example.net/client/v4", Production)
	f.Fuzz(func(t *testing.T, self string) {
		link := c.pollLink(DomainID{Account: exampleAccount, Name: "example.com"}, self)
		if link == nil {
			return
		}
		sent, err := url.Parse(link.String())
		if err != nil || sent.Scheme != "https" || sent.Host != "api.example.net" || sent.User != nil || sent.Fragment != "" {
			t.Fatalf("pollLink(%q) is on another origin: %s (%v)", self, link, err)
		}
		below, ok := strings.CutPrefix(sent.EscapedPath(), "/client/v4"+registration)
		if !ok || strings.ContainsAny(below, `%\;`) || strings.Contains(below+"/", "/../") || strings.Contains(below+"/", "/./") {
			t.Errorf("pollLink(%q) is not below our registration: %s", self, link)
		}
		if strings.Contains(strings.ToLower(below)+"/", "/registration-status/") {
			t.Errorf("pollLink(%q) is the status of the purchase: %s", self, link)
		}
	})
}

func TestEndpointEscapesElements(t *testing.T) {
	t.Parallel()
	const origin = "https://api.example.net"
	c := clientAt(t, origin+"/a%20b", "")
	for id, want := range map[DomainID]string{
		{"a", "example.com"}: "/a%20b/accounts/a/registrar/registrations/example.com/update-status",
		{"a/b", "c/d"}:       "/a%20b/accounts/a%2Fb/registrar/registrations/c%2Fd/update-status",
		{"a?x=1", "c#d"}:     "/a%20b/accounts/a%3Fx=1/registrar/registrations/c%23d/update-status",
		{"a", "%2e%2e"}:      "/a%20b/accounts/a/registrar/registrations/%252e%252e/update-status",
	} {
		if got := c.updateStatusURL(id); got.String() != origin+want || got.RequestURI() != want {
			t.Errorf("URL of %s\n  = %s\nwant %s", id, got, origin+want)
		}
	}
}
