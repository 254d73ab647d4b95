// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"net/http"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// The table of the schedule is computed; this is what the server sees of it.
func TestWaitNoticesInTime(t *testing.T) {
	t.Parallel()
	for _, takes := range []time.Duration{
		time.Second, 3 * time.Second, 10 * time.Second, 25 * time.Second, time.Minute, 3 * time.Minute, 10 * time.Minute, 19*time.Minute + 58*time.Second,
	} {
		runCase(t, takes.String(), steps(lasts("in_progress", takes), lasts("succeeded", 0)), func(env *env) {
			env.mustSet(true)
			env.wantTook(takes, takes+min(max(2*time.Second, takes/5), 30*time.Second))
			if polls := env.server.Count(http.MethodGet, statusPath) - 1; polls > 75 || takes < 50*time.Second && polls > 20 {
				env.t.Errorf("%d polls", polls)
			}
		})
	}
}

func TestWaitNoticesTheEndOfABlockInTime(t *testing.T) {
	t.Parallel()
	for _, takes := range []time.Duration{10 * time.Second, time.Minute, 5 * time.Minute, 17 * time.Minute} {
		runCase(t, takes.String(), fake.BlockedFor(takes), func(env *env) {
			env.mustSet(true)
			env.wantTook(takes, takes+2*time.Minute)
		})
	}
}
