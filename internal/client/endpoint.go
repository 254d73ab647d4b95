// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/url"
	"strings"
)

// endpoint returns the base URL with path elements appended, each escaped.
func (c *Client) endpoint(elements ...string) *url.URL {
	escaped := make([]string, len(elements))
	for i, element := range elements {
		escaped[i] = url.PathEscape(element)
	}
	u := *c.config.BaseURL
	u.Path += "/" + strings.Join(elements, "/")
	u.RawPath = c.config.BaseURL.EscapedPath() + "/" + strings.Join(escaped, "/")
	return &u
}

// registrationsURL is …/accounts/{account_id}/registrar/registrations.
func (c *Client) registrationsURL(account string) *url.URL {
	return c.endpoint("accounts", account, string(c.config.Product), "registrations")
}

// registrationURL is …/registrations/{domain_name}.
func (c *Client) registrationURL(id DomainID) *url.URL {
	return c.endpoint("accounts", id.Account, string(c.config.Product), "registrations", string(id.Name))
}

// updateStatusURL is …/registrations/{domain_name}/update-status.
func (c *Client) updateStatusURL(id DomainID) *url.URL {
	return c.endpoint("accounts", id.Account, string(c.config.Product), "registrations", string(id.Name), "update-status")
}
