// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// joins starts an update elsewhere and sets auto-renew to true while it runs.
func TestWaitJoinsAnUpdateOfSomebodyElse(t *testing.T) {
	t.Parallel()
	const slow = 30 * time.Second
	tests := map[string]struct {
		shows       bool // what the registration shows before
		toward      bool
		running     fake.Scenario
		patches     int
		least, most time.Duration
	}{
		"toward the same value":                               {false, true, fake.Slow(slow), 0, slow, 36 * time.Second},
		"toward the same value, blocked":                      {false, true, fake.BlockedFor(slow), 0, slow, 48 * time.Second},
		"toward the same value, and no registration comes":    {false, true, fake.Slow(slow).WithoutRegistration(), 0, slow, 36 * time.Second},
		"toward the same value, shown two seconds late":       {false, true, late(fake.Slow(slow), 2*time.Second), 0, 32 * time.Second, 39 * time.Second},
		"toward the same value, shown nine seconds late":      {false, true, late(fake.Slow(slow), 9*time.Second), 0, 39 * time.Second, 46 * time.Second},
		"toward the other value, as it was":                   {false, false, fake.Slow(slow), 1, slow, 45 * time.Second},
		"toward the other value, away from the wanted one":    {true, false, fake.Slow(slow), 1, slow, 36 * time.Second},
		"away from the wanted one, and no registration comes": {true, false, fake.Slow(slow).WithoutRegistration(), 1, slow, 36 * time.Second},
		"away from the wanted one, shown two seconds late":    {true, false, late(fake.Slow(slow), 2*time.Second), 1, 32 * time.Second, 39 * time.Second},
		"away from the wanted one, shown nine seconds late":   {true, false, late(fake.Slow(slow), 9*time.Second), 1, 39 * time.Second, 46 * time.Second},
		"away from the wanted one, and never shown":           {true, false, fake.Slow(slow).WithoutRegistration(), 1, slow, 36 * time.Second},
		"toward the value that is shown already":              {true, true, fake.Slow(slow), 0, slow, 45 * time.Second},
		"that needs several states":                           {false, true, steps(lasts("pending", slow), lasts("verifying", slow), lasts("succeeded", 0)), 0, 60 * time.Second, 72 * time.Second},
	}
	for name, test := range tests {
		runCase(t, name, fake.Immediate(), func(env *env) {
			env.server.SetAutoRenew(account, domain, test.shows)
			env.server.StartScenario(account, domain, test.toward, test.running)
			env.mustSet(true)
			env.wantPatches(test.patches)
			env.wantTook(test.least, test.most)
			time.Sleep(time.Hour)
			if !env.truth() {
				env.t.Error("the success was undone an hour later")
			}
		})
	}
}

func TestWaitReportsWhatAJoinedUpdateEndsIn(t *testing.T) {
	t.Parallel()
	t.Run("a failure, with what the registration shows", func(t *testing.T) {
		t.Parallel()
		for _, shows := range []bool{true, false} {
			run(t, fake.Immediate(), func(env *env) {
				env.server.SetAutoRenew(account, domain, shows)
				env.server.StartScenario(account, domain, true, fake.Failed("registry_rejected", "no", 20*time.Second))
				e := fails[*autorenew.FailedError](env, true)
				if !e.Joined || e.Update.ErrorCode != "registry_rejected" || e.Shows == nil || e.Shows.AutoRenew != shows {
					t.Errorf("error = %+v", e)
				}
				env.wantPatches(0)
			})
		}
	})
	runCase(t, "an action by a person", fake.Immediate(), func(env *env) {
		env.server.StartScenario(account, domain, true, fake.ActionRequired("confirm_email", "owner@example.com"))
		if e := fails[*autorenew.ActionRequiredError](env, true); !e.Joined || e.Update.Action != "confirm_email" {
			env.t.Errorf("error = %+v", e)
		}
		env.wantPatches(0)
	})
	runCase(t, "an action that a person was asked for before", fake.Immediate(), func(env *env) {
		env.after(fake.ActionRequired("confirm_email", ""), true, time.Hour)
		_ = fails[*autorenew.ActionRequiredError](env, true)
		env.wantLog("status")
	})
	runCase(t, "nothing within the time", fake.Immediate(), func(env *env) {
		env.server.StartScenario(account, domain, true, fake.Stuck())
		if e := fails[*autorenew.StoppedError](env, true); !e.Timeout || e.Sent || e.Update.State == "" {
			env.t.Errorf("error = %+v", e)
		}
		env.wantPatches(0)
	})
}

func TestWaitGoesOnWhereAJoinedUpdateVanishes(t *testing.T) {
	t.Parallel()
	vanishing := polls(fake.Fault{Status: 404, Body: refusal, Times: -1})
	runCase(t, "and was toward the wanted value", fake.Immediate(), func(env *env) {
		env.server.Inject(vanishing)
		env.server.StartScenario(account, domain, true, fake.Slow(4*time.Second))
		env.mustSet(true)
		env.wantPatches(0)
	})
	runCase(t, "and was toward the other value", fake.Immediate(), func(env *env) {
		env.server.Inject(vanishing)
		env.server.StartScenario(account, domain, false, fake.Slow(4*time.Second))
		env.mustSet(true)
		env.wantPatches(1)
		env.wantTook(11*time.Second, 14*time.Second)
	})
	runCase(t, "and was away from the wanted value", fake.Immediate(), func(env *env) {
		env.server.SetAutoRenew(account, domain, true)
		env.server.Inject(vanishing)
		env.server.StartScenario(account, domain, false, fake.Slow(4*time.Second))
		env.mustSet(true)
		env.wantPatches(1)
		time.Sleep(time.Hour)
		if !env.truth() {
			env.t.Error("the success was undone an hour later")
		}
	})
	runCase(t, "for four looks, twice", fake.Immediate(), func(env *env) {
		env.server.Inject(polls(fake.Fault{Status: 404, Body: refusal, Times: 4}))
		env.server.Inject(fake.Fault{Path: statusPath, After: 2, Status: 404, Body: refusal, Times: 4})
		env.server.StartScenario(account, domain, true, fake.Slow(25*time.Second))
		env.mustSet(true)
		env.wantPatches(0)
		env.wantTook(25*time.Second, 31*time.Second)
	}, fake.WithLinkStyle(fake.LinkMissing))
	runCase(t, "for a moment, away from the wanted value", fake.Immediate(), func(env *env) {
		env.server.SetAutoRenew(account, domain, true)
		env.server.Inject(polls(fake.Fault{Status: 404, Body: refusal, Times: 2}))
		env.server.StartScenario(account, domain, false, fake.Slow(10*time.Second))
		env.mustSet(true)
		env.wantPatches(1)
	})
}

func TestWaitIsNotConfusedBySomebodyElsesNewerUpdate(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		toward  bool
		newer   fake.Scenario
		succeed bool
	}{
		"toward the same value":  {true, fake.Slow(20 * time.Second), true},
		"toward the other value": {false, fake.Slow(20 * time.Second), false},
		"that fails":             {false, fake.Failed("other", "no", 20*time.Second), false},
	}
	for name, test := range tests {
		runCase(t, name, fake.Slow(10*time.Second), func(env *env) {
			env.later(10*time.Second+20*time.Millisecond, func() { env.server.StartScenario(account, domain, test.toward, test.newer) })
			_, err := env.set(true)
			if (err == nil) != test.succeed {
				env.t.Errorf("error = %v", err)
			}
			env.wantPatches(1)
		})
	}
}
