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

const otherAccount = "f1e2d3c4b5a6978877665544332211ff"

// inOtherAccount adds a domain with auto-renew off to the other account.
func inOtherAccount(name string) fakeregistrar.Option {
	return fakeregistrar.WithDomain(fakeregistrar.Domain{Name: name, Account: otherAccount, ExpiresAt: time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)})
}

// Terraform drops the warnings of the second call for a replacement, so the first must warn about both the
// new and the destroyed resource.
func TestPlanOfNewAndReplacedResources(t *testing.T) {
	t.Parallel()
	const (
		byName, byAccount = `AttributeName("domain_name")`, `AttributeName("account_id")`
		atAutoRenew       = ` (AttributeName("auto_renew"))` + "\n"
		renewal           = " (account " + testAccount + ") expires on 2001-01-01. "
		charges, expires  = "WARNING: Turning auto-renew on authorizes charges: ", "WARNING: Turning auto-renew off lets the domain expire: "
		mayCharge         = "WARNING: The apply may authorize charges"
	)
	later := unknown(tftypes.String)
	type row struct {
		config   object
		replaces string   // the attribute that requires a replacement of example.com
		warnings []string // about the new domain
		unknown  bool     // the new address is unknown
	}
	cases := map[string]row{
		"turning auto-renew on":                     {config: settings("off.com", true), replaces: byName, warnings: []string{charges + "off.com" + atAutoRenew + "off.com" + renewal}},
		"turning auto-renew off":                    {config: settings("on.com", false), replaces: byName, warnings: []string{expires + "on.com" + atAutoRenew + "on.com" + renewal}},
		"a domain that keeps its auto-renew":        {config: settings("on.com", true), replaces: byName},
		"a domain that is not in the account":       {config: settings("missing.com", true), replaces: byName, warnings: []string{"WARNING: The account does not hold missing.com (" + byName + ")"}},
		"another resource with opposite auto_renew": {config: settings("taken.com", false), replaces: byName, warnings: []string{"WARNING: Two resources have opposite settings for taken.com (" + byName + ")", expires + "taken.com" + atAutoRenew}},
		"another resource with the same auto_renew": {config: settings("TAKEN.com.", true), replaces: byName, warnings: []string{"WARNING: Two resources manage taken.com (" + byName + ")"}},
		"an unknown domain":                         {config: object{"domain_name": later, "auto_renew": boolean(true)}, replaces: byName, unknown: true, warnings: []string{mayCharge + atAutoRenew + "domain_name is not known yet"}},
		"an unknown domain, auto_renew false":       {config: object{"domain_name": later, "auto_renew": boolean(false)}, replaces: byName, unknown: true},
		"an unknown domain and auto_renew":          {config: object{"domain_name": later, "auto_renew": unknown(tftypes.Bool)}, replaces: byName, unknown: true, warnings: []string{mayCharge + atAutoRenew}},
		"an unknown auto_renew of a domain with auto-renew on": {
			config: object{"domain_name": text("on.com"), "auto_renew": unknown(tftypes.Bool)}, replaces: byName,
			warnings: []string{"WARNING: The apply may turn auto-renew off: on.com" + atAutoRenew + "on.com" + renewal + "auto_renew is not known yet"},
		},
		"an unknown auto_renew of a domain with auto-renew off": {
			config: object{"domain_name": text("off.com"), "auto_renew": unknown(tftypes.Bool)}, replaces: byName, warnings: []string{mayCharge + ": off.com" + atAutoRenew},
		},
		"an unknown account": {
			config: settings("example.com", true).With(object{"account_id": later}), replaces: byAccount, unknown: true,
			warnings: []string{mayCharge + ": example.com" + atAutoRenew + "account_id is not known yet"},
		},
		"another account_id": {
			config: settings("example.com", true).With(object{"account_id": text(otherAccount)}), replaces: byAccount, warnings: []string{charges + "example.com" + atAutoRenew},
		},
	}
	domains := func(row) options {
		return options{
			held("example.com", true, fakeregistrar.Immediate()), held("off.com", false, fakeregistrar.Immediate()),
			held("on.com", true, fakeregistrar.Immediate()), held("taken.com", true, fakeregistrar.Immediate()), inOtherAccount("example.com"),
		}
	}
	each(t, cases, domains, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		state := start(t, fake).must(start(t, fake).importID("example.com"))
		for _, prior := range []object{nil, state} {
			s := start(t, fake)
			if diags := s.validate(c.config); len(diags) > 0 {
				t.Errorf("validating: %s", show(diags))
			}
			fake.ResetLog()
			if !c.unknown { // fill the cache, which would hide requests for an unknown address
				s.plan(nil, settings("taken.com", true))
			}
			plan, diags := s.plan(prior, c.config)
			if c.unknown {
				wantRequests(t, fake, 0)
			}
			wants, replaces := c.warnings, ""
			if prior != nil {
				wants, replaces = append(wants, "WARNING: Destroying changes nothing at the registrar"+atAutoRenew+
					"Terraform stops managing example.com and leaves its auto-renew unchanged."), c.replaces
			}
			if got := fmt.Sprint(plan.Raw.RequiresReplace); got != "["+replaces+"]" {
				t.Errorf("replacement for %s; want [%s]", got, replaces)
			}
			if failed(diags) || len(diags) != len(wants) {
				t.Errorf("%s; want %d warnings", show(diags), len(wants))
			}
			wantText(t, diags, wants...)
			if prior != nil { // only a replacement has a second call
				fake.ResetLog()
				if plan, diags = s.planNew(plan); len(diags) > 0 || len(fake.Requests()) > 0 {
					t.Errorf("the second call returned %s and sent %v; want nothing", show(diags), fake.Requests())
				}
			}
			if plan.State["id"].IsKnown() == c.unknown || plan.State["unicode_name"].IsKnown() == c.unknown {
				t.Errorf("the plan has id %s and unicode_name %s; want unknown values: %t", plan.State["id"], plan.State["unicode_name"], c.unknown)
			}
		}
	})
}

// If the provider's account is wrong, the plan must fail: the apply would empty the state.
func TestPlanAfterProviderAccountChanges(t *testing.T) {
	t.Parallel()
	const differs = "The provider's account differs from the state"
	block := object{"api_token": text(testToken), "account_id": text(otherAccount)}
	type row struct {
		provider object // nil if the environment sets the account
		config   object
		fault    fakeregistrar.Fault
		holds    bool // whether the other account holds the domain
		fails    bool
		texts    []string
	}
	example := settings("example.com", true)
	cases := map[string]row{
		"an account without the domain, from the environment": {config: example, fails: true, texts: []string{
			"ERROR: " + differs + `: example.com (AttributeName("account_id"))`, "example.com is in the state with account " + testAccount,
			"The provider's account is " + otherAccount + ", from CLOUDFLARE_ACCOUNT_ID. That account does not hold example.com",
			"correct CLOUDFLARE_ACCOUNT_ID, or set account_id = \"" + testAccount + "\"",
		}},
		"an account without the domain, from the provider block": {provider: block, config: example, fails: true, texts: []string{otherAccount + ", from the provider block. That account does not hold"}},
		"an account without the new domain":                      {config: settings("example.org", true), fails: true, texts: []string{"That account does not hold example.org"}},
		"an unknown domain":                                      {config: object{"domain_name": unknown(tftypes.String), "auto_renew": boolean(true)}, fails: true, texts: []string{"domain_name is not known yet"}},
		"an account that the token can't read": {
			config: example, fault: fakeregistrar.Fault{Times: -1, Status: 403, Body: refusal, Path: "^.*" + otherAccount + ".*$"}, fails: true, texts: []string{differs, "HTTP status 403"},
		},
		"an account whose reads time out": {
			config: example, fault: fakeregistrar.Fault{Times: -1, Delay: time.Hour, Path: "^.*" + otherAccount + ".*$"}, holds: true, fails: true, texts: []string{differs, "no answer within 9s"},
		},
		"an account that holds the domain": {config: example, holds: true, texts: []string{
			"WARNING: " + differs + ` (AttributeName("account_id"))`, otherAccount + ", from CLOUDFLARE_ACCOUNT_ID. That account holds example.com, so the apply replaces the resource",
			"WARNING: Destroying changes nothing", "WARNING: Turning auto-renew on authorizes charges: example.com",
		}},
		"an account that the resource overrides": {config: example.With(object{"account_id": text(testAccount)})},
		"an account_id without the domain":       {config: example.With(object{"account_id": text(otherAccount)}), texts: []string{"WARNING: Destroying", "WARNING: The account does not hold example.com"}},
	}
	domains := func(c row) options {
		own := append(exampleOn(c), held("example.net", true, fakeregistrar.Immediate()))
		if c.holds {
			return append(own, inOtherAccount("example.com"))
		}
		return append(own, inOtherAccount("else.com"))
	}
	each(t, cases, domains, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		before := start(t, fake)
		state, next := before.must(before.importID("example.com")), before.must(before.importID("example.net"))
		if c.fault.Times != 0 {
			fake.Inject(c.fault)
		}
		config, env := c.provider, map[string]string{}
		if config == nil {
			config, env["CLOUDFLARE_ACCOUNT_ID"] = object{"api_token": text(testToken)}, otherAccount
		}
		s, _ := startWith(t, fake, config, env)
		fake.ResetLog()
		_, diags := s.plan(state, c.config)
		if failed(diags) != c.fails || (len(diags) == 0) != (len(c.texts) == 0) || c.fails && len(diags) != 1 {
			t.Errorf("%s; want only one error: %t", show(diags), c.fails)
		}
		wantText(t, diags, c.texts...)
		if got := fake.Requests(); len(got) > 3 {
			t.Errorf("sent %v; want at most two lists and one read of the domain", got)
		}
		wantPatches(t, fake)
		if c.fails { // the error of another domain refers to the first
			_, diags = s.plan(next, settings("example.net", true))
			wantText(t, diags, "ERROR: "+differs+": example.net", "\nFix the first error for account "+testAccount+": it has the same cause.")
		}
	})
}

func TestResourceIsNotItsOwnDuplicate(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", true)))
		for range 2 { // -minimal-refresh plans before and after the refresh
			s.wantNoChange(state, settings("example.com", true))
		}
		_, diags := s.plan(state, settings("example.com", false))
		wantText(t, diags, "Two resources have opposite settings for example.com")
		s.plan(nil, settings("missing.com", true)) // another resource may register it in the same apply
		_, diags = s.plan(nil, settings("missing.com", false))
		wantText(t, diags, "Two resources have opposite settings for missing.com", "missing.com is not registered")
	}, exampleOn(0)...)
}

const (
	listPath  = "/registrations"
	emptyList = `{"success":true,"errors":[],"messages":[],"result":[],"result_info":{"cursor":""}}`
	refusal   = `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}`
)

// If the API fails, a plan of thirty new domains must finish within 10 s.
func TestPlanOfUnreadableNewDomains(t *testing.T) {
	t.Parallel()
	type row struct {
		faults  []fakeregistrar.Fault
		unknown bool // whether auto_renew is unknown
		fails   bool
		diags   int
		text    string
		atMost  time.Duration
	}
	cases := map[string]row{
		"a refused token": {
			faults:  []fakeregistrar.Fault{{Times: -1, Status: 401, Body: refusal, Delay: 2 * time.Second}},
			unknown: true, fails: true, diags: 30, text: "Replace api_token", atMost: 7 * time.Second,
		},
		"one refused domain of an account that can be listed": {
			faults: []fakeregistrar.Fault{{Times: -1, Status: 403, Body: refusal, Path: "/d0007.com"}, {Times: -1, Path: listPath, Unlist: "d0007.com"}},
			diags:  1, text: "d0007.com (account " + testAccount + "): HTTP status 403", atMost: time.Second,
		},
		"one domain that always fails": {
			faults: []fakeregistrar.Fault{{Times: -1, Status: 503, Path: "/d0007.com"}, {Times: -1, Path: listPath, Unlist: "d0007.com"}},
			diags:  1, text: "d0007.com (account " + testAccount + "): HTTP status 503", atMost: 10 * time.Second,
		},
		"domain reads that time out, and an empty list": {
			faults: []fakeregistrar.Fault{{Times: -1, Delay: time.Hour, Path: `^.*/registrations/d\d+\.com$`}, {Times: -1, Path: listPath, Status: 200, Body: emptyList}},
			diags:  30, text: "no answer within 9s", atMost: 10 * time.Second,
		},
		"an API that is down": {
			faults: []fakeregistrar.Fault{{Times: -1, Status: 503}},
			diags:  30, text: "or whether the apply authorizes charges", atMost: 10 * time.Second,
		},
		"an API that never answers": {
			faults: []fakeregistrar.Fault{{Times: -1, Delay: time.Hour}}, diags: 30, text: "no answer within", atMost: 10 * time.Second,
		},
		"a token without access, and a list that a proxy blocks": {
			faults: []fakeregistrar.Fault{{Times: -1, Path: listPath, Status: 404, Body: "<html>"}, {Times: -1, Status: 403, Body: refusal}},
			diags:  30, text: "HTTP status 403", atMost: time.Second,
		},
	}
	each(t, cases, func(row) options { return portfolio(30) }, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		for _, fault := range c.faults {
			fake.Inject(fault)
		}
		s, planned, began := start(t, fake), make([][]*tfprotov6.Diagnostic, 30), time.Now()
		walk(30, func(n int) {
			config := settings(fmt.Sprintf("d%04d.com", n), true)
			if c.unknown {
				config["auto_renew"] = unknown(tftypes.Bool)
			}
			_, planned[n] = s.plan(nil, config)
		})
		diags := slices.Concat(planned...)
		if took := time.Since(began); took > c.atMost {
			t.Errorf("took %s; want at most %s", took, c.atMost)
		}
		if failed(diags) != c.fails || len(diags) != c.diags || !strings.Contains(show(diags), c.text) {
			t.Errorf("%d diagnostics; want %d, an error among them: %t, and %q:\n%s", len(diags), c.diags, c.fails, c.text, show(diags))
		}
		if got := len(fake.Requests()); got > 100 {
			t.Errorf("sent %d requests; want at most 100", got)
		}
	})
}

func TestMissingAccount(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s, _ := startWith(t, fake, object{"api_token": text(testToken)}, nil)
		state := s.must(s.importID(testAccount + "/example.com"))
		moved := state.With(object{"account_id": tftypes.NewValue(tftypes.String, nil)})
		for use, diags := range map[string][]*tfprotov6.Diagnostic{
			"an import":                  second(s.importID("example.com")),
			"a new resource":             second(s.plan(nil, settings("example.com", false))),
			"a state without an account": second(s.plan(moved, settings("example.com", false))),
		} {
			t.Log(use)
			wantError(t, diags, "CLOUDFLARE_ACCOUNT_ID", "<account_id>/<domain>") // both ways to set the account
		}
	}, exampleOn(0)...)
}
