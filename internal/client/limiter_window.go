// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"math"
	"net/http"
	"time"

	"github.com/dunglas/httpsfv"
)

// window is what the server said of one of its limits.
type window struct {
	left   int       // requests that may still be sent
	quota  int       // requests of a whole window
	resets time.Time // when the next window begins
}

// probeSpacing is the time between requests after a window ran out, until an answer says how
// much the new one holds. Sending everything at once would be a guess about the new window.
const probeSpacing = 250 * time.Millisecond

// longestWindow is the largest reset that is believed, in seconds: a day. The published window has
// 300; servers that send the time of day in place of a wait would stop us for decades.
const longestWindow = 24 * 60 * 60

// reserve is what is left untouched, a hundredth of the quota: other programs may use the same
// token, and an answer is old when it arrives.
func (w *window) reserve() int { return w.quota / 100 }

// opens is when the n-th request from now on may go, as far as this limit is concerned. What
// comes after its reset is not known before somebody has asked.
func (w *window) opens(n int, from time.Time) time.Time {
	switch {
	case !w.resets.After(from):
		return from
	case n > w.left-w.reserve():
		return w.resets
	}
	return from.Add(time.Duration(n-1) * w.spacing(from))
}

// spacing is the time to leave until the request after the next one: none while more than half
// is left, and from there on what spreads the rest over the time to the reset, so that nobody
// stands still for minutes and other programs with the same token find something left.
func (w *window) spacing(at time.Time) time.Duration {
	usable := w.left - w.reserve()
	switch {
	case usable <= 0:
		return probeSpacing
	case 2*w.left > w.quota || !w.resets.After(at):
		return 0
	}
	return w.resets.Sub(at) / time.Duration(usable)
}

// windowsIn reads the limits that an answer speaks of: `Ratelimit: "default";r=50;t=30`, with
// the quota from `Ratelimit-Policy: "default";q=1200;w=300`. Anything unreadable is as good as
// nothing said.
// Source: https://developers.cloudflare.com/fundamentals/api/reference/limits/.
func windowsIn(header http.Header, now time.Time) map[string]window {
	windows := map[string]window{}
	for _, item := range items(header, "Ratelimit") {
		left, okLeft := count(item, "r", math.MaxInt32)
		resets, okResets := count(item, "t", longestWindow)
		if name, ok := item.Value.(string); ok && okLeft && okResets {
			windows[name] = window{left: left, quota: publishedQuota, resets: now.Add(time.Duration(resets) * time.Second)}
		}
	}
	for _, item := range items(header, "Ratelimit-Policy") {
		name, _ := item.Value.(string)
		if w, ok := windows[name]; ok {
			if quota, ok := count(item, "q", math.MaxInt32); ok {
				w.quota = quota
				windows[name] = w
			}
		}
	}
	return windows
}

// items reads a header as a list of structured fields (RFC 9651).
func items(header http.Header, key string) []httpsfv.Item {
	list, err := httpsfv.UnmarshalList(header.Values(key))
	if err != nil {
		return nil
	}
	var items []httpsfv.Item
	for _, member := range list {
		if item, ok := member.(httpsfv.Item); ok {
			items = append(items, item)
		}
	}
	return items
}

// count is a parameter that counts something: a whole number, from zero to the most that makes
// sense.
func count(item httpsfv.Item, key string, most int64) (int, bool) {
	value, ok := item.Params.Get(key)
	if !ok {
		return 0, false
	}
	number, ok := value.(int64)
	return int(number), ok && number >= 0 && number <= most
}
