// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"math"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// window is the time range of the n-th poll: first if jitter shortens every pause, last if it lengthens every pause.
type window struct{ first, last time.Duration }

// windows returns the windows of the polls within a time limit, and the one after it, for an update that stays
// in one state.
func windows(v client.State, limit time.Duration) []window {
	list := []window{{}} // the response to the PATCH
	for list[len(list)-1].first < limit {
		w := list[len(list)-1]
		list = append(list, window{
			first: w.first + pollInterval(v, w.first)*(100-jitterPercent)/100,
			last:  w.last + pollInterval(v, w.last)*(100+jitterPercent)/100,
		})
	}
	return list
}

// worstLag returns the longest time from the end of an update that takes t to the next poll. The longest gap
// follows the latest poll that can miss the end.
func worstLag(v client.State, t time.Duration) time.Duration {
	list := windows(v, t)
	missed := min(list[len(list)-2].last, t)
	return missed + pollInterval(v, missed)*(100+jitterPercent)/100 - t
}

// mostPolls returns the largest number of polls within t: all windows but the response to the PATCH and the last.
func mostPolls(v client.State, t time.Duration) int { return len(windows(v, t)) - 2 }

func TestWaitScheduleStaysWithinLimits(t *testing.T) {
	t.Parallel()
	for d := time.Second; d <= 20*time.Minute; d += time.Second {
		if lag, most := worstLag(client.InProgress, d), min(max(2*time.Second, d/5), 30*time.Second); lag > most {
			t.Errorf("the delay for an update of %s is %s; the limit is %s", d, lag, most)
		}
		if lag := worstLag(client.Blocked, d); lag > 2*time.Minute {
			t.Errorf("the delay for a blocked update of %s is %s", d, lag)
		}
	}
	for _, v := range []client.State{client.InProgress, client.Blocked} {
		if polls := mostPolls(v, time.Minute); polls > 20 {
			t.Errorf("%d polls in a minute", polls)
		}
		if polls := mostPolls(v, 20*time.Minute); polls > 75 {
			t.Errorf("%d polls in twenty minutes", polls)
		}
	}
}

func TestPauseLeavesTimeForALastPoll(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ pause, left, want time.Duration }{
		{10 * time.Second, time.Hour, 10 * time.Second},
		{10 * time.Second, 5 * time.Second, 4 * time.Second},
		{5 * time.Second, 5 * time.Second, 4 * time.Second},
		{10 * time.Second, 2 * time.Second, 10 * time.Second}, // too close to the deadline for another poll
	} {
		if got := beforeDeadline(test.pause, test.left); got != test.want {
			t.Errorf("with %s left, a pause of %s becomes %s, want %s", test.left, test.pause, got, test.want)
		}
	}
}

func TestJitterVariesAPauseByFivePercent(t *testing.T) {
	t.Parallel()
	var least, most time.Duration = time.Hour, 0
	for range 2000 {
		pause := jitter(10 * time.Second)
		least, most = min(least, pause), max(most, pause)
	}
	if least < 9500*time.Millisecond || most > 10500*time.Millisecond || most-least < 900*time.Millisecond || jitter(1) != 1 {
		t.Errorf("pauses from %s to %s", least, most)
	}
}

// peer is the schedule of another client, in seconds. Each pause after the second is factor times the one before, up
// to most.
type peer struct{ first, second, most, factor float64 }

// pause returns the pause before the n-th poll, counted from zero.
func (p peer) pause(n int) time.Duration {
	if n == 0 {
		return time.Duration(p.first * float64(time.Second))
	}
	return time.Duration(min(p.second*math.Pow(p.factor, float64(n-1)), p.most) * float64(time.Second))
}

var peers = map[string]peer{
	"Cloudflare's documentation": {2, 2, 2, 1},
	"DNSimple":                   {0, 20, 20, 1},
	"Spaceship":                  {30, 30, 30, 1},
	"Scaleway":                   {0, 600, 600, 1},
	"AWS Route 53 Domains":       {0, 0.1, 10, 2},
	"OVH":                        {10, 3, 10, 2},
	"50 % longer":                {2, 3, 15, 1.5},
	"doubled":                    {1, 2, 3600, 2},
}

// meanCost returns the mean lag, as a share of the update's duration, and the mean number of polls. The updates
// take 1 s to 20 min, evenly spaced on a logarithmic scale. The pause can depend on the polls so far and the time
// waited.
func meanCost(pause func(n int, waited time.Duration) time.Duration) (lag, polls float64) {
	updates := 0.0
	for took := 1.0; took <= 1200; took *= 1.01 {
		var waited time.Duration
		for n := 0; waited.Seconds() < took; n++ {
			waited += pause(n, waited)
			polls++
		}
		lag += waited.Seconds()/took - 1
		updates++
	}
	return lag / updates, polls / updates
}

// TestWaitScheduleAgainstPeers logs the numbers for bench/README.md.
func TestWaitScheduleAgainstPeers(t *testing.T) {
	t.Parallel()
	worst, better := 0.0, 0
	for took := 10 * time.Second; took <= 20*time.Minute; took += time.Second {
		worst = max(worst, worstLag(client.InProgress, took).Seconds()/took.Seconds())
	}
	lag, polls := meanCost(func(_ int, waited time.Duration) time.Duration { return pollInterval(client.InProgress, waited) })
	for name, p := range peers {
		peerLag, peerPolls := meanCost(func(n int, _ time.Duration) time.Duration { return p.pause(n) })
		t.Logf("%s: mean lag %.1f %%, %.1f polls; ours %.1f %%, %.1f", name, 100*peerLag, peerPolls, 100*lag, polls)
		if peerLag < lag && peerPolls < polls {
			t.Errorf("%s has both a smaller lag and fewer polls", name)
			better++
		}
	}
	t.Logf("worst lag %.1f %%, most polls %d, better peers %d", 100*worst, mostPolls(client.InProgress, 20*time.Minute), better)
}
