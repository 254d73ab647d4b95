// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// describe returns windows as "name left/quota reset", sorted by name.
func describe(windows map[string]*window, now time.Time) string {
	all := make([]string, 0, len(windows))
	for name, w := range windows {
		all = append(all, fmt.Sprintf("%s %d/%d %s", name, w.left, w.quota, w.resets.Sub(now)))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func TestParseRatelimitHeaders(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	type row struct {
		limits   []string
		policies string
		want     string
	}
	const limit = `"default";r=50;t=30`
	Each(t, map[string]row{
		"the documented examples (names differ)": {[]string{limit}, `"burst";q=100;w=60`, "default 50/1200 30s"},
		"several limits in one line":             {[]string{limit + `, "burst";r=7;t=1`}, `"burst";q=100;w=60,"default";q=1000;w=300`, "burst 7/100 1s, default 50/1000 30s"},
		"several limits in several lines":        {[]string{limit, `"burst";r=7;t=1`}, ``, "burst 7/1200 1s, default 50/1200 30s"},
		"one limit twice: the last counts":       {[]string{limit + `, "default";r=40;t=20`}, ``, "default 40/1200 20s"},
		"the smallest and largest values":        {[]string{`"a";r=0;t=0, "b";r=0;t=86400`}, ``, "a 0/1200 0s, b 0/1200 24h0m0s"},
		"a quota below zero":                     {[]string{limit}, `"default";q=-1`, "default 50/1200 30s"},
		"malformed headers are ignored": {[]string{
			``, `default;r=50;t=30`, `"default";t=30`, `"default";r=50`, `"default";r=-1;t=30`, `"default";r=1;t=-30`, `"default";r=1.5;t=30`,
			`"default";r=many;t=30`, `"default";r=999999999999999;t=30`, `"default";r=9999999999999999999;t=30`, `"default";r=1;t=86401`,
			`("default");r=1;t=2`, `"default";r=1;t=2,`, `limit=100, remaining=50, reset=30`, "\"\x1b[31m\";r=1;t=2", `plenty of them`,
		}, `"default";q=100;w=60`, ""},
	}, func(t *testing.T, row row) {
		together := [][]string{row.limits}
		if row.want == "" { // one at a time
			together = slices.Collect(slices.Chunk(row.limits, 1))
		}
		for _, limits := range together {
			header := http.Header{"Ratelimit": limits, "Ratelimit-Policy": {row.policies}}
			if got := describe(windowsIn(header, now), now); got != row.want {
				t.Errorf("windows in %q = %q, want %q", limits, got, row.want)
			}
		}
	})
}

// FuzzRatelimit searches for headers that give an invalid limit, or that delay the next request by over a day.
func FuzzRatelimit(f *testing.F) {
	f.Add(`"default";r=50;t=30`, `"default";q=100;w=60`)
	f.Add(`"a";r=1;t=0, "b";r=0;t=2147483647`, `"default";q=0;w=0`)
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, limits, policies string) {
		header := http.Header{"Ratelimit": {limits}, "Ratelimit-Policy": {policies}}
		for name, w := range windowsIn(header, now) {
			if w.left < 0 || w.quota < 0 || w.resets.Before(now) || w.resets.Sub(now) > 24*time.Hour || w.delay(now, now, 0) > 24*time.Hour {
				t.Errorf("limit %q is invalid, or delays the next request by %s: %+v", name, w.delay(now, now, 0), w)
			}
		}
	})
}
