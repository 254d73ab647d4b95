// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/url"
	"path"
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
	documented := c.updateStatusURL(id)
	link, err := url.Parse(self)
	if err != nil || self == "" || !c.sameOrigin(link) {
		return nil
	}
	registration, base := c.registrationURL(id).EscapedPath(), c.config.BaseURL.EscapedPath()
	for _, whole := range []string{link.EscapedPath(), base + link.EscapedPath()} {
		if below, ok := strings.CutPrefix(whole, registration+"/"); ok && followable(link, below) {
			followed := *documented
			followed.Path, followed.RawPath, followed.RawQuery = strings.TrimSuffix(documented.Path, "update-status")+below, whole, link.RawQuery
			if whole == followed.Path {
				followed.RawPath = ""
			}
			if followed.String() == documented.String() {
				return nil
			}
			return &followed
		}
	}
	return nil
}

// sameOrigin reports whether the client can send its credentials to a link. A link without a host is on our origin;
// "//host/path" has a host.
func (c *Client) sameOrigin(link *url.URL) bool {
	relative := link.Host == "" && link.Scheme == ""
	ours := link.Scheme == c.config.BaseURL.Scheme && strings.EqualFold(link.Host, c.config.BaseURL.Host)
	return (relative || ours) && link.User == nil && link.Opaque == ""
}

// followable reports whether a link is really below a registration. It refuses dot segments, escapes and
// parameters, because a server can resolve them. It refuses registration-status in upper or lower case.
func followable(link *url.URL, below string) bool {
	return below != "" &&
		link.EscapedPath() == link.Path && (&url.URL{Path: link.Path}).EscapedPath() == link.Path &&
		path.Clean(link.Path) == link.Path &&
		!strings.Contains(below, ";") &&
		!strings.Contains("/"+strings.ToLower(below)+"/", "/registration-status/")
}
