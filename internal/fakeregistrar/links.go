// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "strings"

// LinkStyle is how the server writes a workflow's links.self.
type LinkStyle int

const (
	// LinkDocumented is a path without a host and without BasePath, ending in
	// /update-status. In the sandbox too it begins below /registrar/, as every
	// example of the sandbox does, and so leads to the production API.
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
	if sc.Link != nil {
		return sc.Link(account, domain)
	}
	return g.settings.link(account, domain)
}

func (s LinkStyle) link(account, domain string) string {
	documented := documentedLink(account, domain) + "/update-status"
	return map[LinkStyle]string{
		LinkDocumented:         documented,
		LinkTemplate:           documentedLink("{account_id}", domain) + "/update-status",
		LinkOtherHost:          "https://attacker.example.net" + BasePath + documented,
		LinkOtherDomain:        documentedLink(account, "other-"+domain) + "/update-status",
		LinkWithBasePath:       BasePath + documented,
		LinkRegistrationStatus: documentedLink(account, domain) + "/registration-status",
	}[s]
}

// documentedLink is the path of a registration as the API's links have it.
func documentedLink(account, domain string) string {
	return strings.Join([]string{"/accounts", account, segmentProduction, "registrations", domain}, "/")
}
