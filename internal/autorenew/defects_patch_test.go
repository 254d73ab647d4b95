// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// Defects in which a PATCH went that should not, or a success was reported that did not last.

// lasting fails the test where the registrar's value is another one an hour later.
func (env *env) lasting(want bool) {
	env.t.Helper()
	if time.Sleep(time.Hour); env.truth() != want {
		env.t.Error("the success was undone an hour later")
	}
}

func TestALostPatchIsNotConfirmedByTheValueFromBeforeIt(t *testing.T) {
	t.Parallel()
	for name, slow := range map[string]time.Duration{"an update that has just ended": time.Second, "an update that is joined": 10 * time.Second} {
		runCase(t, name+" takes the wanted value away", fake.Immediate(), func(env *env) {
			scenario := fake.Slow(slow)
			scenario.ShownAfter = 8 * time.Second
			env.server.SetAutoRenew(account, domain, true)
			env.after(scenario, false, 2*time.Second)
			env.server.Inject(patched(fake.Fault{ResetBefore: true}))
			env.mustSet(true)
			env.lasting(true)
		})
	}
}

func TestALostPatchIsNotSentAgainForWhatContextSaysAlone(t *testing.T) {
	t.Parallel()
	run(t, fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetAfter: true}))
		env.server.Inject(fake.Fault{Path: statusPath, SetField: "context.registration.auto_renew", Value: false, Times: -1})
		env.mustSet(true)
		env.wantPatches(1)
	})
}

func TestALostPatchIsNotSentAgainForAStatusFromBeforeALongRead(t *testing.T) {
	t.Parallel()
	run(t, hidden(fake.Slow(time.Minute), 6*time.Second), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetAfter: true}))
		env.server.Inject(fake.Fault{Path: registrationPath, Method: "GET", After: 1, Status: 503, Body: refusal, Header: retryAfter(25)})
		env.mustSet(true)
		env.wantPatches(1)
	})
}

func TestALostPatchIsNotForgottenWhereNoOtherMayFollow(t *testing.T) {
	t.Parallel()
	tests := map[string][]fake.Fault{
		"a refusal of the second": {{ResetBefore: true}, {Status: 403, Body: refusal}},
		"a redirect":              {{Status: 303}},
		"a 200 that says no":      {{Status: 200, Body: refusal}},
	}
	for name, faults := range tests {
		runCase(t, name, fake.Immediate(), func(env *env) {
			for _, fault := range faults {
				env.server.Inject(patched(fault))
			}
			_, err := env.set(true)
			if e := as[*client.Error](env, err); e.Status != faults[len(faults)-1].Status || !autorenew.InFlight(err) {
				env.t.Errorf("error = %T %v, want one that says that an update may be in flight", err, err)
			}
		})
	}
}

func TestAnUpdateInFlightIsNotOverForA404OfAProxy(t *testing.T) {
	t.Parallel()
	lost := func(env *env) { env.server.Inject(patched(fake.Fault{ResetAfter: true})) }
	joined := func(env *env) { env.server.StartScenario(account, domain, true, fake.Slow(time.Minute)) }
	for patches, begin := range map[int]func(*env){1: lost, 0: joined} {
		runCase(t, map[int]string{1: "after a lost PATCH", 0: "joined"}[patches], fake.Slow(time.Minute), func(env *env) {
			begin(env)
			env.server.Inject(polls(fake.Fault{Status: 404, Body: "<html>Not Found</html>", Times: -1}))
			env.later(30*time.Second, env.server.ClearFaults)
			env.mustSet(true)
			env.wantPatches(patches)
		})
	}
}

func TestAnUpdateThatIsJoinedAfterAnotherHasItsOwnTimeToShow(t *testing.T) {
	t.Parallel()
	for want, patches := range map[bool]int{true: 0, false: 1} {
		runCase(t, map[bool]string{true: "toward its value", false: "toward the other value"}[want], fake.Immediate(), func(env *env) {
			env.server.SetAutoRenew(account, domain, true)
			env.server.StartScenario(account, domain, false, fake.Slow(10*time.Second))
			env.later(10*time.Second+time.Millisecond, func() {
				env.server.StartScenario(account, domain, true, late(fake.Slow(20*time.Second), 8*time.Second))
			})
			env.mustSet(want)
			env.wantPatches(patches)
			env.lasting(want)
		})
	}
}

func TestAnUpdateThatSeemsToHaveJustEndedForEverIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	run(t, fake.Immediate(), func(env *env) {
		env.after(fake.Immediate().WithoutRegistration(), false, time.Hour)
		env.server.Inject(fake.Fault{Path: statusPath, Times: -1, Rewrite: func(body []byte) []byte {
			return edited(body, func(result map[string]any) { result["updated_at"] = time.Now().Format(time.RFC3339) })
		}})
		env.mustSet(true)
		env.wantPatches(1)
		env.wantTook(10*time.Second, 12*time.Second)
	})
}

func TestASuccessThatWasNotConfirmedInTimeIsHandedOver(t *testing.T) {
	t.Parallel()
	for want, patches := range map[bool]int{true: 1, false: 2} {
		runCase(t, map[bool]string{true: "toward its value", false: "toward the other value"}[want], fake.LateRegistration(40*time.Second), func(env *env) {
			_, err := env.setWithin(20*time.Second, true)
			_ = as[*autorenew.StoppedError](env, err)
			env.server.SetScenario(account, domain, fake.Immediate())
			env.mustSet(want)
			env.wantPatches(patches)
			env.lasting(want)
		})
	}
}
