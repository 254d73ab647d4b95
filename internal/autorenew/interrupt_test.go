// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestInterruptReturnsAtOnce(t *testing.T) {
	t.Parallel()
	hang := fake.Fault{Delay: 20 * time.Second}
	rows := map[string]situation{
		"during the first read of update-status":   {given: facts{status(hang)}, ends: "interrupted"},
		"during a held PATCH":                      {update: fake.Held(9 * time.Second), ends: "interrupted, sent", patches: 1},
		"during the body of a PATCH response":      {given: facts{patch(fake.Fault{DelayBody: 20 * time.Second})}, ends: "interrupted, sent", patches: 1},
		"between two polls":                        {update: fake.Stuck(), ends: "interrupted, sent, in_progress", patches: 1},
		"during a poll":                            {update: fake.Stuck(), given: facts{polls(hang)}, ends: "interrupted, sent, in_progress", patches: 1},
		"before the registration shows the change": {update: fake.NeverShown(), ends: "interrupted, sent, succeeded", patches: 1},

		// During the pause after a failed request:
		"before a PATCH is sent again": {given: facts{patch(withRetryAfter(60, answers(429)))}, ends: "interrupted, HTTP 429", patches: 1},
		"after an ambiguous PATCH":     {given: facts{lostRequest}, ends: "interrupted, sent, HTTP 0", patches: 1},

		"after an update has failed": {
			update: rejected(0), given: facts{reads(fake.Fault{After: 1, Delay: time.Minute})}, ends: "failed, rejected, no, shows nothing", patches: 1,
		},
	}
	each(t, rows, func(t *testing.T, s situation) {
		s.given, s.took = append(s.given, interrupted(2*time.Second)), seconds{2, 2}
		s.play(t)
	})
}

func TestInterruptWhileTheRateLimitDelaysThePatch(t *testing.T) {
	t.Parallel()
	situation{given: facts{interrupted(5 * time.Second)}, ends: "interrupted", log: "status registration", took: seconds{5, 5}}.
		play(t, fake.WithRateLimit(fake.RateLimit{Quota: 3, Window: 5 * time.Minute, Headers: true}))
}

func TestInterruptBeforeStart(t *testing.T) {
	t.Parallel()
	situation{given: facts{interrupt}, ends: "interrupted", log: "none"}.play(t)
}
