// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"testing"
	"time"
)

func TestScriptTimes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		steps    []Step
		elapsed  time.Duration
		state    string
		began    time.Duration
		rests    time.Duration
		succeeds time.Duration // negative: never
	}{
		"the last step rests although it has a length": {
			[]Step{{State: "pending", For: 5}}, 99, "pending", 0, 0, -1,
		},
		"a step without a length hides those after it": {
			[]Step{{State: "pending", For: 5}, {State: "blocked"}, {State: "succeeded"}}, 99, "blocked", 5, 5, -1,
		},
		"a step ends exactly at its length": {
			[]Step{{State: "pending", For: 5}, {State: "succeeded"}}, 5, "succeeded", 5, 5, 5,
		},
		"a step lasts until just before its length": {
			[]Step{{State: "pending", For: 5}, {State: "succeeded"}}, 4, "pending", 0, 5, 5,
		},
		"a clock before the start sees the first step": {
			[]Step{{State: "pending", For: 5}, {State: "succeeded"}}, -1, "pending", 0, 5, 5,
		},
		"success may come before the last step": {
			[]Step{{State: "succeeded", For: 5}, {State: "failed"}}, 7, "failed", 5, 5, 0,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i, began := playing(test.steps, test.elapsed)
			if test.steps[i].State != test.state || began != test.began {
				t.Errorf("playing = %s since %d, want %s since %d", test.steps[i].State, began, test.state, test.began)
			}
			if got := restsAfter(test.steps); got != test.rests {
				t.Errorf("restsAfter = %d, want %d", got, test.rests)
			}
			after, ever := succeedsAfter(test.steps)
			if !ever {
				after = -1
			}
			if after != test.succeeds {
				t.Errorf("succeedsAfter = %d, want %d", after, test.succeeds)
			}
		})
	}
}
