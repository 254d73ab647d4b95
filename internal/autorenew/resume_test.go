// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"errors"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// With a response taking a second, the requests of one run lie apart: the PATCH is sent at 2 s and
// acted on at 3 s.
const (
	patchSent  = 2 * time.Second
	patchActed = 3 * time.Second
)

// interruptions are the moments at which a run is interrupted: every half second, and never at
// the moment of a request.
func interruptions() []time.Duration {
	var at []time.Duration
	for d := 250 * time.Millisecond; d <= 14*time.Second; d += 500 * time.Millisecond {
		at = append(at, d)
	}
	return at
}

func TestResumeAfterAnInterruptAtAnyMoment(t *testing.T) {
	t.Parallel()
	scenarios := map[string]fake.Scenario{
		"of an update that is immediate":         fake.Immediate(),
		"of a held PATCH":                        fake.Held(7 * time.Second),
		"of a slow update":                       fake.Slow(8 * time.Second),
		"of a blocked update":                    fake.BlockedFor(8 * time.Second),
		"of an update whose status shows late":   fake.LateStatus(5 * time.Second),
		"of an update in a state not known":      fake.UnknownState("verifying", 8*time.Second),
		"of an update that context says nothing": fake.Slow(8 * time.Second).WithoutRegistration(),
	}
	for name, scenario := range scenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, at := range interruptions() {
				run(t, scenario, func(env *env) {
					if env.interruptedAfter(at) {
						return
					}
					env.restart()
					env.mustSet(true)
					if want := patchesOver(at); env.patches() != want {
						t.Errorf("interrupted at %s: %d PATCHes over both runs, want %d", at, env.patches(), want)
					}
				}, fake.WithLatency(time.Second))
			}
		})
	}
}

// patchesOver is two where the first was on its way and never reached the server.
func patchesOver(interrupted time.Duration) int {
	if interrupted > patchSent && interrupted < patchActed {
		return 2
	}
	return 1
}

func TestResumeAfterATimeoutAtAnyMoment(t *testing.T) {
	t.Parallel()
	for _, at := range interruptions() {
		run(t, fake.Slow(8*time.Second), func(env *env) {
			_, err := env.setWithin(at, true)
			if err == nil {
				return
			}
			if e := as[*autorenew.StoppedError](env, err); !e.Timeout || !errors.Is(e.Cause, errTimeUp) {
				t.Errorf("timeout of %s: %+v", at, e)
			}
			env.restart()
			env.mustSet(true)
			if want := patchesOver(at); env.patches() != want {
				t.Errorf("timeout of %s: %d PATCHes over both runs, want %d", at, env.patches(), want)
			}
		}, fake.WithLatency(time.Second))
	}
}

func TestResumeWhenTheRegistrationShowsLate(t *testing.T) {
	t.Parallel()
	run(t, late(fake.Slow(10*time.Second), 8*time.Second), func(env *env) {
		env.interruptedAfter(5 * time.Second)
		env.restart()
		env.mustSet(true)
		env.wantPatches(1)
		env.wantTook(18*time.Second, 22*time.Second)
	})
}

func TestResumeAfterThePersonActed(t *testing.T) {
	t.Parallel()
	run(t, fake.ActionRequired("confirm_email", ""), func(env *env) {
		_ = fails[*autorenew.ActionRequiredError](env, true)
		env.restart()
		_ = fails[*autorenew.ActionRequiredError](env, true)
		env.server.CompleteAction(account, domain)
		env.restart()
		env.mustSet(true)
		env.wantPatches(1)
	})
}

func TestResumeAfterAFailureSendsAnother(t *testing.T) {
	t.Parallel()
	run(t, fake.Failed("registry_rejected", "no", 5*time.Second), func(env *env) {
		_ = fails[*autorenew.FailedError](env, true)
		env.server.SetScenario(account, domain, fake.Immediate())
		env.restart()
		env.mustSet(true)
		env.wantPatches(2)
	})
}

func TestResumeAfterTheNetworkWasLost(t *testing.T) {
	t.Parallel()
	for _, lost := range []time.Duration{0, 500 * time.Millisecond, 1500 * time.Millisecond, 3500 * time.Millisecond, 5 * time.Second, 7 * time.Second, 9 * time.Second} {
		runCase(t, "after "+lost.String(), fake.Slow(8*time.Second), func(env *env) {
			env.later(lost, func() { env.server.Inject(fake.Fault{Refuse: true, Times: -1}) })
			if _, err := env.setWithin(15*time.Second, true); err == nil {
				env.t.Error("there was no network, and it succeeded")
			}
			env.server.ClearFaults()
			env.restart()
			env.mustSet(true)
			env.wantPatches(1)
		}, fake.WithLatency(time.Second))
	}
}

func TestResumeTowardTheOtherValue(t *testing.T) {
	t.Parallel()
	run(t, fake.Slow(10*time.Second), func(env *env) {
		env.interruptedAfter(5 * time.Second)
		env.restart()
		env.mustSet(false)
		env.wantPatches(2)
		env.wantTook(20*time.Second, 30*time.Second)
	})
}
