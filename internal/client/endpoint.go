// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/url"
	"strings"
)

// endpoint gives the URL of path elements beneath the base URL, each escaped.
func (c *Client) endpoint(elements ...string) *url.URL {
	escaped := make([]string, len(elements))
	for i, element := range elements {
		escaped[i] = url.PathEscape(element)
	}
	u := *c.base
	u.Path = c.base.Path + "/" + strings.Join(elements, "/")
	u.RawPath = c.base.EscapedPath() + "/" + strings.Join(escaped, "/")
	return &u
}

// registrationsURL is …/accounts/{account_id}/registrar/registrations.
func (c *Client) registrationsURL(account string) *url.URL {
	return c.endpoint("accounts", account, string(c.product), "registrations")
}

// registrationURL is the registration's own address beneath that.
func (c *Client) registrationURL(id DomainID) *url.URL {
	return c.endpoint("accounts", id.Account, string(c.product), "registrations", string(id.Name))
}

// updateStatusURL is where the status of a registration's last update stands.
func (c *Client) updateStatusURL(id DomainID) *url.URL {
	return c.endpoint("accounts", id.Account, string(c.product), "registrations", string(id.Name), updateStatus)
}

// updateStatus ends the documented address of an update's status.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
const updateStatus = "update-status"
