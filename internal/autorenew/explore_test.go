// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

var defaultDeviations = "3"

// TestExplore plays every run of Set against the model with at most three deviations: choices other than the first
// option. Runs with rare options have at most two. EXPLORE_DEVIATIONS overrides the three.
func TestExplore(t *testing.T) {
	t.Parallel()
	deviations, _ := strconv.Atoi(cmp.Or(os.Getenv("EXPLORE_DEVIATIONS"), defaultDeviations))
	f := &findings{exceptions: map[string]int{}, violations: map[string]violation{}}
	began := time.Now()
	t.Run("from", func(t *testing.T) {
		for _, start := range starts {
			t.Run(start.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(*testing.T) {
					f.explore(start, deviations, false)
					f.explore(start, deviations-1, true)
				})
			})
		}
	})
	t.Logf("%d runs in %s", f.runs, time.Since(began).Round(time.Millisecond))
	for _, name := range exceptions {
		t.Logf("exception: %s: %d runs", name, f.exceptions[name])
		if f.exceptions[name] == 0 && deviations > 2 {
			t.Errorf("no run reaches the exception %q", name)
		}
	}
	for what, v := range f.violations {
		r := &registrar{script: v.script, rare: v.rare, log: &strings.Builder{}}
		synctest.Test(t, func(*testing.T) { r.play(v.start) })
		t.Errorf("%d runs: %s\nthe shortest, from %q:\n%s", v.runs, what, v.start.name, r.log)
	}
}

// findings are the results of an exploration.
type findings struct {
	mu         sync.Mutex
	runs       int
	exceptions map[string]int
	violations map[string]violation
}

// violation is one kind of violation, with the shortest run that shows it.
type violation struct {
	runs   int
	start  start
	rare   bool
	script []int
}

// explore plays all runs from one start with at most this many deviations, runs with fewer first.
func (f *findings) explore(start start, deviations int, rare bool) {
	level := [][]int{nil}
	for d := range deviations + 1 {
		var next [][]int
		for _, script := range level {
			r := &registrar{script: script, rare: rare}
			r.play(start)
			f.record(start, r)
			for i := len(script); i < len(r.widths) && d < deviations; i++ {
				for option := 1; option < r.widths[i]; option++ {
					next = append(next, append(append(slices.Clone(script), make([]int, i-len(script))...), option))
				}
			}
		}
		level = next
	}
}

func (f *findings) record(start start, r *registrar) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.runs++
	f.exceptions[r.exception]++
	if r.violation == "" {
		return
	}
	v := f.violations[r.violation]
	if v.runs == 0 || len(r.script) < len(v.script) {
		v.start, v.rare, v.script = start, r.rare, r.script
	}
	v.runs++
	f.violations[r.violation] = v
}

// start is the situation at the registrar when Set(true) begins.
type start struct {
	name      string
	initially bool
	begin     func(r *registrar, now time.Time)
}

const month = 30 * 24 * time.Hour

var starts = []start{
	{"off", false, func(*registrar, time.Time) {}},
	{"on", true, func(*registrar, time.Time) {}},
	{"off, an old success toward true", false, past(month, "", true)},
	{"off, an old success toward false", false, past(month, "", false)},
	{"off, an old failure", false, past(month, client.Failed, true)},
	{"off, an old update with an unknown end", false, past(month, "abandoned", true)},
	{"off, a failure a moment ago", false, past(time.Second, client.Failed, true)},
	{"off, toward true in flight, an old success", false, current(time.Second, true, "")},
	{"off, toward true in flight, an old failure", false, current(time.Second, true, client.Failed)},
	{"off, toward false in flight", false, current(time.Second, false, "")},
	{"on, toward false in flight", true, current(time.Second, false, "")},
	{"off, toward true just ended", false, current(6*time.Second, true, "")},
	{"on, toward false just ended", true, current(6*time.Second, false, "")},
}

// past adds another client's update that ended some time ago. The registration has changed since.
func past(ago time.Duration, end client.State, toward bool) func(*registrar, time.Time) {
	return func(r *registrar, now time.Time) {
		ended := now.Add(-ago)
		r.updates = append(r.updates, &update{course: course{end: end, lag: -1}, name: "old", toward: toward, created: ended, ended: ended})
	}
}

// current adds an old update, and another client's update that began some time ago.
func current(ago time.Duration, toward bool, old client.State) func(*registrar, time.Time) {
	return func(r *registrar, now time.Time) {
		past(month, old, !toward)(r, now)
		r.begin("other", toward, nil, now.Add(-ago))
	}
}

// play plays one run: Set, and then Set against a truthful registrar until it succeeds.
func (r *registrar) play(start start) {
	time.Sleep(time.Until(time.Now().Truncate(time.Hour).Add(time.Hour + 900*time.Millisecond))) // times round the same in each run
	r.began, r.initially, r.process = time.Now(), start.initially, 1
	start.begin(r, r.began)
	s, want := r.setter(), true
	r.skew, _ = time.ParseDuration(strings.TrimPrefix(string(pick(r, "clock ahead by", option("0s"), "~1h", "~-1h")), "~"))
	timeout, _ := time.ParseDuration(string(pick(r, "timeout", option("20m"), "2s", "8s")))
	var others sync.WaitGroup
	if other := pick(r, "another Set", option("none"), "~toward true", "~toward false"); other != "none" {
		want = other == "~toward true"
		others.Go(func() {
			time.Sleep(latency / 3)
			_ = r.set(s, want, 20*time.Minute)
		})
	}
	err := r.set(s, true, timeout)
	if others.Wait(); err == nil {
		return
	}
	switch pick(r, "then", option("again"), "the other value", "a new process") {
	case "the other value":
		want = !want
	case "a new process":
		r.process++
		s = r.setter()
	}
	r.truthful, r.hidden, r.each = true, time.Time{}, nil
	for try := 0; err != nil && try < 3; try++ {
		for _, u := range r.updates {
			if u.ended.IsZero() {
				u.ended = time.Now() // the user has acted
			}
		}
		err = r.set(s, want, 20*time.Minute)
	}
	if err != nil {
		r.violate("", "no success with a truthful registrar: %v", err)
	}
}

func (r *registrar) setter() *Setter {
	s := NewSetter(r, r, slog.New(slog.DiscardHandler))
	s.spread = func(pause time.Duration) time.Duration { return pause } // the same script always produces the same run
	return s
}

func (r *registrar) Invalidate(client.DomainID) {}

// set calls Set once and checks its result.
func (r *registrar) set(s *Setter, want bool, timeout time.Duration) error {
	c := &call{want: want, limited: timeout < 20*time.Minute, began: time.Now(), known: map[*update]knowledge{}}
	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), callKey{}, c), timeout)
	defer cancel()
	_, err := s.Set(ctx, client.DomainID{Account: "a", Name: "example.com"}, want)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.note("Set(%t): %v", want, err)
	if err == nil {
		r.checkDone(c, time.Now())
	} else {
		r.checkError(c, err)
	}
	return err
}

// The exceptions that no rule can prevent.
const (
	exceptLate    = "the API begins an update more than 12 s after the connection of its PATCH broke"
	exceptProcess = "another process started the update"
	exceptHidden  = "update-status never showed the update"
	exceptValue   = "another client's update takes effect after more than 10 s, and its status never showed the value"
	exceptTimes   = "a status has no times"
	exceptNever   = "our update succeeds without effect, while the registration still shows the wanted value from before"
)

var exceptions = []string{exceptLate, exceptProcess, exceptHidden, exceptValue, exceptTimes, exceptNever}

// excuse returns the exception that explains why a call could not detect an update.
func (r *registrar) excuse(c *call, u *update) string {
	k := c.known[u]
	switch {
	case u == nil:
	case u.late:
		return exceptLate
	case u.process != 0 && u.process != r.process && !k.inFlight:
		return exceptProcess
	case k.hidden && k.state == "":
		return exceptHidden
	case u.process != r.process && r.effectAt(u).Sub(u.ended) > effectTimeout && !k.value:
		return exceptValue
	case u.by == nil && slices.ContainsFunc(r.updates, func(ours *update) bool { return ours.by == c && ours.lag < 0 }):
		return exceptNever
	}
	return ""
}

// violate records the first violation of a run, or the exception that explains it.
func (r *registrar) violate(excuse, format string, args ...any) {
	if r.violation != "" || r.exception != "" {
		return
	}
	if r.untimed {
		excuse = exceptTimes
	}
	what := fmt.Sprintf(format, args...)
	r.note("VIOLATION: %s (%s)", what, excuse)
	if r.exception = excuse; excuse == "" {
		r.violation = what
	}
}

// checkPatch checks that a PATCH is needed and allowed.
func (r *registrar) checkPatch(c *call, on bool, now time.Time) {
	if c.accepted {
		r.violate("", "PATCH after an accepted one")
	}
	for _, u := range r.updates {
		k := c.known[u]
		if u.by == nil && !k.inFlight {
			continue
		}
		switch {
		case u.running(now):
			r.violate(r.excuse(c, u), "PATCH while an update is in flight (ours: %t)", u.by != nil)
		case u.toward == on && now.Before(r.effectAt(u)):
			r.violate(r.excuse(c, u), "PATCH before the effect of an update shows (ours: %t)", u.by != nil)
		case k.state == client.Failed && (u.by == c || k.inFlight):
			r.violate("", "PATCH after a failed update")
		}
	}
}

// checkDone checks that the registration has the value and that no update will replace it.
func (r *registrar) checkDone(c *call, now time.Time) {
	current, _ := r.shows(now)
	switch settled, by := r.shows(now.Add(time.Hour)); {
	case settled != c.want && current == c.want:
		r.violate(r.excuse(c, by), "done, but an update replaces the value")
	case settled != c.want:
		r.violate(r.excuse(c, by), "done, but the registration does not have the value")
	}
	for _, u := range r.updates {
		if k := c.known[u]; u.running(now) && u.toward != c.want && (u.by != nil || k.inFlight || k.hidden) {
			r.violate(r.excuse(c, u), "done while an update toward the other value is in flight")
		}
	}
}

// checkError checks that an error has a cause, and is about our update or a joined one.
func (r *registrar) checkError(c *call, err error) {
	if Joined(err) && c.patched {
		r.violate("", "reports our update as joined")
	}
	var failed *FailedError
	switch {
	case errors.As(err, &failed):
		r.checkFailure(c, failed.Update)
	case errors.As(err, new(*StoppedError)):
		if !c.limited {
			r.violate("", "times out after 20 minutes")
		}
	case errors.As(err, new(*AmbiguousError)):
		if c.lost < maxAmbiguous {
			r.violate("", "gives up after %d lost PATCHes", c.lost)
		}
	case errors.As(err, new(*UnconfirmedError)):
		if !slices.ContainsFunc(r.updates, c.canBeOurs) {
			r.violate("", "reports an update as unconfirmed, but it took effect or isn't ours")
		}
	case errors.As(err, new(*ActionRequiredError)):
		if last := r.updates[len(r.updates)-1]; c.known[last].state != client.ActionRequired {
			r.violate("", "reports a user action that no update needs")
		}
	case !c.final && !c.limited:
		r.violate("", "ends without a cause: %v", err)
	}
}

// checkFailure checks that a reported failure is about our update, or one that was in flight after the call
// began. An update that began less than dateResolution before the call is indistinguishable from ours, unless
// a status showed it earlier.
func (r *registrar) checkFailure(c *call, reported client.Update) {
	for _, u := range r.updates {
		k := c.known[u]
		created := u.created.Add(r.skew).Truncate(time.Second)
		switch same := (created.Equal(reported.CreatedAt) || created.Add(u.ahead).Equal(reported.CreatedAt)) && u.end == reported.State && !u.running(time.Now()); {
		case same && (u.by != nil || k.inFlight || !u.created.Before(c.began)):
			return
		case same && k.hidden && c.began.Sub(u.created) < dateResolution:
			r.violate(exceptHidden, "reports a failure from before the PATCH")
			return
		}
	}
	r.violate("", "reports an old failure")
}

// canBeOurs reports whether a success without effect is ours, or indistinguishable from ours.
func (c *call) canBeOurs(u *update) bool {
	return u.by == c && u.lag < 0 || c.lost > 0 && u.by == nil && !c.known[u].value && u.toward != c.want
}
