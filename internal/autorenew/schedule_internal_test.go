// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

var rewrite = flag.Bool("update", false, "write testdata/schedule.md anew")

// window is when the n-th poll can come: at the first moment if every jitter was short, at the
// last if every one was long.
type window struct{ first, last time.Duration }

// windows are those of the polls within a limit of time, for an update in one state throughout.
func windows(v verdict, limit time.Duration) []window {
	list := []window{{}} // the answer to the PATCH
	for list[len(list)-1].first < limit {
		w := list[len(list)-1]
		list = append(list, window{
			first: w.first + interval(v, w.first)*(100-jitterPercent)/100,
			last:  w.last + interval(v, w.last)*(100+jitterPercent)/100,
		})
	}
	return list
}

// worstLag is by how much an update that takes t can be noticed late. The longest gap follows
// the latest poll that can still miss the end.
func worstLag(v verdict, t time.Duration) time.Duration {
	var missed time.Duration
	for _, w := range windows(v, t) {
		if w.first < t {
			missed = max(missed, min(w.last, t))
		}
	}
	return missed + interval(v, missed)*(100+jitterPercent)/100 - t
}

// mostPolls is how many polls can come within t.
func mostPolls(v verdict, t time.Duration) int {
	count := 0
	for _, w := range windows(v, t)[1:] {
		if w.first <= t {
			count++
		}
	}
	return count
}

func TestWaitScheduleKeepsItsBounds(t *testing.T) {
	t.Parallel()
	for d := time.Second; d <= 20*time.Minute; d += time.Second {
		if lag, most := worstLag(goOn, d), min(max(2*time.Second, d/5), 30*time.Second); lag > most {
			t.Errorf("an update of %s is noticed %s late, at most %s is promised", d, lag, most)
		}
		if lag := worstLag(goOnSlowly, d); lag > 2*time.Minute {
			t.Errorf("a blocked update of %s is noticed %s late", d, lag)
		}
	}
	for _, v := range []verdict{goOn, goOnSlowly} {
		if polls := mostPolls(v, time.Minute); polls > 20 {
			t.Errorf("%d polls in a minute", polls)
		}
		if polls := mostPolls(v, 20*time.Minute); polls > 75 {
			t.Errorf("%d polls in twenty minutes", polls)
		}
	}
}

func TestWaitScheduleTable(t *testing.T) {
	t.Parallel()
	const path = "testdata/schedule.md"
	got := scheduleTable()
	if *rewrite {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not what the schedule gives (-update writes it anew):\n%s", path, got)
	}
}

func scheduleTable() string {
	var table strings.Builder
	table.WriteString("| an update that takes | is noticed within | after polls | while blocked, within | after polls |\n|--:|--:|--:|--:|--:|\n")
	for _, d := range []time.Duration{
		time.Second, 2 * time.Second, 3 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 20 * time.Second, 30 * time.Second, 45 * time.Second,
		time.Minute, 90 * time.Second, 2 * time.Minute, 3 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 20 * time.Minute,
	} {
		slow, fast := worstLag(goOnSlowly, d), worstLag(goOn, d)
		fmt.Fprintf(&table, "| %s | %.1f s | %d | %.1f s | %d |\n", inWords(d),
			fast.Seconds(), mostPolls(goOn, d+fast), slow.Seconds(), mostPolls(goOnSlowly, d+slow))
	}
	return table.String()
}

func inWords(d time.Duration) string {
	if d%time.Minute == 0 {
		return fmt.Sprintf("%d min", d/time.Minute)
	}
	return fmt.Sprintf("%d s", d/time.Second)
}

func TestWaitNextLook(t *testing.T) {
	t.Parallel()
	const plenty = time.Hour
	tests := map[string]struct {
		verdict             verdict
		waited, asked, left time.Duration
		least, most         time.Duration
	}{
		"at first":                                  {goOn, 0, 0, plenty, 1520 * time.Millisecond, 1680 * time.Millisecond},
		"after a minute":                            {goOn, time.Minute, 0, plenty, 9690 * time.Millisecond, 10710 * time.Millisecond},
		"after an hour":                             {goOn, time.Hour, 0, plenty, 25650 * time.Millisecond, 28350 * time.Millisecond},
		"blocked, at first":                         {goOnSlowly, 0, 0, plenty, 4560 * time.Millisecond, 5040 * time.Millisecond},
		"blocked, after an hour":                    {goOnSlowly, time.Hour, 0, plenty, 104500 * time.Millisecond, 115500 * time.Millisecond},
		"the server's wish, if longer":              {goOn, 0, 40 * time.Second, plenty, 40 * time.Second, 40 * time.Second},
		"the server's wish, if shorter":             {goOn, time.Hour, 3 * time.Second, plenty, 3 * time.Second, 3 * time.Second},
		"the server's wish, but never without rest": {goOn, 0, time.Millisecond, plenty, time.Second, time.Second},
		"one look more before the deadline":         {goOn, time.Hour, 0, 20 * time.Second, 19 * time.Second, 19 * time.Second},
		"none where the deadline is too near":       {goOn, time.Hour, 0, 2 * time.Second, 25650 * time.Millisecond, 28350 * time.Millisecond},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 100 {
				if got := nextLook(test.verdict, test.waited, test.asked, test.left); got < test.least || got > test.most {
					t.Errorf("%s, want %s to %s", got, test.least, test.most)
				}
			}
		})
	}
}

func TestWaitVerdicts(t *testing.T) {
	t.Parallel()
	tests := map[client.State]verdict{
		"pending": goOn, "in_progress": goOn, "blocked": goOnSlowly, "action_required": askPerson,
		"succeeded": succeed, "failed": fail, "verifying": goOn, "SUCCEEDED": goOn,
	}
	for state, want := range tests {
		if got := verdictOn(state); got != want {
			t.Errorf("verdict on %q = %d, want %d", state, got, want)
		}
	}
}
