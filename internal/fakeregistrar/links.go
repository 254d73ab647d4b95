// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "strings"

// LinkStyle is the form of a workflow's links.self.
type LinkStyle int

const (
	// LinkDocumented is a path without a host and without BasePath, ending in
	// /update-status. As in all documented sandbox examples, a sandbox link is also
	// under /registrar/, so it leads to the production API.
	LinkDocumented LinkStyle = iota
	// LinkMissing leaves links.self out.
	LinkMissing
	// LinkTemplate has "{account_id}" instead of the account, as in an example of
	// the API reference.
	LinkTemplate
	// LinkOtherHost is an absolute URL on another host.
	LinkOtherHost
	// LinkOtherDomain leads to another domain of the account.
	LinkOtherDomain
	// LinkWithBasePath is BasePath followed by the documented path.
	LinkWithBasePath
	// LinkRegistrationStatus ends in /registration-status, as in the documented
	// example, which is wrong. That endpoint shows an old success.
	LinkRegistrationStatus
)

// linkFor returns links.self of a domain's update, or "" to leave it out.
func (sc Scenario) linkFor(account, domain string) string {
	if sc.Link != nil {
		return sc.Link(account, domain)
	}
	return LinkDocumented.link(account, domain)
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

// documentedLink returns the path of a registration in the API's links.
func documentedLink(account, domain string) string {
	return strings.Join([]string{"/accounts", account, segmentProduction, "registrations", domain}, "/")
}
