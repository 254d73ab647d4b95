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

// With an answer taking a second, the steps of one run lie apart: the first look ends at 1 s, the
// second begins at 1.015 s, the PATCH reaches the server at 2.015 s and is acted on at 3.015 s.
const (
	patchSent  = 2015 * time.Millisecond
	patchActed = 3015 * time.Millisecond
)

// interruptions are the moments at which a run is interrupted: every half second of a whole
// one.
func interruptions() []time.Duration {
	var at []time.Duration
	for d := time.Duration(0); d <= 14*time.Second; d += 500 * time.Millisecond {
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
				play(t, scenario, func(w *world) {
					if w.interruptedAfter(at) {
						return
					}
					w.restart()
					w.mustSet(true)
					if want := patchesOver(at); w.patches() != want {
						t.Errorf("interrupted at %s: %d PATCHes over both runs, want %d", at, w.patches(), want)
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
		play(t, fake.Slow(8*time.Second), func(w *world) {
			_, err := w.setWithin(at, true)
			if err == nil {
				return
			}
			if e := as[*autorenew.StoppedError](w, err); !e.Timeout || !errors.Is(e.Cause, errTimeUp) {
				t.Errorf("timeout of %s: %+v", at, e)
			}
			w.restart()
			w.mustSet(true)
			if want := patchesOver(at); w.patches() != want {
				t.Errorf("timeout of %s: %d PATCHes over both runs, want %d", at, w.patches(), want)
			}
		}, fake.WithLatency(time.Second))
	}
}

func TestResumeWhenTheRegistrationShowsLate(t *testing.T) {
	t.Parallel()
	play(t, late(fake.Slow(10*time.Second), 20*time.Second), func(w *world) {
		w.interruptedAfter(5 * time.Second)
		w.restart()
		w.mustSet(true)
		w.wantPatches(1)
		w.wantTook(30*time.Second, 37*time.Second)
	})
}

func TestResumeAfterThePersonActed(t *testing.T) {
	t.Parallel()
	play(t, fake.ActionRequired("confirm_email", ""), func(w *world) {
		_ = fails[*autorenew.ActionRequiredError](w, true)
		w.restart()
		_ = fails[*autorenew.ActionRequiredError](w, true)
		w.server.CompleteAction(account, domain)
		w.restart()
		w.mustSet(true)
		w.wantPatches(1)
	})
}

func TestResumeAfterAFailureSendsAnother(t *testing.T) {
	t.Parallel()
	play(t, fake.Failed("registry_rejected", "no", 5*time.Second), func(w *world) {
		_ = fails[*autorenew.FailedError](w, true)
		w.server.SetScenario(account, domain, fake.Immediate())
		w.restart()
		w.mustSet(true)
		w.wantPatches(2)
	})
}

func TestResumeAfterTheNetworkWasLost(t *testing.T) {
	t.Parallel()
	for _, lost := range []time.Duration{0, 500 * time.Millisecond, 1500 * time.Millisecond, 3500 * time.Millisecond, 5 * time.Second, 7 * time.Second, 9 * time.Second} {
		t.Run("after "+lost.String(), func(t *testing.T) {
			t.Parallel()
			play(t, fake.Slow(8*time.Second), func(w *world) {
				w.later(lost, func() { w.server.Inject(fake.Fault{Refuse: true, Times: -1}) })
				if _, err := w.setWithin(15*time.Second, true); err == nil {
					t.Error("there was no network, and it succeeded")
				}
				w.server.ClearFaults()
				w.restart()
				w.mustSet(true)
				w.wantPatches(1)
			}, fake.WithLatency(time.Second))
		})
	}
}

func TestResumeTowardTheOtherValue(t *testing.T) {
	t.Parallel()
	play(t, fake.Slow(10*time.Second), func(w *world) {
		w.interruptedAfter(5 * time.Second)
		w.restart()
		w.mustSet(false)
		w.wantPatches(2)
		w.wantTook(20*time.Second, 30*time.Second)
	})
}
