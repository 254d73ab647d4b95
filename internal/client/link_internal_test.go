// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/url"
	"strings"
	"testing"
)

const exampleAccount = "023e105f4ecef8ad9ca31a8372d0c353"

func clientAt(t *testing.T, base string, product Product) *Client {
	t.Helper()
	u, err := ParseBaseURL(base)
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{BaseURL: u, Product: product, Credentials: Credentials{Token: "an-example-token"}})
}

// polled is where an update is polled: at its link, or where that is not followed at the documented address.
func polled(c *Client, id DomainID, self string) string {
	if link := c.pollLink(id, self); link != nil {
		return link.String()
	}
	return c.updateStatusURL(id).String()
}

func TestWhereAnUpdateIsPolled(t *testing.T) {
	t.Parallel()
	const (
		origin       = "https://api.example.net"
		registration = "/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com"
		documented   = origin + "/client/v4" + registration + "/update-status"
	)
	Each(t, map[string]struct{ self, want string }{
		"the documented link":                           {registration + "/update-status", documented},
		"the documented link with the base URL's path":  {"/client/v4" + registration + "/update-status", documented},
		"the whole URL":                                 {documented, documented},
		"the whole URL without the base URL's path":     {origin + registration + "/update-status", documented},
		"our host in another case":                      {"https://API.Example.NET" + registration + "/update-status", documented},
		"an update with an id":                          {registration + "/updates/42", origin + "/client/v4" + registration + "/updates/42"},
		"a query belongs to the link":                   {registration + "/update-status?id=4%2F2&x", documented + "?id=4%2F2&x"},
		"a fragment never travels":                      {registration + "/update-status#top", documented},
		"no link":                                       {"", documented},
		"no URL":                                        {"http://[", documented},
		"a control character":                           {registration + "/update\nstatus", documented},
		"the reference page's template":                 {"/accounts/{account_id}/registrar/registrations/example.com/registration-status", documented},
		"the status of the purchase":                    {registration + "/registration-status", documented},
		"the status of the purchase further below":      {registration + "/x/registration-status", documented},
		"another host":                                  {"https://evil.example" + registration + "/x", documented},
		"another host that begins like ours":            {"https://api.example.net.evil.example" + registration + "/x", documented},
		"another port":                                  {"https://api.example.net:8443" + registration + "/x", documented},
		"another scheme":                                {"http://api.example.net" + registration + "/x", documented},
		"a scheme alone":                                {"https:" + registration + "/x", documented},
		"a host without a scheme":                       {"//evil.example" + registration + "/x", documented},
		"our host without a scheme":                     {"//api.example.net" + registration + "/x", documented},
		"a user":                                        {"https://me@api.example.net" + registration + "/x", documented},
		"a user who looks like our host":                {"https://api.example.net@evil.example" + registration + "/x", documented},
		"an opaque URL":                                 {"https:accounts/x", documented},
		"a mail address":                                {"mailto:owner@example.com", documented},
		"another domain":                                {"/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.org/x", documented},
		"a domain that begins like ours":                {"/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com.evil.example/x", documented},
		"our domain in another case":                    {"/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/EXAMPLE.com/x", documented},
		"another account":                               {"/accounts/123e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com/x", documented},
		"another product":                               {"/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar-sandbox/registrations/example.com/x", documented},
		"the base URL's path twice":                     {"/client/v4/client/v4" + registration + "/x", documented},
		"another path before it":                        {"/v5" + registration + "/x", documented},
		"the registration itself":                       {registration, documented},
		"the registration and a slash":                  {registration + "/", documented},
		"a relative link":                               {"update-status", documented},
		"a query alone":                                 {"?a=b", documented},
		"two dots":                                      {registration + "/../example.org/x", documented},
		"two dots at the end":                           {registration + "/x/..", documented},
		"two dots that come back":                       {registration + "/x/../update-status", documented},
		"one dot":                                       {registration + "/./update-status", documented},
		"an empty element":                              {registration + "//update-status", documented},
		"a slash at the end":                            {registration + "/update-status/", documented},
		"escaped dots":                                  {registration + "/%2e%2e/example.org/x", documented},
		"an escaped slash":                              {registration + "/..%2fexample.org", documented},
		"a slash escaped in the prefix":                 {strings.Replace(registration, "/registrar/", "%2fregistrar/", 1) + "/x", documented},
		"a letter escaped in the prefix":                {strings.Replace(registration, "example", "%65xample", 1) + "/x", documented},
		"an escape of an escape":                        {registration + "/%252e%252e/x", documented},
		"a backslash, which some servers take for one":  {registration + `/..\example.org`, documented},
		"an escaped backslash":                          {registration + "/..%5cexample.org", documented},
		"the status of the purchase, escaped":           {registration + "/%72egistration-status", documented},
		"the status of the purchase in another case":    {registration + "/Registration-Status", documented},
		"parameters, which some servers cut off":        {registration + "/registration-status;x=1", documented},
		"dots with parameters, which some servers undo": {registration + "/..;/x", documented},
		"a space, which must not be in a URL":           {registration + "/update status", documented},
		"a character that has two forms":                {registration + "/!", documented},
		"letters that are not ASCII, unescaped":         {registration + "/ü", documented},
	}, func(t *testing.T, row struct{ self, want string }) {
		c := clientAt(t, origin+"/client/v4", Production)
		id := DomainID{Account: exampleAccount, Name: "example.com"}
		if got := polled(c, id, row.self); got != row.want {
			t.Errorf("pollLink(%q)\n  = %s\nwant %s", row.self, got, row.want)
		}
	})
}

func TestWhereAnUpdateIsPolledWithAnotherBaseURL(t *testing.T) {
	t.Parallel()
	const below = "/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com/updates/42"
	Each(t, map[string]struct{ base, self, want string }{
		"without a path":                     {"https://api.example.net", below, "https://api.example.net" + below},
		"without a path, and a link with it": {"https://api.example.net", "/client/v4" + below, "https://api.example.net/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com/update-status"},
		"with a port":                        {"http://127.0.0.1:8080/v4", "http://127.0.0.1:8080" + below, "http://127.0.0.1:8080/v4" + below},
		"with its usual port, written":       {"https://api.example.net:443", "https://api.example.net" + below, "https://api.example.net:443/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com/update-status"},
	}, func(t *testing.T, row struct{ base, self, want string }) {
		id := DomainID{Account: exampleAccount, Name: "example.com"}
		if got := polled(clientAt(t, row.base, Production), id, row.self); got != row.want {
			t.Errorf("pollLink(%q)\n  = %s\nwant %s", row.self, got, row.want)
		}
	})
}

// FuzzPollLink looks for a link that leads credentials away, or us to another registration or to
// the status of the purchase, whatever a server on the way undoes.
func FuzzPollLink(f *testing.F) {
	const registration = "/accounts/" + exampleAccount + "/registrar/registrations/example.com"
	for _, seed := range []string{
		"", registration + "/update-status", "/client/v4" + registration + "/update-status", "//evil.example" + registration + "/x",
		"https://evil.example" + registration + "/x", "https://api.example.net" + registration + "/x", registration + "/../x",
		registration + "/%2e%2e/x", registration + `/..\x`, registration + "/registration-status", registration + "/x?y=z#q",
	} {
		f.Add(seed)
	}
	u, err := ParseBaseURL("https://api.example.net/client/v4")
	if err != nil {
		f.Fatal(err)
	}
	c := New(Config{BaseURL: u})
	f.Fuzz(func(t *testing.T, self string) {
		got := polled(c, DomainID{Account: exampleAccount, Name: "example.com"}, self)
		again, err := url.Parse(got)
		if err != nil {
			t.Fatalf("pollLink(%q) = %q: %v", self, got, err)
		}
		if again.Scheme != "https" || again.Host != "api.example.net" || again.User != nil || again.Fragment != "" {
			t.Errorf("pollLink(%q) leaves our origin: %s", self, again)
		}
		below, ok := strings.CutPrefix(again.EscapedPath(), "/client/v4"+registration+"/")
		if !ok || strings.ContainsAny(below, `%\;`) || strings.Contains("/"+below+"/", "/../") || strings.Contains("/"+below+"/", "/./") {
			t.Errorf("pollLink(%q) leaves our registration: %s", self, again)
		}
		if strings.Contains(strings.ToLower(below), "registration-status") {
			t.Errorf("pollLink(%q) asks about the purchase: %s", self, again)
		}
	})
}
