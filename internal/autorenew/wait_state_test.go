// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// steps is a scenario of states, each of which lasts for a while and the last for ever.
func steps(list ...fake.Step) fake.Scenario { return fake.Scenario{Steps: list} }

func lasts(state string, d time.Duration) fake.Step { return fake.Step{State: state, For: d} }

func TestWaitUntilSuccess(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		scenario    fake.Scenario
		log         string
		least, most time.Duration
	}{
		"a success in the answer needs no more requests": {
			fake.Immediate(), "status registration PATCH", 0, 20 * time.Millisecond,
		},
		"a held PATCH that is answered with the success needs no more requests": {
			fake.Held(9 * time.Second), "status registration PATCH", 9 * time.Second, 9100 * time.Millisecond,
		},
		"a held PATCH whose hold ends first is polled": {
			fake.Held(11 * time.Second), "status registration PATCH status", 11500 * time.Millisecond, 12 * time.Second,
		},
		"pending, then in progress": {
			fake.Slow(4 * time.Second), "status registration PATCH status status status", 4500 * time.Millisecond, 5100 * time.Millisecond,
		},
		"in progress, then pending again": {
			steps(lasts("in_progress", 2*time.Second), lasts("pending", 2*time.Second), lasts("succeeded", 0)),
			"status registration PATCH status status status", 4500 * time.Millisecond, 5100 * time.Millisecond,
		},
		"a state not known today": {
			fake.UnknownState("verifying", 4*time.Second), "status registration PATCH status status status", 4500 * time.Millisecond, 5100 * time.Millisecond,
		},
		"a state not known today in the middle": {
			steps(lasts("pending", time.Second), lasts("verifying", 3*time.Second), lasts("succeeded", 0)),
			"status registration PATCH status status status", 4500 * time.Millisecond, 5100 * time.Millisecond,
		},
		"blocked from the start is looked at three times as rarely": {
			steps(lasts("blocked", 4*time.Second), lasts("succeeded", 0)), "status registration PATCH status", 4500 * time.Millisecond, 5100 * time.Millisecond,
		},
		"blocked after a while of work": {
			fake.BlockedFor(4 * time.Second), "status registration PATCH status status", 6 * time.Second, 6800 * time.Millisecond,
		},
		"blocked, then work, then success": {
			steps(lasts("blocked", time.Second), lasts("in_progress", 5*time.Second), lasts("succeeded", 0)),
			"status registration PATCH status status", 6 * time.Second, 6800 * time.Millisecond,
		},
		"success through every waiting state": {
			steps(lasts("pending", 2*time.Second), lasts("in_progress", 2*time.Second), lasts("blocked", 3*time.Second), lasts("verifying", 5*time.Second), lasts("succeeded", 0)),
			"status registration PATCH status status status status status status", 12 * time.Second, 14100 * time.Millisecond,
		},
		"a success that says completed is false": {
			fake.Contradictory(false, "succeeded"), "status registration PATCH", 0, 20 * time.Millisecond,
		},
		"a success without the registration is confirmed by a GET": {
			fake.Immediate().WithoutRegistration(), "status registration PATCH registration", 0, 40 * time.Millisecond,
		},
		"a success that the registration shows two seconds late": {
			fake.LateRegistration(2 * time.Second), "status registration PATCH status registration status registration", 2500 * time.Millisecond, 5 * time.Second,
		},
	}
	for name, test := range tests {
		runCase(t, name, test.scenario, func(env *env) {
			env.mustSet(true)
			env.wantLog(test.log)
			env.wantTook(test.least, test.most)
		})
	}
}

func TestWaitUntilFailure(t *testing.T) {
	t.Parallel()
	failure := fake.Step{State: "failed", ErrorCode: "registry_rejected", ErrorMessage: "no"}
	tests := map[string]fake.Scenario{
		"in the answer to the PATCH":    fake.Failed("registry_rejected", "no", 0),
		"after a while of work":         fake.Failed("registry_rejected", "no", 10*time.Second),
		"while the PATCH is held":       fake.Failed("registry_rejected", "no", 3*time.Second).Holding(),
		"from pending":                  steps(lasts("pending", 3*time.Second), failure),
		"from blocked":                  steps(lasts("blocked", 3*time.Second), failure),
		"from a state not known":        steps(lasts("verifying", 3*time.Second), failure),
		"that says it is incomplete":    steps(fake.Step{State: "failed", ErrorCode: "registry_rejected", ErrorMessage: "no", Completed: new(false)}),
		"after a completed in_progress": steps(fake.Step{State: "in_progress", For: 3 * time.Second, Completed: new(true)}, failure),
	}
	for name, scenario := range tests {
		runCase(t, name, scenario, func(env *env) {
			e := fails[*autorenew.FailedError](env, true)
			if e.Update.ErrorCode != "registry_rejected" || e.Update.ErrorMessage != "no" || e.Joined || !e.Want {
				env.t.Errorf("error = %+v", e)
			}
			if e.Shows == nil || e.Shows.AutoRenew {
				env.t.Errorf("Shows = %v, want false", e.Shows)
			}
			env.wantPatches(1)
		})
	}
}

func TestWaitStopsWhereAPersonMustAct(t *testing.T) {
	t.Parallel()
	confirm := fake.Step{State: "action_required", Context: map[string]any{"action": "confirm_email", "confirmation_sent_to": "owner@example.com"}}
	tests := map[string]struct {
		scenario fake.Scenario
		most     time.Duration
	}{
		"in the answer to the PATCH": {steps(confirm), 20 * time.Millisecond},
		"after a second of work":     {fake.ActionRequired("confirm_email", "owner@example.com"), 1800 * time.Millisecond},
		"after blocked":              {steps(lasts("blocked", time.Second), confirm), 5100 * time.Millisecond},
	}
	for name, test := range tests {
		runCase(t, name, test.scenario, func(env *env) {
			e := fails[*autorenew.ActionRequiredError](env, true)
			if e.Update.Action != "confirm_email" || e.Update.ConfirmationSentTo != "owner@example.com" || e.Joined {
				env.t.Errorf("error = %+v", e)
			}
			env.wantTook(0, test.most)
			env.wantPatches(1)
		})
	}
}

func TestWaitGoesOnWhereCompletedContradictsAWaitingState(t *testing.T) {
	t.Parallel()
	run(t, steps(fake.Step{State: "in_progress", For: 4 * time.Second, Completed: new(true)}, lasts("succeeded", 0)), func(env *env) {
		env.mustSet(true)
		env.wantLog("status registration PATCH status status status")
	})
}

func TestWaitEndsWithBothValuesWhereTheRegistrationNeverShowsTheChange(t *testing.T) {
	t.Parallel()
	run(t, fake.NeverShown(), func(env *env) {
		e := fails[*autorenew.UnconfirmedError](env, true)
		if !e.Want || e.Update.State != client.Succeeded {
			t.Errorf("error = %+v", e)
		}
		env.wantPatches(1)
		env.wantTook(61*time.Second, 63*time.Second)
	})
}

func TestWaitForARegistrationThatShowsTheChangeLate(t *testing.T) {
	t.Parallel()
	for _, late := range []time.Duration{5 * time.Second, 20 * time.Second, 40 * time.Second, 58 * time.Second} {
		runCase(t, late.String(), fake.LateRegistration(late), func(env *env) {
			env.mustSet(true)
			env.wantPatches(1)
			env.wantTook(time.Second+late, 2*time.Second+late*6/5)
		})
	}
}

func TestWaitDoesNotTrustASuccessThatShowsTheOtherValue(t *testing.T) {
	t.Parallel()
	run(t, fake.LateRegistration(5*time.Second), func(env *env) {
		env.server.Inject(fake.Fault{Path: statusPath, After: 1, SetField: "context.registration", Value: map[string]any{
			"domain_name": domain, "auto_renew": false, "status": "active", "created_at": "2020-01-01T00:00:00Z", "locked": true, "privacy_mode": "redaction",
		}})
		env.mustSet(true)
		env.wantPatches(1)
	})
}

func TestWaitDoesNotTrustARegistrationThatSaysLessThanAll(t *testing.T) {
	t.Parallel()
	run(t, fake.Immediate(), func(env *env) {
		env.server.Inject(fake.Fault{Method: "PATCH", OmitField: "context.registration.status"})
		env.mustSet(true)
		env.wantLog("status registration PATCH registration")
	})
}

func TestWaitLogsEachChangeOfStateOnce(t *testing.T) {
	t.Parallel()
	run(t, steps(lasts("pending", 5*time.Second), lasts("in_progress", 5*time.Second), lasts("succeeded", 0)), func(env *env) {
		env.mustSet(true)
		for _, state := range []string{"pending", "in_progress", "succeeded"} {
			if got := strings.Count(env.logged.String(), `level=INFO msg="update state" account_id=`+account+" domain_name=example.com state="+state+" joined=false"); got != 1 {
				t.Errorf("logged %s %d times, want once:\n%s", state, got, env.logged.String())
			}
		}
	})
}
