// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// situation is what the registrar has when Set begins. Set wants true.
type startingPoint struct {
	name  string
	shows bool
	begin func(r *registrar, now time.Time)
}

// past adds an update that another client started a month ago.
func past(end client.State, toward, lasting bool) func(*registrar, time.Time) {
	return func(r *registrar, now time.Time) {
		month := now.Add(-30 * 24 * time.Hour)
		u := &update{name: "old", toward: toward, created: month, ended: month, during: client.InProgress, end: end, lag: -1}
		r.updates = append(r.updates, u)
	}
}

// current adds an update of another client that began so long ago, after an old one.
func current(ago time.Duration, toward bool, old client.State) func(*registrar, time.Time) {
	return func(r *registrar, now time.Time) {
		if old != "" {
			past(old, !toward, true)(r, now)
		}
		r.begin("other", toward, 0, now.Add(-ago))
	}
}

func nothing(*registrar, time.Time) {}

var startingPoints = []startingPoint{
	{"off", false, nothing},
	{"on", true, nothing},
	{"off, after an old success toward true", false, past(client.Succeeded, true, false)},
	{"off, after an old success toward false", false, past(client.Succeeded, false, true)},
	{"off, after an old failure", false, past(client.Failed, true, true)},
	{"off, after an old update with an unknown end", false, past("abandoned", true, true)},
	{"off, an update toward true in flight", false, current(time.Second, true, "")},
	{"off, an update toward true in flight after an old success", false, current(time.Second, true, client.Succeeded)},
	{"off, an update toward true in flight after an old failure", false, current(time.Second, true, client.Failed)},
	{"off, an update toward false in flight", false, current(time.Second, false, "")},
	{"on, an update toward false in flight after an old success", true, current(time.Second, false, client.Succeeded)},
	{"off, an update toward true just ended", false, current(6*time.Second, true, client.Succeeded)},
	{"on, an update toward false just ended", true, current(6*time.Second, false, client.Succeeded)},
}

func (r *registrar) Invalidate(client.DomainID) {}

var errOver = errors.New("time is up")

// set calls Set once and checks its result.
func (r *registrar) set(s *Setter, want bool, timeout time.Duration) error {
	at := &attemptAt{
		want: want, began: time.Now(), limited: timeout < 20*time.Minute, seen: map[*update]client.State{}, flying: map[*update]bool{}, hid: map[*update]bool{}, told: map[*update]bool{},
	}
	ctx, cancel := context.WithTimeoutCause(context.WithValue(context.Background(), attemptKey{}, at), timeout, errOver)
	defer cancel()
	_, err := s.Set(ctx, client.DomainID{Account: "a", Name: "example.com"}, want)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.checkEnd(at, err)
	return err
}

func (r *registrar) setter() *Setter {
	s := NewSetter(r, r, slog.New(slog.DiscardHandler))
	s.jitter = func(pause, left time.Duration) time.Duration { // the middle of its range
		if pause >= left && left > 2*finalPollReserve {
			return left - finalPollReserve
		}
		return pause
	}
	return s
}

// play is one run: Set, and then Set against an honest registrar until it succeeds.
func (r *registrar) play(start startingPoint) {
	time.Sleep(time.Until(time.Now().Truncate(time.Hour).Add(time.Hour + 300*time.Millisecond))) // the same fraction of a second in each run
	r.began, r.shows, r.process = time.Now(), start.shows, 1
	start.begin(r, r.began)
	timeout, _ := time.ParseDuration(r.choose("timeout", "20m", "2s", "8s"))
	s, want := r.setter(), true
	var beside sync.WaitGroup
	if second := r.choose("Set beside", "none", "~toward true", "~toward false"); second != "none" {
		beside.Go(func() {
			time.Sleep(3 * time.Millisecond)
			_ = r.set(s, second == "toward true", 20*time.Minute)
		})
		want = second == "toward true"
	}
	err := r.set(s, true, timeout)
	beside.Wait()
	if err == nil {
		return
	}
	switch r.choose("then", "again", "the other value", "in a new process") {
	case "the other value":
		want = !want
	case "in a new process":
		r.process++
		s = r.setter()
	}
	r.honest, r.denied, r.refuses, r.loses = true, time.Time{}, false, false
	for range 3 {
		for _, u := range r.updates {
			if u.ended.IsZero() {
				u.ended = time.Now() // the person has acted
			}
		}
		if err = r.set(s, want, 20*time.Minute); err == nil {
			return
		}
	}
	r.violate("", "an honest registrar doesn't lead to success: %v", err)
}

// findings are what an exploration found.
type findings struct {
	mu         sync.Mutex
	runs       int
	exceptions map[string]int
	violations map[string]*violation
}

type violation struct {
	runs     int
	start    startingPoint
	rare     bool
	script   []int
	shortest string
}

// explore plays all runs from one starting point with at most so many choices other than the first.
func (f *findings) explore(start startingPoint, deviations int, rare bool) {
	level := [][]int{nil}
	for d := range deviations + 1 {
		var next [][]int
		for _, script := range level {
			r := &registrar{script: script, rare: rare}
			r.play(start)
			f.record(start, r)
			if d == deviations {
				continue
			}
			for i := len(script); i < len(r.widths); i++ {
				for option := 1; option < r.widths[i]; option++ {
					longer := make([]int, i+1)
					copy(longer, script)
					longer[i] = option
					next = append(next, longer)
				}
			}
		}
		level = next
	}
}

func (f *findings) record(start startingPoint, r *registrar) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.runs++
	if r.exception != "" {
		f.exceptions[r.exception]++
	}
	if r.violation == "" {
		return
	}
	v := f.violations[r.violation]
	if v == nil {
		v = &violation{start: start, rare: r.rare, script: r.script}
		f.violations[r.violation] = v
	}
	if v.runs++; deviationsOf(r.script) < deviationsOf(v.script) {
		v.start, v.rare, v.script = start, r.rare, r.script
	}
}

func deviationsOf(script []int) int {
	return len(slices.DeleteFunc(slices.Clone(script), func(option int) bool { return option == 0 }))
}

// TestExplore plays all runs of Set against the model with at most three deviations from the truth, and
// with at most two among more of them. EXPLORE_DEVIATIONS sets the first number.
func TestExplore(t *testing.T) {
	t.Parallel()
	deep, _ := strconv.Atoi(cmp.Or(os.Getenv("EXPLORE_DEVIATIONS"), "3"))
	f := &findings{exceptions: map[string]int{}, violations: map[string]*violation{}}
	began := time.Now()
	t.Run("from", func(t *testing.T) {
		for _, start := range startingPoints {
			t.Run(start.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(*testing.T) {
					f.explore(start, deep, false)
					f.explore(start, deep-1, true)
				})
			})
		}
	})
	t.Logf("%d runs in %s", f.runs, time.Since(began).Round(time.Millisecond))
	for _, name := range exceptions {
		t.Logf("exception: %s: %d runs", name, f.exceptions[name])
		if f.exceptions[name] == 0 {
			t.Errorf("no run reaches the exception %q", name)
		}
	}
	for what, v := range f.violations {
		r := &registrar{script: v.script, rare: v.rare, logging: true}
		synctest.Test(t, func(*testing.T) { r.play(v.start) })
		t.Errorf("%d runs: %s\nfrom %q, script %v:\n%s", v.runs, what, v.start.name, v.script, r.log.String())
	}
}
