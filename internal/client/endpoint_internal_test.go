// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

func TestEndpointsEscapeTheirElements(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		base, account string
		name          domainname.Name
		product       Product
		want          string
	}{
		"as documented": {
			"https://api.example.net/client/v4", exampleAccount, "example.com", Production,
			"https://api.example.net/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com/update-status",
		},
		"the sandbox": {
			"https://api.example.net/client/v4", "a", "example.com", Sandbox,
			"https://api.example.net/client/v4/accounts/a/registrar-sandbox/registrations/example.com/update-status",
		},
		"no product is the real one": {
			"https://api.example.net", "a", "example.com", "",
			"https://api.example.net/accounts/a/registrar/registrations/example.com/update-status",
		},
		"a slash stays in its element": {
			"https://api.example.net", "a/b", "c/d", Production,
			"https://api.example.net/accounts/a%2Fb/registrar/registrations/c%2Fd/update-status",
		},
		"a query stays in its element": {
			"https://api.example.net", "a?x=1", "c#d", Production,
			"https://api.example.net/accounts/a%3Fx=1/registrar/registrations/c%23d/update-status",
		},
		"an escape is escaped": {
			"https://api.example.net", "a", "%2e%2e", Production,
			"https://api.example.net/accounts/a/registrar/registrations/%252e%252e/update-status",
		},
		"a base URL with an escape keeps it": {
			"https://api.example.net/a%20b", "a", "c/d", Production,
			"https://api.example.net/a%20b/accounts/a/registrar/registrations/c%2Fd/update-status",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := clientAt(t, test.base, test.product)
			if got := c.updateStatusURL(DomainID{Account: test.account, Name: test.name}).String(); got != test.want {
				t.Errorf("URL\n  = %s\nwant %s", got, test.want)
			}
		})
	}
}
