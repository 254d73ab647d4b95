// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"math"
	"net/http"
	"time"

	"github.com/dunglas/httpsfv"
)

// window is one limit in the server's headers.
type window struct {
	left   int       // requests that can still be sent
	quota  int       // requests per window
	resets time.Time // when the next window begins
}

// probeInterval is the time between requests after a used-up window has reset, until a response has the
// new limit.
const probeInterval = 250 * time.Millisecond

// delay returns how long a request must wait behind the others, zero or less for no wait, given when the
// last one was sent. It leaves 1% of the quota unused, because other programs can use the same token, and
// headers are outdated when they arrive. Once half of the quota is used, it spreads the rest over the time to
// the reset, so that no request waits for minutes.
func (w *window) delay(lastSent, now time.Time, ahead int) time.Duration {
	usable, reset := w.usable(), w.resets.Sub(now)
	switch {
	case usable <= ahead && reset > 0:
		return reset
	case usable <= ahead:
		return lastSent.Add(probeInterval).Sub(now)
	case 2*(w.left-ahead) > w.quota:
		return 0
	}
	return lastSent.Add(time.Duration(1+ahead) * (w.resets.Sub(lastSent) / time.Duration(usable+1))).Sub(now)
}

// usable returns how many of the remaining requests the client can send.
func (w *window) usable() int { return w.left - w.quota/100 }

// haveRoom reports whether every limit in a response has requests left.
func haveRoom(windows map[string]*window) bool {
	for _, w := range windows {
		if w.usable() <= 0 {
			return false
		}
	}
	return len(windows) > 0
}

// windowsIn parses the limits in a response's headers: `Ratelimit: "default";r=50;t=30`, with the quota
// from `Ratelimit-Policy: "default";q=1200;w=300`. It ignores malformed ones.
// Source: https://developers.cloudflare.com/fundamentals/api/reference/limits/.
func windowsIn(header http.Header, now time.Time) map[string]*window {
	windows := map[string]*window{}
	for name, params := range limits(header, "Ratelimit") {
		left, okLeft := count(params, "r", math.MaxInt32)
		reset, okReset := count(params, "t", int64(maxRetryAfter/time.Second))
		if okLeft && okReset {
			windows[name] = &window{left: left, quota: publishedQuota, resets: now.Add(time.Duration(reset) * time.Second)}
		}
	}
	for name, params := range limits(header, "Ratelimit-Policy") {
		if quota, ok := count(params, "q", math.MaxInt32); ok && windows[name] != nil {
			windows[name].quota = quota
		}
	}
	return windows
}

// limits parses a header with a list of named limits and their parameters (RFC 9651).
func limits(header http.Header, key string) map[string]*httpsfv.Params {
	list, _ := httpsfv.UnmarshalList(header.Values(key)) // nil if it is malformed
	named := map[string]*httpsfv.Params{}
	for _, member := range list {
		item, _ := member.(httpsfv.Item)
		if name, ok := item.Value.(string); ok {
			named[name] = item.Params
		}
	}
	return named
}

// count parses an integer from zero to limit.
func count(params *httpsfv.Params, key string, limit int64) (int, bool) {
	value, _ := params.Get(key)
	number, ok := value.(int64)
	return int(number), ok && number >= 0 && number <= limit
}
