// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// window is when the n-th poll can come: at the first moment if every jitter was short, at the
// last if every one was long.
type window struct{ first, last time.Duration }

// windows are those of the polls within a limit of time, for an update in one state throughout.
func windows(v client.State, limit time.Duration) []window {
	list := []window{{}} // the answer to the PATCH
	for list[len(list)-1].first < limit {
		env := list[len(list)-1]
		list = append(list, window{
			first: env.first + pollInterval(v, env.first)*(100-jitterPercent)/100,
			last:  env.last + pollInterval(v, env.last)*(100+jitterPercent)/100,
		})
	}
	return list
}

// worstLag is by how much an update that takes t can be noticed late. The longest gap follows
// the latest poll that can still miss the end.
func worstLag(v client.State, t time.Duration) time.Duration {
	var missed time.Duration
	for _, env := range windows(v, t) {
		if env.first < t {
			missed = max(missed, min(env.last, t))
		}
	}
	return missed + pollInterval(v, missed)*(100+jitterPercent)/100 - t
}

// mostPolls is how many polls can come within t.
func mostPolls(v client.State, t time.Duration) int {
	count := 0
	for _, env := range windows(v, t)[1:] {
		if env.first <= t {
			count++
		}
	}
	return count
}

func TestWaitScheduleKeepsItsBounds(t *testing.T) {
	t.Parallel()
	for d := time.Second; d <= 20*time.Minute; d += time.Second {
		if lag, most := worstLag(client.InProgress, d), min(max(2*time.Second, d/5), 30*time.Second); lag > most {
			t.Errorf("an update of %s is noticed %s late, at most %s is promised", d, lag, most)
		}
		if lag := worstLag(client.Blocked, d); lag > 2*time.Minute {
			t.Errorf("a blocked update of %s is noticed %s late", d, lag)
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
