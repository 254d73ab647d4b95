// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "strings"

// LinkStyle is how the server writes a workflow's links.self.
type LinkStyle int

const (
	// LinkDocumented is a path without a host and without BasePath, ending in
	// /update-status.
	LinkDocumented LinkStyle = iota
	// LinkMissing leaves links.self out.
	LinkMissing
	// LinkTemplate has "{account_id}" in place of the account, as an example on
	// the reference page does.
	LinkTemplate
	// LinkOtherHost is an absolute URL of a host that is not ours.
	LinkOtherHost
	// LinkOtherDomain names another domain of the account.
	LinkOtherDomain
	// LinkWithBasePath is the documented path after BasePath.
	LinkWithBasePath
	// LinkRegistrationStatus ends in /registration-status, the slip in the
	// documented example. That endpoint shows an old success.
	LinkRegistrationStatus
)

// linkFor is links.self of an update of a domain; empty means that it is missing.
func (g *Registrar) linkFor(sc Scenario, account, domain string) string {
	switch {
	case sc.Link != nil:
		return sc.Link(account, domain)
	case sc.LinkStyle != LinkDocumented:
		return styledLink(sc.LinkStyle, g.segment, account, domain)
	case g.settings.link != nil:
		return g.settings.link(account, domain)
	default:
		return styledLink(g.settings.linkStyle, g.segment, account, domain)
	}
}

func styledLink(style LinkStyle, segment, account, domain string) string {
	switch style {
	case LinkMissing:
		return ""
	case LinkTemplate:
		return resourceLink(segment, "{account_id}", domain) + "/update-status"
	case LinkOtherHost:
		return "https://attacker.example.net" + BasePath + resourceLink(segment, account, domain) + "/update-status"
	case LinkOtherDomain:
		return resourceLink(segment, account, "other-"+domain) + "/update-status"
	case LinkWithBasePath:
		return BasePath + resourceLink(segment, account, domain) + "/update-status"
	case LinkRegistrationStatus:
		return resourceLink(segment, account, domain) + "/registration-status"
	case LinkDocumented:
		return resourceLink(segment, account, domain) + "/update-status"
	}
	return ""
}

func resourceLink(segment, account, domain string) string {
	return strings.Join([]string{"/accounts", account, segment, "registrations", domain}, "/")
}
