// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

func TestEndpointsEscapeTheirElements(t *testing.T) {
	t.Parallel()
	const origin = "https://api.example.net"
	type row struct {
		base, account string
		name          domainname.Name
		product       Product
		want          string
	}
	Each(t, map[string]row{
		"as documented":                      {origin + "/client/v4", "a", "example.com", Production, origin + "/client/v4/accounts/a/registrar/registrations/example.com/update-status"},
		"the sandbox":                        {origin + "/client/v4", "a", "example.com", Sandbox, origin + "/client/v4/accounts/a/registrar-sandbox/registrations/example.com/update-status"},
		"no product is the real one":         {origin, "a", "example.com", "", origin + "/accounts/a/registrar/registrations/example.com/update-status"},
		"a slash stays in its element":       {origin, "a/b", "c/d", Production, origin + "/accounts/a%2Fb/registrar/registrations/c%2Fd/update-status"},
		"a query stays in its element":       {origin, "a?x=1", "c#d", Production, origin + "/accounts/a%3Fx=1/registrar/registrations/c%23d/update-status"},
		"an escape is escaped":               {origin, "a", "%2e%2e", Production, origin + "/accounts/a/registrar/registrations/%252e%252e/update-status"},
		"a base URL with an escape keeps it": {origin + "/a%20b", "a", "c/d", Production, origin + "/a%20b/accounts/a/registrar/registrations/c%2Fd/update-status"},
	}, func(t *testing.T, row row) {
		got := clientAt(t, row.base, row.product).updateStatusURL(DomainID{Account: row.account, Name: row.name})
		if got.String() != row.want || got.RequestURI() != row.want[len(origin):] {
			t.Errorf("URL\n  = %s\nwant %s", got, row.want)
		}
	})
}
