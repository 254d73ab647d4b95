// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// held is a domain in the test's account.
func held(name string, autoRenew bool, scenario fakeregistrar.Scenario) fakeregistrar.Option {
	return fakeregistrar.WithDomain(fakeregistrar.Domain{
		Name: name, Account: testAccount, AutoRenew: autoRenew, Scenario: scenario, Locked: true,
		CreatedAt: time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC), ExpiresAt: time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC),
	})
}

func TestCreateSendsNoPatchIfTheValueIsRight(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", true)))
		patched(t, fake, 0)
		shown := s.must(s.data("registrar_domain", object{"domain_name": text("example.com")}))
		for key, want := range shown {
			if !state[key].Equal(want) {
				t.Errorf("%s is %s; the data source shows %s", key, state[key], want)
			}
		}
	}, held("example.com", true, fakeregistrar.Immediate()))
}

func TestTurningAutoRenewOnSendsOnePatch(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", false)))
		plan, diags := s.plan(state, settings("example.com", true))
		if got := plan.Changed(); !slices.Equal(got, []string{"auto_renew"}) {
			t.Errorf("the plan changes %v; want auto_renew alone", got)
		}
		says(t, diags, "Turning auto-renew on")
		state = s.must(s.apply(t.Context(), plan))
		if got := patches(fake); !slices.Equal(got, []string{`{"auto_renew":true}`}) {
			t.Errorf("sent %v; want one PATCH to true", got)
		}
		state = s.must(s.read(state))
		if plan, _ := s.plan(state, settings("example.com", true)); len(plan.Changed()) > 0 {
			t.Errorf("the next plan changes %v; want nothing", plan.Changed())
		}
	}, held("example.com", false, fakeregistrar.Slow(3*time.Minute)))
}

func TestDestroySendsNothing(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", true)))
		fake.ResetLog()
		plan, diags := s.plan(state, nil)
		says(t, diags, "Terraform stops managing example.com and leaves its auto-renew unchanged.")
		if state := s.must(s.apply(t.Context(), plan)); state != nil {
			t.Errorf("the state is %v; want none", state)
		}
		sent(t, fake, 0)
	}, held("example.com", true, fakeregistrar.Immediate()))
}

// An unfinished create must leave no state, because Terraform would taint and replace it.
func TestUnfinishedCreateLeavesNoStateAndTheNextApplyResumes(t *testing.T) {
	t.Parallel()
	type row struct {
		scenario fakeregistrar.Scenario
		fault    fakeregistrar.Fault // until the next apply
		timeout  string
		cancel   time.Duration // until an interrupt, zero for none
		says     []string
	}
	cases := map[string]row{
		"a timeout while blocked": {
			scenario: fakeregistrar.BlockedFor(30 * time.Minute),
			says:     []string{"Timed out after 20m (timeouts.create).", "State:         blocked", "raise timeouts.create", "Apply again to resume."},
		},
		"a timeout during the second attempt": {
			scenario: fakeregistrar.Immediate(), timeout: "45s", fault: fakeregistrar.Fault{Times: 2, Delay: time.Hour},
			says: []string{"Timed out after 45s (timeouts.create). The registrar showed no update.", "Last error:    cannot read the update status of example.com: no response within 30s"},
		},
		"an interrupt while the server holds the connection": {
			scenario: fakeregistrar.Held(9 * time.Second), cancel: 4 * time.Second,
			says: []string{"Interrupted before the update of example.com finished", "The registrar showed no update."},
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
			t.Errorf("returned after %s; want %s", took, c.cancel)
		}
		says(t, diags, c.says...)
		next := start(t, fake)
		next.must(next.change(nil, settings("example.com", true)))
		patched(t, fake, 1)
	})
}

// The registration already shows the value, but another client's update just ended and can still
// revert it.
func TestTimeoutWhileARecentUpdateCanRevertTheValue(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", false)))
		fake.StartUpdate(testAccount, "example.com", true)
		state, diags := s.change(state, settings("example.com", true).With(timeouts("update", "5s")))
		says(t, diags, "ERROR", "Timed out after 5s (timeouts.update). The registration already shows auto_renew = true, but", "raise timeouts.update (now 5s)")
		patched(t, fake, 0)
		s.must(s.change(state, settings("example.com", true)))
	}, held("example.com", false, fakeregistrar.Immediate().WithoutRegistration()))
}

func TestApplyWhileTheRegistrarChangesOtherValues(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", false)))
		plan, _ := s.plan(state, settings("example.com", true))
		fake.SetExpiresAt(testAccount, "example.com", time.Date(2002, 1, 1, 0, 0, 0, 0, time.UTC))
		fake.SetStatus(testAccount, "example.com", "suspended")
		state = s.must(s.apply(t.Context(), plan))
		state = s.must(s.read(state))
		if !state["expires_at"].Equal(text("2002-01-01T00:00:00Z")) || !state["status"].Equal(text("suspended")) {
			t.Errorf("after a refresh: %s, %s; want the new expiry and status", state["expires_at"], state["status"])
		}
	}, held("example.com", false, fakeregistrar.Immediate()))
}

func TestAnotherSpellingCausesNoDiff(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		plan, _ := s.plan(nil, settings("MÜNCHEN.de.", true))
		if !plan.State["id"].Equal(text(testAccount+"/xn--mnchen-3ya.de")) || !plan.State["unicode_name"].Equal(text("münchen.de")) {
			t.Errorf("the plan has id = %s and unicode_name = %s", plan.State["id"], plan.State["unicode_name"])
		}
		state := s.must(s.apply(t.Context(), plan))
		for _, other := range []string{"MÜNCHEN.de.", "münchen.de", "XN--MNCHEN-3YA.DE"} {
			plan, _ := s.plan(state, settings(other, true))
			if len(plan.Changed()) > 0 || len(plan.Raw.RequiresReplace) > 0 {
				t.Errorf("spelling it %q changes %v, replaces for %v; want neither", other, plan.Changed(), plan.Raw.RequiresReplace)
			}
		}
	}, held("xn--mnchen-3ya.de", true, fakeregistrar.Immediate()))
}
