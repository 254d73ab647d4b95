// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"cmp"
	"flag"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestMain sets defaults for rapid's flags: few schedules, because the race detector makes them slow, and a
// fixed seed, so that new schedules don't fail on an unrelated change.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.checks": "40", "rapid.seed": "1"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// TestChaos plays random schedules, once or until CHAOS_FOR has passed. The subtests run in
// parallel, with one seed, and draw different values from it.
func TestChaos(t *testing.T) {
	t.Parallel()
	length, err := time.ParseDuration(cmp.Or(os.Getenv("CHAOS_FOR"), "0s"))
	if err != nil {
		t.Fatalf("CHAOS_FOR: %v", err)
	}
	var played atomic.Uint64
	t.Cleanup(func() { t.Logf("played %d schedules", played.Load()) })
	for _, tt := range []struct {
		name    string
		managed []string // the domain of each resource
	}{
		{"one domain", []string{"alpha.com"}},
		{"two domains", []string{"alpha.com", "bravo.net"}},
		{"three domains", []string{"alpha.com", "bravo.net", "xn--mnchen-3ya.de"}},
		{"two resources for one domain", []string{"alpha.com", "alpha.com"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			// After a rule breaks, the test checks only that rule and repeats each schedule, because rapid stops
			// shrinking if a replay differs.
			rule, tries := "", 1
			for began, more := time.Now(), true; more; more = time.Since(began) < length {
				rapid.Check(t, func(t *rapid.T) {
					s := drawSchedule(t, tt.managed)
					for range tries {
						broken := play(t, s)
						if rule == "" && len(broken) > 0 {
							rule, tries = broken[0], 5
						}
						if slices.Contains(broken, rule) {
							t.Fatal(rule)
						}
					}
					played.Add(1)
				})
			}
		})
	}
}
