// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// RateLimit is a budget of requests per credential. The zero value means no limit.
type RateLimit struct {
	// Quota is the number of requests in a window.
	Quota int
	// Window is the length of a window. It begins with the first request after the
	// previous window.
	Window time.Duration
	// Lockout is how long the server refuses all requests once the quota is exceeded.
	Lockout time.Duration
	// Headers adds Ratelimit and Ratelimit-Policy to the server's own answers.
	Headers bool
}

// PublishedRateLimit is Cloudflare's published limit: 1,200 requests in five
// minutes, and five minutes of 429 after that.
// https://developers.cloudflare.com/fundamentals/api/reference/limits/
func PublishedRateLimit() RateLimit {
	return RateLimit{Quota: 1200, Window: 5 * time.Minute, Lockout: 5 * time.Minute, Headers: true}
}

// rateLimiter counts the requests of each credential.
type rateLimiter struct {
	limit RateLimit

	mu      sync.Mutex
	budgets map[string]budget
}

type budget struct {
	used      int
	resets    time.Time
	lockedTil time.Time
}

func newRateLimiter(limit RateLimit) *rateLimiter {
	return &rateLimiter{limit: limit, budgets: map[string]budget{}}
}

// count subtracts one request from the credential's budget, writes the headers,
// and returns a refusal if no request is left.
func (l *rateLimiter) count(credential string, header http.Header) (answer, bool) {
	if l.limit.Quota <= 0 {
		return answer{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.budgets[credential]
	left, wait := b.take(l.limit, time.Now())
	l.budgets[credential] = b
	l.describe(header, left, wait)
	if left >= 0 {
		return answer{}, false
	}
	header.Set("Retry-After", strconv.Itoa(wholeSeconds(wait)))
	return refuseWith(http.StatusTooManyRequests, codeRateLimit, "Rate limit exceeded"), true
}

// take returns the number of requests left after this one and the time until the
// budget is full again. A negative number means a refusal.
func (b *budget) take(limit RateLimit, now time.Time) (int, time.Duration) {
	if now.Before(b.lockedTil) {
		return -1, b.lockedTil.Sub(now)
	}
	if !now.Before(b.resets) {
		b.used, b.resets = 0, now.Add(limit.Window)
	}
	b.used++
	if b.used > limit.Quota {
		b.lockedTil = now.Add(max(limit.Lockout, b.resets.Sub(now)))
		b.resets = b.lockedTil
		return -1, b.lockedTil.Sub(now)
	}
	return limit.Quota - b.used, b.resets.Sub(now)
}

func (l *rateLimiter) describe(header http.Header, left int, wait time.Duration) {
	if !l.limit.Headers {
		return
	}
	header.Set("Ratelimit", fmt.Sprintf(`"default";r=%d;t=%d`, max(0, left), wholeSeconds(wait)))
	header.Set("Ratelimit-Policy", fmt.Sprintf(`"default";q=%d;w=%d`, l.limit.Quota, wholeSeconds(l.limit.Window)))
}

// wholeSeconds rounds up, as Cloudflare documents for Retry-After.
func wholeSeconds(d time.Duration) int {
	return int(math.Ceil(d.Seconds()))
}
