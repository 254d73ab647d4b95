// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// unasked is how many schedules are played where nobody asks for a number. Under the race
// detector, as `make unit` plays them, that takes some ten seconds; without it, `make
// chaos-check` plays 10,000 of them in under two minutes on two cores.
const unasked = 150

// TestChaos plays schedules: one where CHAOS_SEED names it, for as long as CHAOS_FOR says, or
// CHAOS_SCHEDULES of them.
func TestChaos(t *testing.T) {
	t.Parallel()
	if text := os.Getenv("CHAOS_SEED"); text != "" {
		s := generate(number(t, "CHAOS_SEED", text))
		t.Logf("seed %d\n%s", s.seed, s.told)
		play(t, s, true)
		return
	}
	first, more := plan(t)
	var next, played atomic.Uint64
	t.Cleanup(func() { t.Logf("played %d schedules, from seed %d on", played.Load(), first) })
	for worker := range runtime.GOMAXPROCS(0) {
		t.Run(fmt.Sprintf("worker %d", worker), func(t *testing.T) {
			t.Parallel()
			for n := next.Add(1) - 1; more(n); n = next.Add(1) - 1 {
				play(t, generate(first+n), false)
				played.Add(1)
			}
		})
	}
}

// plan is the first seed and whether one more is to be played after so many.
func plan(t *testing.T) (first uint64, more func(played uint64) bool) {
	t.Helper()
	if text := os.Getenv("CHAOS_FOR"); text != "" {
		length, err := time.ParseDuration(text)
		if err != nil {
			t.Fatalf("CHAOS_FOR: %v", err)
		}
		began := time.Now()
		return uint64(began.UnixNano()), func(uint64) bool { return time.Since(began) < length }
	}
	count := uint64(unasked)
	if text := os.Getenv("CHAOS_SCHEDULES"); text != "" {
		count = number(t, "CHAOS_SCHEDULES", text)
	}
	return 1, func(played uint64) bool { return played < count }
}

func number(t *testing.T, of, text string) uint64 {
	t.Helper()
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", of, err)
	}
	return n
}

// TestChaosThatFoundAFault plays the seeds that did, whether it was real or planted on purpose.
func TestChaosThatFoundAFault(t *testing.T) {
	t.Parallel()
	seeds, err := os.ReadFile("testdata/seeds.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(seeds)) {
		seed, _, _ := strings.Cut(line, " ")
		if seed == "#" {
			continue
		}
		t.Run("seed "+seed, func(t *testing.T) {
			t.Parallel()
			play(t, generate(number(t, "testdata/seeds.txt", seed)), false)
		})
	}
}

// A seed that is reported is of use only if it brings the same back.
func TestASeedAlwaysMakesTheSameSchedule(t *testing.T) {
	t.Parallel()
	seen := map[string]uint64{}
	for seed := range uint64(50) {
		text := generate(seed).told.String()
		if again := generate(seed).told.String(); again != text {
			t.Errorf("seed %d makes\n%s\nand then\n%s", seed, text, again)
		}
		if other, ok := seen[text]; ok {
			t.Errorf("seeds %d and %d make the same", other, seed)
		}
		seen[text] = seed
	}
}
