// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"cmp"
	"context"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// held adds a domain to the test account.
func held(name string, autoRenew bool, scenario fakeregistrar.Scenario) fakeregistrar.Option {
	return fakeregistrar.WithDomain(fakeregistrar.Domain{
		Name: name, Account: testAccount, AutoRenew: autoRenew, Scenario: scenario, Locked: true,
		CreatedAt: time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC), ExpiresAt: time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC),
	})
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", false)))
		wantValues(t, state, s.must(s.data("registrar_domain", object{"domain_name": text("example.com")})))
		wantPatches(t, fake)
		plan, diags := s.plan(state, settings("example.com", true))
		wantChanges(t, plan, "auto_renew")
		wantText(t, diags, "Turning auto-renew on")
		fake.SetExpiresAt(testAccount, "example.com", time.Date(2002, 1, 1, 0, 0, 0, 0, time.UTC)) // after the plan
		fake.SetStatus(testAccount, "example.com", "suspended")
		state = s.must(s.apply(t.Context(), plan))
		wantPatches(t, fake, true)
		state, diags = s.read(state)
		wantText(t, diags, "WARNING", "has suspended the domain")
		wantValues(t, state, object{"auto_renew": boolean(true), "expires_at": text("2002-01-01T00:00:00Z"), "status": text("suspended")})
		s.wantNoChange(state, settings("example.com", true))
		fake.ResetLog()
		plan, diags = s.plan(state, nil)
		wantText(t, diags, "Terraform stops managing example.com and leaves its auto-renew unchanged.")
		if state := s.must(s.apply(t.Context(), plan)); state != nil {
			t.Errorf("the state is %v; want none", state)
		}
		wantRequests(t, fake, 0)
	}, held("example.com", false, fakeregistrar.Slow(3*time.Minute)))
}

// An unfinished create must leave no state, because Terraform would taint and replace the resource.
func TestNextApplyResumesUnfinishedCreate(t *testing.T) {
	t.Parallel()
	type row struct {
		scenario fakeregistrar.Scenario
		fault    fakeregistrar.Fault // until the next apply
		timeout  string
		cancel   time.Duration // until the interrupt, zero for none
		texts    []string
	}
	cases := map[string]row{
		"a timeout while blocked": {
			scenario: fakeregistrar.BlockedFor(30 * time.Minute),
			texts:    []string{"Timed out after 20m (timeouts.create).", "State:         blocked", "raise timeouts.create", "Apply again to resume."},
		},
		"a timeout during the second attempt": {
			scenario: fakeregistrar.Immediate(), timeout: "45s", fault: fakeregistrar.Fault{Times: 2, Delay: time.Hour},
			texts: []string{"Timed out after 45s (timeouts.create). The registrar showed no update.", "Last error:    cannot read the update status of example.com: no response within 30s"},
		},
		"an interrupt while the server holds the connection": {
			scenario: fakeregistrar.Held(9 * time.Second), cancel: 4 * time.Second,
			texts: []string{"Interrupted before the update of example.com finished", "The registrar showed no update."},
		},
	}
	each(t, cases, func(c row) options { return options{held("example.com", false, c.scenario)} }, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		s := start(t, fake)
		plan, _ := s.plan(nil, settings("example.com", true).With(timeouts("create", cmp.Or(c.timeout, "20m"))))
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if c.cancel > 0 {
			time.AfterFunc(c.cancel, cancel)
		}
		if c.fault.Times > 0 {
			fake.Inject(c.fault)
		}
		began := time.Now()
		state, diags := s.apply(ctx, plan)
		if state != nil || !failed(diags) {
			t.Fatalf("state %v, %s; want no state and an error", state, show(diags))
		}
		if took := time.Since(began); c.cancel > 0 && took != c.cancel {
			t.Errorf("the apply returned after %s; want %s", took, c.cancel)
		}
		wantText(t, diags, c.texts...)
		next := start(t, fake)
		next.must(next.change(nil, settings("example.com", true)))
		wantPatches(t, fake, true)
	})
}

func TestOtherSpellingsCauseNoChange(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		plan, _ := s.plan(nil, settings("MÜNCHEN.de.", true))
		wantValues(t, plan.State, object{"id": text(testAccount + "/xn--mnchen-3ya.de"), "unicode_name": text("münchen.de")})
		state := s.must(s.apply(t.Context(), plan))
		for _, spelling := range []string{"MÜNCHEN.de.", "münchen.de", "XN--MNCHEN-3YA.DE"} {
			s.wantNoChange(state, settings(spelling, true))
		}
	}, held("xn--mnchen-3ya.de", true, fakeregistrar.Immediate()))
}
