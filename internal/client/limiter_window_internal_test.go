// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"maps"
	"net/http"
	"testing"
	"time"
)

func TestLimitsThatAnAnswerSpeaksOf(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	in := func(seconds int) time.Time { return now.Add(time.Duration(seconds) * time.Second) }
	type row struct {
		limits, policies []string
		want             map[string]window
	}
	Each(t, map[string]row{
		"nothing said": {want: map[string]window{}},
		"the documented examples, whose names differ": {
			limits: []string{`"default";r=50;t=30`}, policies: []string{`"burst";q=100;w=60`},
			want: map[string]window{"default": {left: 50, quota: 1200, resets: in(30)}},
		},
		"a limit with its policy": {
			limits: []string{`"default";r=50;t=30`}, policies: []string{`"default";q=100;w=60`},
			want: map[string]window{"default": {left: 50, quota: 100, resets: in(30)}},
		},
		"several limits in one line": {
			limits: []string{`"default";r=50;t=30, "burst";r=7;t=1`}, policies: []string{`"burst";q=100;w=60,"default";q=1200;w=300`},
			want: map[string]window{"default": {left: 50, quota: 1200, resets: in(30)}, "burst": {left: 7, quota: 100, resets: in(1)}},
		},
		"several limits in several lines": {
			limits: []string{`"default";r=50;t=30`, `"burst";r=7;t=1`},
			want:   map[string]window{"default": {left: 50, quota: 1200, resets: in(30)}, "burst": {left: 7, quota: 1200, resets: in(1)}},
		},
		"one limit twice: the last counts": {
			limits: []string{`"default";r=50;t=30, "default";r=40;t=20`},
			want:   map[string]window{"default": {left: 40, quota: 1200, resets: in(20)}},
		},
		"nothing left, and the window over":  {limits: []string{`"default";r=0;t=0`}, want: map[string]window{"default": {left: 0, quota: 1200, resets: now}}},
		"parameters nobody knows":            {limits: []string{`"default";r=1;t=2;x="y";z`}, want: map[string]window{"default": {left: 1, quota: 1200, resets: in(2)}}},
		"a name that is empty":               {limits: []string{`"";r=1;t=2`}, want: map[string]window{"": {left: 1, quota: 1200, resets: in(2)}}},
		"a name without quotes":              {limits: []string{`default;r=50;t=30`}, want: map[string]window{}},
		"no remainder":                       {limits: []string{`"default";t=30`}, want: map[string]window{}},
		"no reset":                           {limits: []string{`"default";r=50`}, want: map[string]window{}},
		"a remainder below zero":             {limits: []string{`"default";r=-1;t=30`}, want: map[string]window{}},
		"a reset in the past":                {limits: []string{`"default";r=1;t=-30`}, want: map[string]window{}},
		"a fraction":                         {limits: []string{`"default";r=1.5;t=30`}, want: map[string]window{}},
		"a word for a number":                {limits: []string{`"default";r=many;t=30`}, want: map[string]window{}},
		"a remainder no counter holds":       {limits: []string{`"default";r=999999999999999;t=30`}, want: map[string]window{}},
		"more digits than the standard has":  {limits: []string{`"default";r=9999999999999999999;t=30`}, want: map[string]window{}},
		"the time of day in place of a wait": {limits: []string{`"default";r=1;t=1772366400`}, want: map[string]window{}},
		"an inner list":                      {limits: []string{`("default");r=1;t=2`}, want: map[string]window{}},
		"a list that ends in a comma":        {limits: []string{`"default";r=1;t=2,`}, want: map[string]window{}},
		"the draft's older form":             {limits: []string{`limit=100, remaining=50, reset=30`}, want: map[string]window{}},
		"a terminal's colours":               {limits: []string{"\"\x1b[31m\";r=1;t=2"}, want: map[string]window{}},
		"words":                              {limits: []string{`plenty of them`}, want: map[string]window{}},
		"a policy that cannot be read leaves the published quota": {
			limits: []string{`"default";r=50;t=30`}, policies: []string{`q=`},
			want: map[string]window{"default": {left: 50, quota: 1200, resets: in(30)}},
		},
		"a quota below zero leaves the published one": {
			limits: []string{`"default";r=50;t=30`}, policies: []string{`"default";q=-1`},
			want: map[string]window{"default": {left: 50, quota: 1200, resets: in(30)}},
		},
		"a policy alone says nothing of what is left": {policies: []string{`"default";q=100;w=60`}, want: map[string]window{}},
	}, func(t *testing.T, row row) {
		header := http.Header{"Ratelimit": row.limits, "Ratelimit-Policy": row.policies}
		got := map[string]window{}
		for name, w := range windowsIn(header, now) {
			got[name] = *w
		}
		if !maps.Equal(got, row.want) {
			t.Errorf("windows = %v, want %v", got, row.want)
		}
	})
}

// FuzzRatelimit looks for headers that make the next request wait longer than any limit lasts,
// or that leave the limiter in a state in which it waits for ever.
func FuzzRatelimit(f *testing.F) {
	for _, seed := range []string{`"default";r=50;t=30`, `"a";r=1;t=0, "b";r=0;t=2147483647`, `"default";r=2147483647;t=1`, `x`, ``} {
		f.Add(seed, `"default";q=100;w=60`)
		f.Add(seed, `"default";q=0;w=0`)
	}
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, limits, policies string) {
		header := http.Header{"Ratelimit": {limits}, "Ratelimit-Policy": {policies}}
		for name, w := range windowsIn(header, now) {
			if w.left < 0 || w.quota < 0 || w.resets.Before(now) || w.resets.Sub(now) > 24*time.Hour {
				t.Errorf("limit %q makes no sense: %+v", name, w)
			}
			if got := w.delay(now, now); got < 0 || got > 24*time.Hour {
				t.Errorf("limit %q delays requests by %s", name, got)
			}
		}
	})
}
