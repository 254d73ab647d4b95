// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestWaitIsNotEndedByAStatusFromBefore(t *testing.T) {
	t.Parallel()
	stale := fake.StaleStatus(5 * time.Second)
	tests := map[string]situation{
		"an old success toward the other value": {update: stale, given: facts{earlier(time.Hour, false, fake.Immediate())}, patches: 1},
		"an old failure for a minute":           {update: fake.StaleStatus(time.Minute), given: facts{earlier(time.Hour, true, rejected(0))}, patches: 1},
		"a failure of a moment ago":             {update: stale, given: facts{earlier(time.Millisecond, true, rejected(0))}, patches: 1},
		"an old success, and the change shows late": {
			update: late(20*time.Second, stale), given: facts{earlier(time.Hour, false, fake.Immediate())}, patches: 1,
		},
	}
	skews := map[string]time.Duration{"clock right": 0, "clock an hour fast": time.Hour, "clock an hour slow": -time.Hour}
	each(t, tests, func(t *testing.T, s situation) {
		each(t, skews, func(t *testing.T, skew time.Duration) { s.play(t, fake.WithClockSkew(skew)) })
	})
}

func TestWaitWhereUpdateStatusIsLate(t *testing.T) {
	t.Parallel()
	behind := rejected(time.Second)
	behind.StaleFor = 10 * time.Second
	failed := earlier(time.Hour, true, fake.Failed("old", "old", 0))
	play(t, map[string]situation{
		"it shows the update from before, which the first look did not": {
			update: fake.StaleStatus(5 * time.Second), given: facts{failed, status(answers(404))}, patches: 1,
		},
		"it shows the failure from before, and then ours": {
			update: behind, given: facts{failed}, ends: "failed, rejected, no, shows false", patches: 1, took: seconds{10, 12.1},
		},
		"the PATCH's response shows the success from before": {
			update: fake.Slow(4 * time.Second), given: facts{earlier(time.Hour, true, fake.Immediate()), shows(false), repeatedByPatch}, patches: 1,
		},
		"it shows nothing, and the registration shows the change": {update: fake.LateStatus(time.Minute), patches: 1, took: seconds{1.5, 1.8}},
		"it shows nothing for a minute, and the registration later still": {
			update: late(70*time.Second, fake.LateStatus(time.Minute)), patches: 1, took: seconds{71, 85.2},
		},
		"it shows nothing, and then a failure": {
			update: hidden(30*time.Second, rejected(time.Second)), ends: "failed, rejected, no, shows false", patches: 1, took: seconds{30, 36},
		},
	})
}

// repeatedByPatch makes the response to the PATCH show the update from before, with the wanted value.
func repeatedByPatch(env *env) {
	var old []byte
	status(fake.Fault{Rewrite: func(body []byte) []byte { old = body; return body }})(env)
	patch(fake.Fault{Rewrite: func([]byte) []byte {
		return []byte(strings.ReplaceAll(string(old), `"auto_renew":false`, `"auto_renew":true`))
	}})(env)
}

// The API's two endpoints need not round created_at alike.
func TestWaitWhereCreatedAtIsRoundedDifferently(t *testing.T) {
	t.Parallel()
	down := rewriteCreated(func(at time.Time) time.Time { return at.Truncate(time.Second) })
	up := rewriteCreated(func(at time.Time) time.Time { return at.Truncate(time.Second).Add(time.Second) })
	faults := map[string]fake.Fault{
		"down by the PATCH":  {Method: http.MethodPatch, Rewrite: down},
		"up by the PATCH":    {Method: http.MethodPatch, Rewrite: up},
		"down by the status": {Path: statusPath, Rewrite: down, Times: -1},
		"up by the status":   {Path: statusPath, Rewrite: up, Times: -1},
	}
	for name, fault := range faults {
		for _, fraction := range []time.Duration{time.Millisecond, 400 * time.Millisecond, 999 * time.Millisecond} {
			t.Run(name+" of "+fraction.String(), func(t *testing.T) {
				t.Parallel()
				situation{
					update: rejected(3 * time.Second),
					given: facts{
						earlier(time.Minute+fraction, true, fake.Failed("old", "old", 0)),
						func(env *env) { env.server.Inject(fault) },
					},
					ends: "failed, rejected, no, shows false", patches: 1, took: seconds{3, 5},
				}.play(t)
			})
		}
	}
}
