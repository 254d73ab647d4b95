// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// Each response takes a second, so the API acts on the PATCH a second after it was sent.
const (
	patchSent  = 2 * time.Second
	patchActed = 3 * time.Second
)

// resume ends a run at every half second, never at the moment of a request. The next run must find the
// PATCH of the first.
func resume(t *testing.T, update fake.Scenario, first func(env *env, at time.Duration) error) {
	t.Helper()
	for at := 250 * time.Millisecond; at <= 14*time.Second; at += 500 * time.Millisecond {
		t.Run("at "+at.String(), func(t *testing.T) {
			t.Parallel()
			run(t, update, func(env *env) {
				if first(env, at) == nil {
					if at < patchActed {
						env.t.Error("the run succeeded before the API acted on its PATCH")
					}
					return
				}
				env.restart()
				env.set(true, "")
				if at > patchSent && at < patchActed {
					env.wantPatches(2) // the first never reached the server
				} else {
					env.wantPatches(1)
				}
			}, fake.WithLatency(time.Second))
		})
	}
}

func TestResumeAfterAnInterruptAtAnyMoment(t *testing.T) {
	t.Parallel()
	updates := map[string]fake.Scenario{
		"of an immediate update":                fake.Immediate(),
		"of a held PATCH":                       fake.Held(7 * time.Second),
		"of a blocked update":                   fake.BlockedFor(8 * time.Second),
		"of an update whose status shows late":  fake.LateStatus(5 * time.Second),
		"of an update without the registration": fake.Slow(8 * time.Second).WithoutRegistration(),
	}
	each(t, updates, func(t *testing.T, update fake.Scenario) {
		resume(t, update, func(env *env, at time.Duration) error { return env.setUnlessInterrupted(defaultTimeout, at, true) })
	})
}
