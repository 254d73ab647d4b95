// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// held is a domain of the test's account.
func held(name string, autoRenew bool, scenario fakeregistrar.Scenario) fakeregistrar.Option {
	return fakeregistrar.WithDomain(fakeregistrar.Domain{
		Name: name, Account: testAccount, AutoRenew: autoRenew, Scenario: scenario, Locked: true,
		CreatedAt: time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC), ExpiresAt: time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC),
	})
}

func TestCreateOfADomainAlreadyAsWantedSendsNoPatch(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", true)))
		patched(t, fake, 0)
		want := object{
			"id": text(testAccount + "/example.com"), "account_id": text(testAccount), "domain_name": text("example.com"),
			"auto_renew": truth(true), "status": text("active"), "created_at": text("1999-01-01T00:00:00Z"),
			"expires_at": text("2001-01-01T00:00:00Z"), "locked": truth(true), "privacy_mode": text("redaction"),
		}
		for key, want := range want {
			if !state[key].Equal(want) {
				t.Errorf("%s is %s; want %s", key, state[key], want)
			}
		}
	}, held("example.com", true, fakeregistrar.Immediate()))
}

func TestToggleSendsOnePatchAndPlansOneLine(t *testing.T) {
	t.Parallel()
	scenarios := map[string]fakeregistrar.Scenario{
		"done at once": fakeregistrar.Immediate(),
		"slow":         fakeregistrar.Slow(3 * time.Minute),
		"shown late":   fakeregistrar.LateRegistration(20 * time.Second),
	}
	for sentence, scenario := range scenarios {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				s := start(t, fake)
				state := s.must(s.change(nil, settings("example.com", false)))
				plan, diags := s.plan(state, settings("example.com", true))
				if got := plan.Changed(); !slices.Equal(got, []string{"auto_renew"}) {
					t.Errorf("the plan changes %v; want auto_renew alone", got)
				}
				if !strings.Contains(show(diags), "authorises charges") {
					t.Errorf("the plan says %q; want a word on charges", show(diags))
				}
				state = s.must(s.apply(t.Context(), plan))
				if got := patches(fake); !slices.Equal(got, []string{`{"auto_renew":true}`}) {
					t.Errorf("sent %v; want one PATCH to true", got)
				}
				state = s.must(s.read(state))
				if plan, _ := s.plan(state, settings("example.com", true)); len(plan.Changed()) > 0 {
					t.Errorf("the next plan changes %v; want nothing", plan.Changed())
				}
			}, held("example.com", false, scenario))
		})
	}
}

func TestDestroySendsNothing(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", true)))
		fake.ResetLog()
		plan, diags := s.plan(state, nil)
		if !strings.Contains(show(diags), "example.com keeps auto_renew = true at the registrar") {
			t.Errorf("the plan says %q; want what stays", show(diags))
		}
		if state := s.must(s.apply(t.Context(), plan)); state != nil {
			t.Errorf("the state is %v; want none", state)
		}
		sent(t, fake, 0)
	}, held("example.com", true, fakeregistrar.Immediate()))
}

// An unfinished create must leave no state, or Terraform would taint and replace what it left.
func TestUnfinishedCreateLeavesNoStateAndTheNextApplyResumes(t *testing.T) {
	t.Parallel()
	type row struct {
		scenario fakeregistrar.Scenario
		cancel   time.Duration
		says     []string
		then     func(*fakeregistrar.Server)
		patches  int // of this apply and the next
	}
	cases := map[string]row{
		"the time is up while blocked": {
			scenario: fakeregistrar.BlockedFor(30 * time.Minute),
			says:     []string{"did not finish in time", "The create timeout of 20m0s is over", "A third party", "State:         blocked", "Blocked by:    registry", "Detail:        ", "raise timeouts.create", "the next apply resumes"},
			patches:  1,
		},
		"a person has to act": {
			scenario: fakeregistrar.ActionRequired("confirm_contact", "owner@example.net"),
			says:     []string{"needs an action by you", "confirm_contact", "owner@example.net", "dash.cloudflare.com", "next apply resumes"},
			then:     func(f *fakeregistrar.Server) { f.CompleteAction(testAccount, "example.com") },
			patches:  1,
		},
		"the update failed": {
			scenario: fakeregistrar.Failed("registry_rejected", "Registry rejected the update request.", 45*time.Second),
			says:     []string{"The registrar could not update example.com", "Registry rejected the update request.", "registry_rejected", "Now:           auto_renew = false"},
			then:     func(f *fakeregistrar.Server) { f.SetScenario(testAccount, "example.com", fakeregistrar.Immediate()) },
			patches:  2,
		},
		"the run is interrupted": {
			scenario: fakeregistrar.Slow(2 * time.Minute), cancel: 7 * time.Second, patches: 1,
			says: []string{"Interrupted before the update of example.com was finished", "the next apply resumes"},
		},
		"the run is interrupted while the server holds the connection": {
			scenario: fakeregistrar.Held(9 * time.Second), cancel: 4 * time.Second, patches: 1,
			says: []string{"Interrupted before", "State:         no update was seen"},
		},
	}
	each(t, cases, func(c row) options { return options{held("example.com", false, c.scenario)} }, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		s := start(t, fake)
		plan, _ := s.plan(nil, settings("example.com", true))
		ctx, cancel := context.WithCancel(t.Context())
		if c.cancel > 0 {
			time.AfterFunc(c.cancel, cancel)
		}
		defer cancel()
		began := time.Now()
		state, diags := s.apply(ctx, plan)
		if state != nil || !failed(diags) {
			t.Fatalf("state %v, %s; want no state and an error", state, show(diags))
		}
		if took := time.Since(began); c.cancel > 0 && took != c.cancel {
			t.Errorf("returned after %s; want at once, after %s", took, c.cancel)
		}
		says(t, diags, c.says...)
		if c.then != nil {
			c.then(fake)
		}
		next := start(t, fake)
		next.must(next.change(nil, settings("example.com", true)))
		patched(t, fake, c.patches)
	})
}

func TestWhatTheRegistrarChangesMeanwhileDoesNotBreakTheApply(t *testing.T) {
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

func TestUpdateOfTimeoutsAloneSendsNothing(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.change(nil, settings("example.com", true)))
		fake.ResetLog()
		s.must(s.change(state, settings("example.com", true).With(timeouts("update", "1h"))))
		sent(t, fake, 0)
	}, held("example.com", true, fakeregistrar.Immediate()))
}

func TestASpellingOfTheSameNameIsNoChange(t *testing.T) {
	t.Parallel()
	spellings := []string{"münchen.de", "MÜNCHEN.de.", "xn--mnchen-3ya.de", "XN--MNCHEN-3YA.DE"}
	for _, first := range spellings {
		t.Run("from "+first, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				s := start(t, fake)
				plan, _ := s.plan(nil, settings(first, true))
				of := s.Type()
				resp := s.decode(of, plan.Raw.PlannedState)
				if !resp["id"].Equal(text(testAccount + "/xn--mnchen-3ya.de")) {
					t.Errorf("id is planned as %s", resp["id"])
				}
				state, diags := s.apply(t.Context(), plan)
				s.must(state, diags)
				for _, second := range spellings {
					plan, _ := s.plan(state, settings(second, true))
					if len(plan.Changed()) > 0 || len(plan.Raw.RequiresReplace) > 0 {
						t.Errorf("spelling it %q changes %v, replaces for %v; want neither", second, plan.Changed(), plan.Raw.RequiresReplace)
					}
				}
				plan, _ = s.plan(state, settings("münchen.com", true))
				if len(plan.Raw.RequiresReplace) != 1 {
					t.Errorf("another domain replaces for %v; want domain_name", plan.Raw.RequiresReplace)
				}
			}, held("xn--mnchen-3ya.de", true, fakeregistrar.Immediate()))
		})
	}
}
