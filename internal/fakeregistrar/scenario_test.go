// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// glance is what a client sees at one moment: the PATCH's answer first, then
// update-status and the registration's value.
func (c *caller) glance() string {
	c.t.Helper()
	r := c.get(statusPath)
	if r.status != http.StatusOK {
		return fmt.Sprintf("%d %t", r.status, c.autoRenew())
	}
	w := decode[workflow](c.t, r)
	return fmt.Sprintf("%s completed=%t %t", w.State, w.Completed, c.autoRenew())
}

func TestScenario(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		scenario fake.Scenario
		patch    string          // status, time it took, state
		looks    []time.Duration // counted from the answer to the PATCH
		want     []string
	}{
		"immediate is over before the answer": {
			fake.Immediate(), "200 0s succeeded",
			[]time.Duration{0},
			[]string{"succeeded completed=true true"},
		},
		"the zero scenario is immediate": {
			fake.Scenario{},
			"200 0s succeeded",
			[]time.Duration{0},
			[]string{"succeeded completed=true true"},
		},
		"an update that fits into the hold is a 200": {
			fake.Held(4 * time.Second), "200 4s succeeded",
			[]time.Duration{0},
			[]string{"succeeded completed=true true"},
		},
		"an update that outlasts the hold is a 202": {
			fake.Held(12 * time.Second), "202 10s in_progress",
			[]time.Duration{0, 1999 * time.Millisecond, 2 * time.Second},
			[]string{"in_progress completed=false false", "in_progress completed=false false", "succeeded completed=true true"},
		},
		"slow can be held as well": {
			fake.Slow(5 * time.Second).Holding(), "200 5s succeeded",
			[]time.Duration{0},
			[]string{"succeeded completed=true true"},
		},
		"slow is a fifth pending and the rest in progress": {
			fake.Slow(10 * time.Second), "202 0s pending",
			[]time.Duration{time.Second, 2 * time.Second, 9 * time.Second, 10 * time.Second},
			[]string{"pending completed=false false", "in_progress completed=false false", "in_progress completed=false false", "succeeded completed=true true"},
		},
		"blocked comes after a second of work": {
			fake.BlockedFor(5 * time.Second), "202 0s in_progress",
			[]time.Duration{time.Second, 6 * time.Second},
			[]string{"blocked completed=false false", "succeeded completed=true true"},
		},
		"action required does not pass by itself": {
			fake.ActionRequired("confirm", ""), "202 0s in_progress",
			[]time.Duration{time.Second, 1000 * time.Hour},
			[]string{"action_required completed=false false", "action_required completed=false false"},
		},
		"a failure after a time changes nothing": {
			fake.Failed("registry_rejected", "no", 3*time.Second), "202 0s in_progress",
			[]time.Duration{2 * time.Second, 3 * time.Second},
			[]string{"in_progress completed=false false", "failed completed=true false"},
		},
		"a failure at once is in the answer to the PATCH": {
			fake.Failed("registry_rejected", "no", 0), "200 0s failed",
			[]time.Duration{0},
			[]string{"failed completed=true false"},
		},
		"stuck is in progress for ever": {
			fake.Stuck(), "202 0s in_progress",
			[]time.Duration{1000 * time.Hour},
			[]string{"in_progress completed=false false"},
		},
		"never is pending for ever": {
			fake.Never(), "202 0s pending",
			[]time.Duration{1000 * time.Hour},
			[]string{"pending completed=false false"},
		},
		"an unknown state passes": {
			fake.UnknownState("verifying", 5*time.Second), "202 0s verifying",
			[]time.Duration{4 * time.Second, 5 * time.Second},
			[]string{"verifying completed=false false", "succeeded completed=true true"},
		},
		"the registration follows the workflow late": {
			fake.LateRegistration(5 * time.Second), "202 0s pending",
			[]time.Duration{time.Second, 5 * time.Second, 6 * time.Second},
			[]string{"succeeded completed=true false", "succeeded completed=true false", "succeeded completed=true true"},
		},
		"the registration never follows the workflow": {
			fake.NeverShown(), "202 0s pending",
			[]time.Duration{time.Second, 1000 * time.Hour},
			[]string{"succeeded completed=true false", "succeeded completed=true false"},
		},
		"update-status learns of the workflow late": {
			fake.LateStatus(5 * time.Second), "202 0s pending",
			[]time.Duration{0, 4 * time.Second, 5 * time.Second},
			[]string{"404 false", "404 true", "succeeded completed=true true"},
		},
		"without an older workflow a stale status is none": {
			fake.StaleStatus(5 * time.Second), "202 0s pending",
			[]time.Duration{0, 5 * time.Second},
			[]string{"404 false", "succeeded completed=true true"},
		},
		"completed may contradict the state": {
			fake.Contradictory(true, "in_progress"), "202 0s in_progress",
			[]time.Duration{time.Hour},
			[]string{"in_progress completed=true false"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := withScenario(t, test.scenario)
				start := time.Now()
				r := c.turnOn()
				if got := fmt.Sprintf("%d %s %s", r.status, time.Since(start), decode[workflow](t, r).State); got != test.patch {
					t.Errorf("PATCH = %s, want %s", got, test.patch)
				}
				if got := c.watch(test.looks); !slices.Equal(got, test.want) {
					t.Errorf("seen %q, want %q", got, test.want)
				}
				c.wantViolations()
			})
		})
	}
}

// watch glances at the given times, counted from now.
func (c *caller) watch(looks []time.Duration) []string {
	c.t.Helper()
	answered := time.Now()
	var seen []string
	for _, at := range looks {
		time.Sleep(time.Until(answered.Add(at)))
		seen = append(seen, c.glance())
	}
	return seen
}

func TestConflictingRefusesUntilItsTimeIsOver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Conflicting(3*time.Second))
		time.Sleep(time.Hour) // the time runs from the first PATCH, not from now
		const busy = "An update of example.com is already in progress"
		wantRefusal(t, c.turnOn(), http.StatusConflict, 10000, busy)
		wantRefusal(t, c.get(statusPath), http.StatusNotFound, 10000, "No workflow found for example.com")
		time.Sleep(3*time.Second - time.Nanosecond)
		wantRefusal(t, c.turnOn(), http.StatusConflict, 10000, busy)
		time.Sleep(time.Nanosecond)
		wantStatus(t, c.turnOn(), http.StatusOK)
		c.wantViolations()
	})
}

func TestStaleStatusShowsTheWorkflowBefore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.StaleStatus(5*time.Second))
		c.server.StartScenario(account, domain, true, fake.Failed("registry_rejected", "no", 0))
		failed := decode[workflow](t, c.get(statusPath))
		time.Sleep(time.Minute)
		accepted := decode[workflow](t, c.turnOn())
		stale := decode[workflow](t, c.get(statusPath))
		if stale.State != "failed" || !stale.CreatedAt.Equal(failed.CreatedAt) {
			t.Errorf("update-status = %+v, want the failure from a minute ago", stale)
		}
		time.Sleep(5 * time.Second)
		fresh := decode[workflow](t, c.get(statusPath))
		if fresh.State != "succeeded" || !fresh.CreatedAt.Equal(accepted.CreatedAt) {
			t.Errorf("update-status = %+v, want the success of the new update", fresh)
		}
	})
}

func TestActionRequiredNamesTheActionAndResumesWhenItIsDone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.ActionRequired("confirm_by_email", "owner@example.com"))
		c.turnOn()
		if c.server.CompleteAction(account, domain) {
			t.Error("an action was completed before one was asked for")
		}
		time.Sleep(time.Second)
		w := decode[workflow](t, c.get(statusPath))
		if w.Context.Action != "confirm_by_email" || w.Context.ConfirmationSentTo != "owner@example.com" {
			t.Errorf("context = %+v", w.Context)
		}
		if !c.server.CompleteAction(account, domain) {
			t.Error("no action was waiting")
		}
		want := []string{"in_progress completed=false false", "succeeded completed=true true"}
		if got := c.watch([]time.Duration{0, time.Second}); !slices.Equal(got, want) {
			t.Errorf("seen %q, want %q", got, want)
		}
	})
}

func TestFailedCarriesTheErrorAndBlockedDoesNot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Failed("registry_rejected", "Registry rejected the update request.", 0))
		w := decode[workflow](t, c.turnOn())
		if w.Error == nil || w.Error.Code != "registry_rejected" || w.Error.Message != "Registry rejected the update request." {
			t.Errorf("error = %+v", w.Error)
		}
		c.server.SetScenario(account, domain, fake.BlockedFor(time.Hour))
		if w = decode[workflow](t, c.turnOn()); w.Error != nil {
			t.Errorf("error = %+v, want null", w.Error)
		}
	})
}

func TestContextRegistrationShowsTheWantedValueOnSuccessOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Slow(time.Second))
		if w := decode[workflow](t, c.turnOn()); w.Context.Registration != nil || w.Context.DomainName != domain {
			t.Errorf("context of a running update = %+v", w.Context)
		}
		time.Sleep(time.Second)
		w := decode[workflow](t, c.get(statusPath))
		if w.Context.Registration == nil || w.Context.Registration.AutoRenew == nil || !*w.Context.Registration.AutoRenew {
			t.Errorf("context of a success = %+v", w.Context)
		}
		c.server.SetScenario(account, domain, fake.Immediate().WithoutRegistration())
		if w := decode[workflow](t, c.turnOn()); w.Context.Registration != nil {
			t.Error("context.registration is there although the scenario leaves it out")
		}
	})
}
