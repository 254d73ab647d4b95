// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/url"
	"strings"
)

// pollLink returns links.self as a URL, or nil if it isn't safe or is the documented address of
// update-status.
//
// A safe link is on our origin, because the client sends its credentials there. It is below this
// registration, because another domain's success isn't ours. It isn't registration-status, which is about
// the purchase and appears in the reference by mistake. The documented links leave out the base URL's path
// ("/accounts/…", not "/client/v4/accounts/…"), so both forms are safe.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
func (c *Client) pollLink(id DomainID, self string) *url.URL {
	link, err := url.Parse(self)
	if err != nil || !c.sameOrigin(link) {
		return nil
	}
	registration := c.registrationURL(id).EscapedPath() + "/"
	below, ok := strings.CutPrefix(link.EscapedPath(), registration)
	if !ok {
		below, ok = strings.CutPrefix(c.config.BaseURL.EscapedPath()+link.EscapedPath(), registration)
	}
	if !ok || !followable(below) {
		return nil
	}
	followed := c.registrationsURL(id.Account, append([]string{string(id.Name)}, strings.Split(below, "/")...)...)
	followed.RawQuery = link.RawQuery
	if followed.String() == c.updateStatusURL(id).String() {
		return nil
	}
	return followed
}

// sameOrigin reports whether the client can send its credentials to a link. A link without a host is on our origin;
// "//host/path" has a host.
func (c *Client) sameOrigin(link *url.URL) bool {
	relative := link.Host == "" && link.Scheme == ""
	ours := link.Scheme == c.config.BaseURL.Scheme && strings.EqualFold(link.Host, c.config.BaseURL.Host)
	return (relative || ours) && link.User == nil && link.Opaque == ""
}

// followable reports whether a path stays below a registration. It refuses dot segments, escapes and
// parameters, because a server could resolve them to another path. It refuses registration-status
// in upper or lower case.
func followable(below string) bool {
	for element := range strings.SplitSeq(below, "/") {
		dots := strings.Trim(element, ".") == ""
		if dots || url.PathEscape(element) != element || strings.EqualFold(element, "registration-status") {
			return false
		}
	}
	return true
}
