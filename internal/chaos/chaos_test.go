// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"bufio"
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
		problems, journal := play(t, s, true)
		t.Logf("%s\n%s", s, strings.Join(journal, "\n"))
		report(t, s.seed, problems)
		return
	}
	first, more := plan(t)
	var next, played atomic.Uint64
	t.Cleanup(func() { t.Logf("played %d schedules, from seed %d on", played.Load(), first) })
	for worker := range runtime.GOMAXPROCS(0) {
		t.Run(fmt.Sprintf("worker %d", worker), func(t *testing.T) {
			t.Parallel()
			for n := next.Add(1) - 1; more(n); n = next.Add(1) - 1 {
				try(t, first+n)
				played.Add(1)
			}
		})
	}
}

// TestChaosThatEverFailed plays the seeds of the past.
func TestChaosThatEverFailed(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/seeds.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	for lines := bufio.NewScanner(file); lines.Scan(); {
		seed, _, _ := strings.Cut(lines.Text(), " ")
		if seed == "" || seed == "#" {
			continue
		}
		t.Run("seed "+seed, func(t *testing.T) {
			t.Parallel()
			try(t, number(t, "testdata/seeds.txt", seed))
		})
	}
}

// A seed that is reported is of use only if it brings the same back.
func TestASeedAlwaysMakesTheSameSchedule(t *testing.T) {
	t.Parallel()
	seen := map[string]uint64{}
	for seed := range uint64(50) {
		text := generate(seed).String()
		if again := generate(seed).String(); again != text {
			t.Errorf("seed %d makes\n%s\nand then\n%s", seed, text, again)
		}
		_, plot, _ := strings.Cut(text, "respond_async")
		if other, ok := seen[plot]; ok {
			t.Errorf("seeds %d and %d make the same", other, seed)
		}
		seen[plot] = seed
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

// try plays one schedule.
func try(t *testing.T, seed uint64) {
	t.Helper()
	defer func() {
		if trouble := recover(); trouble != nil { // a bubble that cannot end panics
			report(t, seed, []string{fmt.Sprint(trouble)})
			panic(trouble)
		}
	}()
	problems, _ := play(t, generate(seed), false)
	report(t, seed, problems)
}

func report(t *testing.T, seed uint64, problems []string) {
	t.Helper()
	for _, problem := range problems {
		t.Errorf("seed %d: %s", seed, problem)
	}
	if len(problems) > 0 {
		t.Errorf("to replay it: CHAOS_SEED=%d go test -v -run '^TestChaos$' ./internal/chaos", seed)
	}
}
