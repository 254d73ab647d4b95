// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/url"
	"path"
	"strings"
)

// pollLink returns links.self as a URL where it is safe to follow and is not the documented address of
// update-status, or nil.
//
// Safe means: on our origin, because the credentials go along; beneath this registration, because
// another domain's success is not ours; and not registration-status, which the reference shows by a
// slip and which reports on the purchase. The documented links leave out the base URL's own path
// ("/accounts/…", not "/client/v4/accounts/…"), so both forms are accepted.
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

// sameOrigin reports whether a link stays where the credentials may go. A link without a host does;
// "//host/path" has one.
func (c *Client) sameOrigin(link *url.URL) bool {
	relative := link.Host == "" && link.Scheme == ""
	ours := link.Scheme == c.config.BaseURL.Scheme && strings.EqualFold(link.Host, c.config.BaseURL.Host)
	return (relative || ours) && link.User == nil && link.Opaque == ""
}

// followable refuses what is beneath a registration only at first sight (dot segments, escapes and
// parameters, which a server may undo), what we would write differently from the link, and the status
// of the purchase in any case of letters.
func followable(link *url.URL, below string) bool {
	return below != "" &&
		link.EscapedPath() == link.Path && (&url.URL{Path: link.Path}).EscapedPath() == link.Path &&
		path.Clean(link.Path) == link.Path &&
		!strings.Contains(below, ";") &&
		!strings.Contains("/"+strings.ToLower(below)+"/", "/registration-status/")
}
