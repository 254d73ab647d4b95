// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package simulated_test

import "time"

// peer is how somebody else waits for an operation of an API: the providers that the names tell, and
// two schedules that are nobody's in particular.
type peer struct {
	name string
	// pause is the time before the n-th look, counted from one. Those that look at once do so before
	// their first pause, in addition.
	pause  func(n int) time.Duration
	atOnce bool
}

func peers() []peer {
	return []peer{
		{"2 s (the loop in Cloudflare's documentation)", fixed(2 * time.Second), false},
		{"20 s (DNSimple)", fixed(20 * time.Second), true},
		{"30 s (Spaceship, without Retry-After)", fixed(30 * time.Second), false},
		{"10 min (Scaleway)", fixed(10 * time.Minute), true},
		{"100 ms, doubled to 10 s (AWS Route 53 Domains)", growing(100*time.Millisecond, 10*time.Second, 2), true},
		{"10 s, then 3 s doubled to 10 s (OVH)", afterDelay(10*time.Second, growing(3*time.Second, 10*time.Second, 2)), false},
		{"2 s, half as much again to 15 s", growing(2*time.Second, 15*time.Second, 1.5), false},
		{"1 s, doubled without end", growing(time.Second, 24*time.Hour, 2), false},
	}
}

func fixed(pause time.Duration) func(int) time.Duration {
	return func(int) time.Duration { return pause }
}

// growing begins with first and multiplies, up to most.
func growing(first, most time.Duration, factor float64) func(int) time.Duration {
	return func(n int) time.Duration {
		pause := float64(first)
		for range n - 1 {
			pause = min(pause*factor, float64(most))
		}
		return time.Duration(pause)
	}
}

func afterDelay(delay time.Duration, then func(int) time.Duration) func(int) time.Duration {
	return func(n int) time.Duration {
		if n == 1 {
			return delay
		}
		return then(n - 1)
	}
}

// waitFor looks until the update has ended.
func (p peer) waitFor(took time.Duration) waitRow {
	row := waitRow{Schedule: p.name, Took: took.Seconds()}
	if p.atOnce {
		row.Polls++
	}
	waited := time.Duration(0)
	for n := 1; waited < took; n++ {
		waited += p.pause(n)
		row.Polls++
	}
	row.Lag = (waited - took).Seconds()
	return row
}
