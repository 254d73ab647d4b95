// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"cmp"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
)

func TestPlanSaysWhatApplyingMeans(t *testing.T) {
	t.Parallel()
	type row struct {
		is, want bool
		adopt    bool   // plan a create; otherwise a change of what is in state
		status   string // of the registration, active if empty
		says     string
	}
	cases := map[string]row{
		"adopting with auto-renew on authorises charges":  {is: false, want: true, adopt: true, says: "expires on 2001-01-01. auto_renew off → on authorises Cloudflare"},
		"adopting with auto-renew off names the expiry":   {is: true, want: false, adopt: true, says: "expires on 2001-01-01. auto_renew on → off"},
		"adopting as it is says nothing":                  {is: true, want: true, adopt: true},
		"a plan with nothing to do is silent":             {is: false, want: false},
		"turning it on comes too late once it is expired": {want: true, adopt: true, status: "expired", says: "does not attempt to renew it after expiry"},
	}
	each(t, cases, func(c row) options { return options{held("example.com", c.is, fakeregistrar.Immediate())} }, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		fake.SetStatus(testAccount, "example.com", cmp.Or(c.status, "active"))
		s := start(t, fake)
		var state object
		if !c.adopt {
			state = s.must(s.importID("example.com"))
		}
		_, diags := s.plan(state, settings("example.com", c.want))
		if c.says == "" && len(diags) > 0 || failed(diags) || !strings.Contains(show(diags), c.says) {
			t.Errorf("the plan says %q; want %q", show(diags), c.says)
		}
	})
}

func TestPlanWarnsOfADomainThatIsNotHeldAndApplyFails(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		plan, diags := s.plan(nil, settings("example.net", true))
		if failed(diags) || !strings.Contains(show(diags), "does not buy domains") {
			t.Errorf("the plan says %s; want a warning", show(diags))
		}
		state, diags := s.apply(t.Context(), plan)
		if state != nil || !failed(diags) {
			t.Fatalf("state %v, %s; want an error", state, show(diags))
		}
		says(t, diags, "example.net is not registered in account "+testAccount, "does not buy domains")
		patched(t, fake, 0)
	}, held("example.com", true, fakeregistrar.Immediate()))
}

const (
	listPath = "/registrations"
	refusal  = `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}`
)

// A plan of thirty new domains is neither green and silent where nothing works, nor slow.
func TestPlanOfNewDomainsWhereTheyCannotBeRead(t *testing.T) {
	t.Parallel()
	type row struct {
		faults           []fakeregistrar.Fault
		errors, warnings int
		says             string
		atMost           time.Duration
	}
	cases := map[string]row{
		"a token that is refused": {
			[]fakeregistrar.Fault{{Times: -1, Status: 401, Body: refusal}}, 1, 0, `"Registrar Domains Read"`, time.Second,
		},
		"a token without permissions, or a wrong account": {
			[]fakeregistrar.Fault{{Times: -1, Status: 403, Body: refusal}}, 1, 0, "10000 Authentication error", time.Second,
		},
		"one domain of an account that can be listed": {
			[]fakeregistrar.Fault{{Times: -1, Status: 403, Body: refusal, Path: "/new07.com"}, {Times: -1, Path: listPath, Unlist: "new07.com"}},
			0, 1, "new07.com (account " + testAccount + "): HTTP status 403", time.Second,
		},
		"one domain that the registrar cannot answer for": {
			[]fakeregistrar.Fault{{Times: -1, Status: 503, Path: "/new07.com"}, {Times: -1, Path: listPath, Unlist: "new07.com"}},
			0, 1, "new07.com (account " + testAccount + "): HTTP status 503", 11 * time.Second,
		},
		"an API that is down":  {[]fakeregistrar.Fault{{Times: -1, Status: 503}}, 0, 30, "nor whether the apply authorises charges", 11 * time.Second},
		"a dead network":       {[]fakeregistrar.Fault{{Times: -1, Delay: time.Hour}}, 0, 30, "no answer within", 11 * time.Second},
		"a refused connection": {[]fakeregistrar.Fault{{Times: -1, Refuse: true}}, 0, 30, "cannot tell whether the account holds the domain", 11 * time.Second},
		"a wrong base URL": {
			[]fakeregistrar.Fault{{Times: -1, Status: 404, Body: `{"success":false,"errors":[{"code":7003,"message":"Could not route to /x"}],"messages":[],"result":null}`}},
			0, 30, "Could not route to /x", time.Second,
		},
	}
	var domains []fakeregistrar.Option
	for n := range 30 {
		domains = append(domains, held(fmt.Sprintf("new%02d.com", n), true, fakeregistrar.Immediate()))
	}
	each(t, cases, func(row) options { return domains }, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		for _, fault := range c.faults {
			fake.Inject(fault)
		}
		began := time.Now()
		diags := planMany(start(t, fake), 30)
		if took := time.Since(began); took > c.atMost {
			t.Errorf("took %s; want at most %s", took, c.atMost)
		}
		errors := 0
		for _, d := range diags {
			if failed([]*tfprotov6.Diagnostic{d}) {
				errors++
			}
		}
		if errors != c.errors || len(diags)-errors != c.warnings || !strings.Contains(show(diags), c.says) {
			t.Errorf("%d errors, %d warnings; want %d, %d and %q:\n%s", errors, len(diags)-errors, c.errors, c.warnings, c.says, show(diags))
		}
		if got := len(fake.Requests()); got > 100 {
			t.Errorf("sent %d requests", got)
		}
	})
}

// planMany plans the adoption of so many domains as they are, ten at a time as a CLI does.
func planMany(s *session, domains int) (all []*tfprotov6.Diagnostic) {
	var workers sync.WaitGroup
	planned, slots := make(chan []*tfprotov6.Diagnostic, domains), make(chan struct{}, 10)
	for n := range domains {
		slots <- struct{}{}
		workers.Go(func() {
			planned <- second(s.plan(nil, settings(fmt.Sprintf("new%02d.com", n), true)))
			<-slots
		})
	}
	workers.Wait()
	for range domains {
		all = append(all, <-planned...)
	}
	return all
}

func TestPlanTellsOfTwoResourcesForOneDomain(t *testing.T) {
	t.Parallel()
	type row struct {
		second object
		says   string
	}
	cases := map[string]row{
		"with opposite settings":  {settings("EXAMPLE.com", false), "Two resources want opposite settings for one domain"},
		"with the same settings":  {settings("example.com.", true), "Two resources manage one domain"},
		"for two different names": {settings("example.net", true), ""},
	}
	account := func(row) options {
		return options{held("example.com", true, fakeregistrar.Immediate()), held("example.net", true, fakeregistrar.Immediate())}
	}
	each(t, cases, account, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		s := start(t, fake)
		s.plan(nil, settings("example.com", true))
		_, diags := s.plan(nil, c.second)
		if got := strings.Contains(show(diags), "Two resources"); got != (c.says != "") || !strings.Contains(show(diags), c.says) {
			t.Errorf("the plan says %q; want %q", show(diags), c.says)
		}
	})
}

// Terraform drops the warnings of the second call for a replacement.
func TestPlanOfAReplacementSaysEverythingInTheFirstCall(t *testing.T) {
	t.Parallel()
	const kept = "example.com keeps auto_renew = true at the registrar"
	other := object{"account_id": text("f1e2d3c4b5a6978877665544332211ff")}
	type row struct {
		account object // of the provider, where it is another than the state's
		config  object
		at      string   // what requires the replacement
		says    []string // as many warnings
	}
	cases := map[string]row{
		"a charge for the new domain":        {config: settings("off.com", true), at: "domain_name", says: []string{kept, "off.com (account " + testAccount + ") expires on 2001-01-01. auto_renew off → on authorises"}},
		"the loss of the new domain":         {config: settings("on.com", false), at: "domain_name", says: []string{kept, "on.com (account " + testAccount + ") expires on 2001-01-01. auto_renew on → off"}},
		"a new domain as it is":              {config: settings("on.com", true), at: "domain_name", says: []string{kept}},
		"a new domain that is not held":      {config: settings("nobody.com", true), at: "domain_name", says: []string{kept, "nobody.com is not registered"}},
		"a new domain of another resource":   {config: settings("taken.com", false), at: "domain_name", says: []string{kept, "Two resources want opposite settings", "taken.com (account " + testAccount + ") expires on 2001-01-01. auto_renew on → off"}},
		"a new domain that is not known yet": {config: object{"domain_name": unknown(tftypes.String), "auto_renew": truth(true)}, at: "domain_name", says: []string{kept}},
		"an account that is not known yet":   {config: settings("example.com", true).With(object{"account_id": unknown(tftypes.String)}), at: "account_id", says: []string{kept}},
		"another account":                    {config: settings("example.com", true).With(other), at: "account_id", says: []string{kept, "example.com (account " + protocoltest.Literal(other["account_id"]) + ") expires on 2001-01-01. auto_renew off → on"}},
		"the provider's account changes": {account: other, config: settings("example.com", true), at: "account_id", says: []string{
			kept, "example.com (account " + protocoltest.Literal(other["account_id"]) + ") expires on 2001-01-01. auto_renew off → on",
		}},
		"nothing where the resource sets its account": {account: other, config: settings("example.com", true).With(object{"account_id": text(testAccount)})},
	}
	account := func(row) options {
		return options{
			held("example.com", true, fakeregistrar.Immediate()), held("off.com", false, fakeregistrar.Immediate()),
			held("on.com", true, fakeregistrar.Immediate()), held("taken.com", true, fakeregistrar.Immediate()),
			fakeregistrar.WithDomain(fakeregistrar.Domain{
				Name: "example.com", Account: protocoltest.Literal(other["account_id"]), ExpiresAt: time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC),
			}),
		}
	}
	each(t, cases, account, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		s := start(t, fake)
		state := s.must(s.importID("example.com"))
		s, _ = startWith(t, fake, object{"api_token": text(testToken), "account_id": text(testAccount)}.With(c.account), nil)
		s.plan(nil, settings("taken.com", true))
		plan, diags := s.plan(state, c.config)
		if got := plan.Raw.RequiresReplace; len(got) > 1 || len(got) == 1 != (c.at != "") || c.at != "" && !strings.Contains(got[0].String(), c.at) {
			t.Errorf("replaces for %v; want %q", got, c.at)
		}
		if failed(diags) || len(diags) != len(c.says) {
			t.Errorf("says %s; want %d warnings", show(diags), len(c.says))
		}
		says(t, diags, c.says...)
		fake.ResetLog()
		if _, diags := s.planNew(plan); c.at != "" && (len(diags) > 0 || len(fake.Requests()) > 0) {
			t.Errorf("the second call says %s, sends %v; want neither", show(diags), fake.Requests())
		}
	})
}

func TestPlanWithUnknownsAsksNothing(t *testing.T) {
	t.Parallel()
	cases := map[string]object{
		"the domain":  {"domain_name": unknown(tftypes.String), "auto_renew": truth(true)},
		"the setting": {"domain_name": text("example.com"), "auto_renew": unknown(tftypes.Bool)},
		"the account": settings("example.com", true).With(object{"account_id": unknown(tftypes.String)}),
	}
	each(t, cases, exampleOn, func(t *testing.T, fake *fakeregistrar.Server, config object) {
		s := start(t, fake)
		if diags := s.validate(config); len(diags) > 0 {
			t.Error(show(diags))
		}
		if _, diags := s.plan(nil, config); len(diags) > 0 {
			t.Error(show(diags))
		}
		sent(t, fake, 0)
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
