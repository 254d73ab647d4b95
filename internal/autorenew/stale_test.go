// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"net/http"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestStaleStatusMeansNothing(t *testing.T) {
	t.Parallel()
	tests := map[string]situation{
		"an old success":          {given: facts{earlier(time.Hour, false, fake.Immediate())}, patches: 1},
		"an old failure":          {given: facts{earlier(time.Hour, true, rejected(0))}, patches: 1},
		"a failure a moment ago":  {given: facts{earlier(time.Millisecond, true, rejected(0))}, patches: 1},
		"an old failure, at last": {given: facts{earlier(time.Hour, true, rejected(0)), status(answers(404))}, patches: 1},
	}
	skews := map[string]time.Duration{"clock right": 0, "clock an hour fast": time.Hour, "clock an hour slow": -time.Hour}
	each(t, tests, func(t *testing.T, s situation) {
		s.update = fake.StaleStatus(5 * time.Second)
		each(t, skews, func(t *testing.T, skew time.Duration) { s.play(t, fake.WithClockSkew(skew)) })
	})
}

// The two endpoints can round created_at differently, or have clocks that differ.
func TestCreatedAtIsRoundedDifferently(t *testing.T) {
	t.Parallel()
	down := rewriteCreated(func(at time.Time) time.Time { return at.Truncate(time.Second) })
	up := rewriteCreated(func(at time.Time) time.Time { return at.Truncate(time.Second).Add(time.Second) })
	ahead := rewriteCreated(func(at time.Time) time.Time { return at.Add(10 * time.Second) })
	each(t, map[string]fake.Fault{
		"down by the PATCH":    {Method: http.MethodPatch, Rewrite: down},
		"up by the PATCH":      {Method: http.MethodPatch, Rewrite: up},
		"ten seconds ahead":    {Method: http.MethodPatch, Rewrite: ahead},
		"down by the status":   {Path: statusPath, Rewrite: down, Times: -1},
		"up by the status":     {Path: statusPath, Rewrite: up, Times: -1},
		"ahead, by the status": {Path: statusPath, Rewrite: ahead, Times: -1},
	}, func(t *testing.T, fault fake.Fault) {
		for _, fraction := range []time.Duration{time.Millisecond, 400 * time.Millisecond, 999 * time.Millisecond} {
			situation{
				update: rejected(3 * time.Second),
				given: facts{
					earlier(time.Minute+fraction, true, fake.Failed("old", "old", 0)),
					func(env *env) { env.server.Inject(fault) },
				},
				ends: "failed, rejected, no, shows false", patches: 1, took: seconds{3, 5},
			}.play(t)
		}
	})
}
