// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// importer imports a domain.
type importer func(*session) (object, []*tfprotov6.Diagnostic)

func byID(id string) importer {
	return func(s *session) (object, []*tfprotov6.Diagnostic) { return s.importID(id) }
}

func byIdentity(identity object) importer {
	return func(s *session) (object, []*tfprotov6.Diagnostic) {
		return result[object](s)(s.ImportIdentity(s.t.Context(), identity))
	}
}

func TestImportChangesNothing(t *testing.T) {
	t.Parallel()
	importers := map[string]importer{
		"by another spelling of the domain":  byID("MÜNCHEN.de."),
		"by account and domain":              byID(testAccount + "/münchen.de"),
		"by identity":                        byIdentity(object{"domain_name": text("München.de"), "account_id": text(testAccount)}),
		"by identity in the default account": byIdentity(object{"domain_name": text("xn--mnchen-3ya.de")}),
	}
	domain := func(importer) options { return options{held("xn--mnchen-3ya.de", true, fakeregistrar.Immediate())} }
	each(t, importers, domain, func(t *testing.T, fake *fakeregistrar.Server, run importer) {
		s := start(t, fake)
		state := s.must(run(s))
		wantValues(t, state, object{
			"id": text(testAccount + "/xn--mnchen-3ya.de"), "domain_name": text("xn--mnchen-3ya.de"), "unicode_name": text("münchen.de"),
		})
		s.wantNoChange(state, settings("münchen.de", true))
		if got := fake.Requests(); len(got) != 1 || got[0].Method != "GET" {
			t.Errorf("sent %v; want one GET", got)
		}
	})
}

func TestImportErrors(t *testing.T) {
	t.Parallel()
	const (
		forms = `Import by "<domain>" or "<account_id>/<domain>"`
		skip  = "To skip this domain, remove its import block, or its entry in the block's for_each."
		valid = "an account ID has 1 to 32 letters"
	)
	type row struct {
		run      importer
		texts    []string
		requests int
	}
	cases := map[string]row{
		"a domain that the account does not hold": {byID("example.net"), []string{"example.net is not registered in account " + testAccount, skip}, 2}, // the list, then the domain
		"a domain that can't be read":             {byID("refused.com"), []string{"refused.com", "403 Forbidden", skip}, 2},
		"a host name":                             {byID("www.example.com"), []string{`Use "example.com".`}, 0},
		"an empty ID":                             {byID(""), []string{forms}, 0},
		"an invalid account":                      {byID("a b/example.com"), []string{`account_id is "a b": ` + valid}, 0},
		"an empty account":                        {byID("/example.com"), []string{forms}, 0},
		"an empty account in an identity":         {byIdentity(object{"domain_name": text("example.com"), "account_id": text("")}), []string{`account_id is "": ` + valid}, 0},
		"an account with a path":                  {byID("../example.com"), []string{`account_id is "..": ` + valid}, 0},
		"an empty domain":                         {byID(testAccount + "/"), []string{forms}, 0},
		"too many parts":                          {byID("a/b/example.com"), []string{forms}, 0},
	}
	each(t, cases, exampleOn, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		fake.Inject(fakeregistrar.Fault{Path: "/refused.com", Status: 403, Body: refusal})
		_, diags := c.run(start(t, fake))
		wantError(t, diags, c.texts...)
		if c.requests == 0 && strings.Contains(show(diags), "Request:") {
			t.Errorf("the error shows a request that was not sent: %s", show(diags))
		}
		wantRequests(t, fake, c.requests)
	})
}
