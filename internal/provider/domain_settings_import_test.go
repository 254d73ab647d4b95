// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestImportInEveryFormSendsNoPatchAndPlansClean(t *testing.T) {
	t.Parallel()
	type form func(*session) (object, []*tfprotov6.Diagnostic)
	forms := map[string]form{
		"by a spelling of the domain": func(s *session) (object, []*tfprotov6.Diagnostic) { return s.importID("MÜNCHEN.de.") },
		"by account and domain":       func(s *session) (object, []*tfprotov6.Diagnostic) { return s.importID(testAccount + "/münchen.de") },
		"by identity": func(s *session) (object, []*tfprotov6.Diagnostic) {
			return told[object](s)(s.ImportIdentity(s.t.Context(), "München.de", testAccount))
		},
		"by identity, of the default account": func(s *session) (object, []*tfprotov6.Diagnostic) {
			return told[object](s)(s.ImportIdentity(s.t.Context(), "xn--mnchen-3ya.de", ""))
		},
	}
	domain := func(form) options { return options{held("xn--mnchen-3ya.de", true, fakeregistrar.Immediate())} }
	each(t, forms, domain, func(t *testing.T, fake *fakeregistrar.Server, form form) {
		s := start(t, fake)
		state := s.must(form(s))
		if !state["id"].Equal(text(testAccount+"/xn--mnchen-3ya.de")) || !state["domain_name"].Equal(text("xn--mnchen-3ya.de")) || !state["unicode_name"].Equal(text("münchen.de")) {
			t.Errorf("imported %v", state)
		}
		plan, diags := s.plan(state, settings("münchen.de", true))
		if len(plan.Changed()) > 0 || len(diags) > 0 {
			t.Errorf("the plan after it changes %v and says %s; want neither", plan.Changed(), show(diags))
		}
		if got := fake.Requests(); len(got) != 1 || got[0].Method != "GET" {
			t.Errorf("sent %v; want one GET", got)
		}
	})
}

func TestImportRefusesWhatCannotBe(t *testing.T) {
	t.Parallel()
	const forms = `Import by "<domain>" or "<account_id>/<domain>"`
	type row struct {
		id       string
		says     string
		requests int
	}
	cases := map[string]row{
		"a domain that the account does not hold": {"example.net", "example.net is not registered in account " + testAccount, 2}, // the list, and the read that decides
		"a host name":               {"www.example.com", `Use "example.com".`, 0},
		"nothing":                   {"", forms, 0},
		"an account that cannot be": {"a b/example.com", `account "a b": an account's identifier has 1 to 32 letters`, 0},
		"an empty account":          {"/example.com", forms, 0},
		"too many parts":            {"a/b/example.com", forms, 0},
	}
	each(t, cases, exampleOn, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		_, diags := start(t, fake).importID(c.id)
		if len(diags) != 1 || !failed(diags) || !strings.Contains(show(diags), c.says) {
			t.Errorf("importing says %s; want one error with %q", show(diags), c.says)
		}
		sent(t, fake, c.requests)
	})
}
