// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import "testing"

func TestEndpointsEscapeTheirElements(t *testing.T) {
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
