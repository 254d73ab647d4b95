// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"context"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestInterruptReturnsAtOnce(t *testing.T) {
	t.Parallel()
	const soon = 2 * time.Second
	atOnce := seconds{2, 2}
	hang := fake.Fault{Delay: 20 * time.Second}
	play(t, map[string]situation{
		"in the first read of the status": {given: facts{status(hang)}, interrupted: soon, ends: "interrupted", took: atOnce},
		"in the read of the registration": {given: facts{reads(hang)}, interrupted: soon, ends: "interrupted", took: atOnce},
		"in a held PATCH":                 {update: fake.Held(9 * time.Second), interrupted: soon, ends: "interrupted, sent", patches: 1, took: atOnce},
		"in a PATCH's body":               {given: facts{patch(fake.Fault{DelayBody: 20 * time.Second})}, interrupted: soon, ends: "interrupted, sent", patches: 1, took: atOnce},
		"between two polls":               {update: fake.Stuck(), interrupted: soon, ends: "interrupted, sent, in_progress", patches: 1, took: atOnce},
		"in a poll": {
			update: fake.Stuck(), given: facts{polls(hang)}, interrupted: soon, ends: "interrupted, sent, in_progress", patches: 1, took: atOnce,
		},
		"in the confirmation": {
			update: fake.NeverShown(), interrupted: 10 * time.Second, ends: "interrupted, sent, succeeded", patches: 1, took: seconds{10, 10},
		},

		// During the pause after a failed request:
		"before a retry of the first read": {given: facts{status(asking(60, answers(503)))}, interrupted: soon, ends: "interrupted", took: atOnce},
		"before another PATCH": {
			given: facts{patch(asking(60, answers(429)))}, interrupted: soon, ends: "interrupted, HTTP 429", patches: 1, took: atOnce,
		},
		"after an ambiguous PATCH": {given: facts{lostRequest}, interrupted: soon, ends: "interrupted, sent, HTTP 0", patches: 1, took: atOnce},

		"after an update has failed": {
			update: rejected(0), given: facts{reads(fake.Fault{After: 1, Delay: time.Minute})}, interrupted: soon,
			ends: "failed, rejected, no, shows nothing", patches: 1, took: atOnce,
		},
	})
}

func TestInterruptWhileTheRateLimitHoldsARequestBack(t *testing.T) {
	t.Parallel()
	for quota, s := range map[int]situation{
		1: {log: "status", ends: "interrupted"},
		3: {log: "status registration", ends: "interrupted"},
		5: {log: "status registration PATCH", ends: "interrupted, sent, in_progress"},
	} {
		t.Run("after "+s.log, func(t *testing.T) {
			t.Parallel()
			s.update, s.interrupted, s.took = fake.Stuck(), 5*time.Second, seconds{5, 5}
			s.play(t, fake.WithRateLimit(fake.RateLimit{Quota: quota, Window: 5 * time.Minute, Headers: true}))
		})
	}
}

func TestInterruptBeforeStart(t *testing.T) {
	t.Parallel()
	run(t, fake.Immediate(), func(env *env) {
		ctx, interrupt := context.WithCancelCause(env.t.Context())
		interrupt(errInterrupted)
		if got := ending(env.setIn(ctx, true)); got != "interrupted" {
			env.t.Errorf("ended with %q", got)
		}
		env.wantLog("")
	})
}
