// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// A replacement says the same of the new domain as a plan of a new resource, beside what becomes of
// the old one, and all of it in the first of its two calls: Terraform drops the warnings of the second.
func TestPlanOfANewResourceAndOfAReplacement(t *testing.T) {
	t.Parallel()
	const (
		otherAccount      = "f1e2d3c4b5a6978877665544332211ff"
		byName, byAccount = `AttributeName("domain_name")`, `AttributeName("account_id")`
		renewal           = " (account " + testAccount + ") expires on 2001-01-01. auto_renew "
	)
	other := object{"account_id": text(otherAccount)}
	charge := "example.com (account " + otherAccount + ") expires on 2001-01-01. auto_renew off → on"
	later := unknown(tftypes.String)
	type row struct {
		account object // of the provider, where it is another than the state's
		config  object
		at      string   // what requires the replacement of example.com
		says    []string // as many warnings of the new domain
		open    bool     // what it would have to ask for is not known yet
	}
	cases := map[string]row{
		"a charge":          {config: settings("off.com", true), at: byName, says: []string{"off.com" + renewal + "off → on authorises"}},
		"a loss":            {config: settings("on.com", false), at: byName, says: []string{"on.com" + renewal + "on → off"}},
		"a domain as it is": {config: settings("on.com", true), at: byName},
		"one not held":      {config: settings("nobody.com", true), at: byName, says: []string{"nobody.com is not registered"}},
		"one of another resource that wants the opposite": {config: settings("taken.com", false), at: byName, says: []string{
			"Two resources want opposite settings for one domain", "taken.com" + renewal + "on → off",
		}},
		"one of another resource that wants the same":           {config: settings("TAKEN.com.", true), at: byName, says: []string{"Two resources manage one domain"}},
		"a domain that is not known yet":                        {config: object{"domain_name": later, "auto_renew": truth(true)}, at: byName, open: true},
		"a setting that is not known yet":                       {config: object{"domain_name": text("on.com"), "auto_renew": unknown(tftypes.Bool)}, at: byName},
		"an account that is not known yet":                      {config: settings("example.com", true).With(object{"account_id": later}), at: byAccount, open: true},
		"another account":                                       {config: settings("example.com", true).With(other), at: byAccount, says: []string{charge}},
		"another account of the provider":                       {account: other, config: settings("example.com", true), at: byAccount, says: []string{charge}},
		"another of the provider, which the resource overrides": {account: other, config: settings("example.com", true).With(object{"account_id": text(testAccount)})},
	}
	domains := func(row) options {
		return options{
			held("example.com", true, fakeregistrar.Immediate()), held("off.com", false, fakeregistrar.Immediate()),
			held("on.com", true, fakeregistrar.Immediate()), held("taken.com", true, fakeregistrar.Immediate()),
			fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.com", Account: otherAccount, ExpiresAt: time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)}),
		}
	}
	each(t, cases, domains, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		state := start(t, fake).must(start(t, fake).importID("example.com"))
		for _, prior := range []object{nil, state} {
			s, _ := startWith(t, fake, object{"api_token": text(testToken), "account_id": text(testAccount)}.With(c.account), nil)
			if diags := s.validate(c.config); len(diags) > 0 {
				t.Errorf("validating says %s", show(diags))
			}
			fake.ResetLog()
			if !c.open { // it fills the cache too, which would hide what an open plan asks for
				s.plan(nil, settings("taken.com", true))
			}
			plan, diags := s.plan(prior, c.config)
			if c.open {
				sent(t, fake, 0)
			}
			wants, at := c.says, ""
			if prior != nil && c.at != "" {
				wants, at = append(wants, "example.com keeps auto_renew = true at the registrar"), c.at
			}
			if got := fmt.Sprint(plan.Raw.RequiresReplace); got != "["+at+"]" {
				t.Errorf("replaces for %s; want %s", got, at)
			}
			if failed(diags) || len(diags) != len(wants) {
				t.Errorf("says %s; want %d warnings", show(diags), len(wants))
			}
			says(t, diags, wants...)
			if at == "" {
				continue // nothing is replaced: there is no second call
			}
			fake.ResetLog()
			if _, diags := s.planNew(plan); len(diags) > 0 || len(fake.Requests()) > 0 {
				t.Errorf("the second call says %s, sends %v; want neither", show(diags), fake.Requests())
			}
		}
	})
}

func TestPlanOfASettingThatIsNotKnownYetNeedsTheCredentials(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		fake.Inject(fakeregistrar.Fault{Times: -1, Status: 401, Body: refusal})
		_, diags := start(t, fake).plan(nil, object{"domain_name": text("example.com"), "auto_renew": unknown(tftypes.Bool)})
		says(t, diags, "ERROR: The registrar refused the credentials")
	}, exampleOn(0)...)
}

func TestOneResourceThatIsPlannedAgainIsNotTwo(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", true)))
		if _, diags := s.plan(state, settings("example.com", true)); len(diags) > 0 {
			t.Errorf("the plan after the apply says %s; want nothing", show(diags))
		}
		_, diags := s.plan(state, settings("example.com", false))
		says(t, diags, "Two resources want opposite settings for one domain")
		s.plan(nil, settings("nobody.com", true)) // which something else may register in the same apply
		_, diags = s.plan(nil, settings("nobody.com", false))
		says(t, diags, "Two resources want opposite settings for one domain", "nobody.com is not registered")
	}, exampleOn(0)...)
}

const (
	listPath  = "/registrations"
	emptyList = `{"success":true,"errors":[],"messages":[],"result":[],"result_info":{"cursor":""}}`
	refusal   = `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}`
)

// A plan of thirty new domains is neither green and silent where nothing works, nor slow.
func TestPlanOfNewDomainsWhereTheyCannotBeRead(t *testing.T) {
	t.Parallel()
	type row struct {
		faults []fakeregistrar.Fault
		fails  bool
		diags  int
		says   string
		atMost time.Duration
	}
	cases := map[string]row{
		"a token that is refused": {
			faults: []fakeregistrar.Fault{{Times: -1, Status: 401, Body: refusal, Delay: 2 * time.Second}},
			fails:  true, diags: 30, says: "Replace api_token", atMost: 7 * time.Second,
		},
		"one domain of an account that can be listed": {
			faults: []fakeregistrar.Fault{{Times: -1, Status: 403, Body: refusal, Path: "/d0007.com"}, {Times: -1, Path: listPath, Unlist: "d0007.com"}},
			diags:  1, says: "d0007.com (account " + testAccount + "): HTTP status 403", atMost: time.Second,
		},
		"one domain that the registrar cannot answer for": {
			faults: []fakeregistrar.Fault{{Times: -1, Status: 503, Path: "/d0007.com"}, {Times: -1, Path: listPath, Unlist: "d0007.com"}},
			diags:  1, says: "d0007.com (account " + testAccount + "): HTTP status 503", atMost: 10 * time.Second,
		},
		"no domain, beside a list that works and shows none": {
			faults: []fakeregistrar.Fault{{Times: -1, Delay: time.Hour, Path: `^.*/registrations/d\d+\.com$`}, {Times: -1, Path: listPath, Status: 200, Body: emptyList}},
			diags:  30, says: "no answer within 9s", atMost: 10 * time.Second,
		},
		"an API that is down": {
			faults: []fakeregistrar.Fault{{Times: -1, Status: 503}},
			diags:  30, says: "nor whether the apply authorises charges", atMost: 10 * time.Second,
		},
		"a dead network": {
			faults: []fakeregistrar.Fault{{Times: -1, Delay: time.Hour}}, diags: 30, says: "no answer within", atMost: 10 * time.Second,
		},
		"a token that may read no domain, and a proxy before the list": {
			faults: []fakeregistrar.Fault{{Times: -1, Path: listPath, Status: 404, Body: "<html>"}, {Times: -1, Status: 403, Body: refusal}},
			diags:  30, says: "HTTP status 403", atMost: time.Second,
		},
	}
	each(t, cases, func(row) options { return portfolio(30) }, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		for _, fault := range c.faults {
			fake.Inject(fault)
		}
		s, planned, began := start(t, fake), make([][]*tfprotov6.Diagnostic, 30), time.Now()
		walk(30, func(n int) { _, planned[n] = s.plan(nil, settings(fmt.Sprintf("d%04d.com", n), true)) })
		diags := slices.Concat(planned...)
		if took := time.Since(began); took > c.atMost {
			t.Errorf("took %s; want at most %s", took, c.atMost)
		}
		if failed(diags) != c.fails || len(diags) != c.diags || !strings.Contains(show(diags), c.says) {
			t.Errorf("%d diagnostics; want %d, an error among them: %t, and %q:\n%s", len(diags), c.diags, c.fails, c.says, show(diags))
		}
		if got := len(fake.Requests()); got > 100 {
			t.Errorf("sent %d requests", got)
		}
	})
}

func TestPlanWithoutAnAccountIsAnError(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s, _ := startWith(t, fake, object{"api_token": text(testToken)}, nil)
		_, diags := s.plan(nil, settings("example.com", true))
		if !failed(diags) || !strings.Contains(show(diags), "CLOUDFLARE_ACCOUNT_ID") {
			t.Errorf("the plan says %s; want where to set the account", show(diags))
		}
	}, held("example.com", true, fakeregistrar.Immediate()))
}
