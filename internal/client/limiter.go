// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"fmt"
	"maps"
	"math"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"
)

// Cloudflare allows 1,200 requests in five minutes. After that, it refuses all requests for five minutes.
// Source: https://developers.cloudflare.com/fundamentals/api/reference/limits/.
//
// A burst and then 2 requests a second stay below that in any five minutes (588 + 300 × 2 = 1,188). That
// leaves 1% unused, as window.delay does.
const (
	publishedQuota = 1200
	longestLockout = 5 * time.Minute
	fallbackBurst  = 588
	fallbackRate   = 2 // requests a second
)

// Limiter keeps the requests of all its clients within the API's rate limit: the server's Ratelimit
// headers, or the published limit if it sends none. Requests are sent in order. It is safe for concurrent use.
// Use NewLimiter to make one.
type Limiter struct {
	turn    *semaphore.Weighted // held by the next request to be sent
	waiting atomic.Int32        // callers of Wait

	mu       sync.Mutex
	fallback *rate.Limiter      // the published limit
	windows  map[string]*window // the limits in the Ratelimit headers, by name
	lockout  time.Time          // when the Retry-After of a 429 ends
	lastSent time.Time
	inFlight int           // requests sent and not responded to
	sent     int           // requests sent so far, also the number of the last one
	observed int           // the number of the request whose Ratelimit headers apply
	news     chan struct{} // closed by the next response; nil if no request waits
}

// Observer records a response's status and headers. The header is nil if no response arrived.
type Observer func(header http.Header, status int)

// NewLimiter returns a Limiter with its whole quota left.
func NewLimiter() *Limiter {
	return &Limiter{
		turn: semaphore.NewWeighted(1), fallback: rate.NewLimiter(fallbackRate, fallbackBurst), windows: map[string]*window{},
	}
}

// noTimeError means that the wait for the rate limit would exceed the context's deadline.
type noTimeError struct{ wait time.Duration }

func (e *noTimeError) Error() string {
	return fmt.Sprintf("the API's rate limit is exhausted; the next request can be sent in %s", e.wait.Round(time.Second))
}

// Wait blocks until a request can be sent, which is at once unless a limit is near. The caller sends it
// and calls observe once, with the response's headers or nil. Wait fails at once with a *noTimeError if the
// request can't be sent before the context's deadline. If the context ends, Wait fails with its cause.
func (l *Limiter) Wait(ctx context.Context) (observe Observer, err error) {
	defer l.waiting.Add(-1)
	switch wait := l.least(int(l.waiting.Add(1)) - 1); {
	case !fits(ctx, wait) && ctx.Err() == nil:
		return nil, &noTimeError{wait}
	case wait > 0:
		defer pace(ctx)()
	}
	if l.turn.Acquire(ctx, 1) != nil {
		return nil, fmt.Errorf("no request was sent: %w", context.Cause(ctx))
	}
	defer l.turn.Release(1)
	for {
		observe, wait, news := l.reserve(time.Now())
		switch {
		case observe != nil:
			return observe, nil
		case !fits(ctx, wait):
			return nil, &noTimeError{wait}
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("no request was sent: %w", context.Cause(ctx))
		case <-time.After(wait):
		case <-news:
		}
	}
}

// least returns the shortest time that a request must wait behind the given number of others.
func (l *Limiter) least(ahead int) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.delay(time.Now(), ahead)
}

// reserve counts a request and returns its Observer. If the request must wait, it returns how long, and a
// channel that is closed when a response may have shortened the wait.
func (l *Limiter) reserve(now time.Time) (observe Observer, wait time.Duration, news <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if wait := l.delay(now, 0); wait > 0 {
		l.news = make(chan struct{})
		return nil, wait, l.news
	}
	l.fallback.AllowN(now, 1) // it applies again when the server's windows end
	for _, w := range l.windows {
		w.left--
	}
	overlapping := l.inFlight
	l.lastSent = now
	l.inFlight++
	l.sent++
	number := l.sent
	return func(header http.Header, status int) { l.observe(header, status, number, overlapping) }, 0, nil
}

// delay returns the shortest time that a request must wait behind the given number of others. The caller
// holds the lock.
func (l *Limiter) delay(now time.Time, ahead int) time.Duration {
	wait := max(0, l.lockout.Sub(now))
	if len(l.windows) == 0 {
		missing := float64(1+ahead) - l.fallback.TokensAt(now)
		wait = max(wait, time.Duration(math.Ceil(missing/fallbackRate*float64(time.Second))))
	}
	for _, w := range l.windows {
		wait = max(wait, w.delay(l.lastSent, now, ahead))
	}
	return wait
}

// observe records the response to the request with this number. The response's headers don't count the
// requests that were in flight or sent later, so observe subtracts them. It ignores the Ratelimit headers
// of a response to an older request than the last one observed. It keeps a limit that a response doesn't name until
// its window ends.
//
// The Retry-After of a 429 delays other requests too, unless the same response has a Ratelimit with requests
// left. The request that got the 429 always waits.
func (l *Limiter) observe(header http.Header, status, number, overlapping int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inFlight--
	if header == nil {
		return
	}
	now := time.Now()
	windows := windowsIn(header, now)
	if status == http.StatusTooManyRequests && !haveRoom(windows) {
		l.lockout = now.Add(max(l.lockout.Sub(now), min(retryAfter(header, now), longestLockout)))
	}
	if len(windows) > 0 && number > l.observed {
		l.observed = number
		for name, w := range windows {
			w.left -= overlapping + l.sent - number
			l.windows[name] = w
		}
	}
	maps.DeleteFunc(l.windows, func(_ string, w *window) bool { return !w.resets.After(now) })
	if l.news != nil {
		close(l.news)
		l.news = nil
	}
}
