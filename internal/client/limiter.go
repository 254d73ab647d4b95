// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"fmt"
	"maps"
	"math"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// The published limit is 1,200 requests in five minutes; who exceeds it is refused everything
// for the next five. Source: https://developers.cloudflare.com/fundamentals/api/reference/limits/.
//
// A burst and then two a second stay within it in every five minutes (588 + 300 × 2), wherever
// the server's window begins, and let a change of some 200 domains run at full speed. The 12 that
// are missing to 1,200 are the hundredth that window.reserve leaves to others as well.
const (
	publishedQuota = 1200
	silentBurst    = 588
	silentRate     = 2 // requests a second
)

// Limiter keeps the requests of all its clients within the API's rate limit ahead of time. Where
// the server says how much is left, that is the limiter; where it is silent, the published limit
// is. Who waits is served in the order of asking. The zero value is not usable; see NewLimiter.
//
// Those who wait stand in a queue, and only the first of them looks at the clock. So one who
// gives up leaves no hole, and what the server says meanwhile counts for all.
type Limiter struct {
	mu      sync.Mutex
	queue   []place
	silent  *rate.Limiter      // the published limit, for while the server says nothing
	windows map[string]*window // what the server said, by the name of its limit
	next    time.Time          // no request goes before
	flying  int                // requests without an answer
	begun   int                // requests ever begun, which numbers them
	learned int                // the number of the request whose answer was learned from last
}

// place is one request's place in the queue. It is closed when it has become the first.
type place chan struct{}

// answered takes the head of an answer, or nil where there was none. It is to be called once.
type answered func(header http.Header, status int)

// NewLimiter makes a Limiter of which nothing is used.
func NewLimiter() *Limiter {
	return &Limiter{silent: rate.NewLimiter(silentRate, silentBurst), windows: map[string]*window{}}
}

// noTimeError is a place in the queue behind the context's deadline.
type noTimeError struct{ wait time.Duration }

func (e *noTimeError) Error() string {
	return fmt.Sprintf("the API's rate limit is used up; the next request could go in %s", e.wait.Round(time.Second))
}

// enter returns when one request may be sent, which is at once unless the limit is near. The
// request is to be sent then, and what came of it to be told.
func (b *Limiter) enter(ctx context.Context) (answered, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	mine, wait := b.queueUp(time.Now())
	defer b.leave(mine)
	if !fits(ctx, wait) {
		return nil, &noTimeError{wait}
	}
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-mine:
		return b.goFirst(ctx)
	}
}

// goFirst waits for the first in the queue. What it waits for may change meanwhile.
func (b *Limiter) goFirst(ctx context.Context) (answered, error) {
	for {
		tell, wait := b.take(time.Now())
		if tell != nil {
			return tell, nil
		}
		if !fits(ctx, wait) {
			return nil, &noTimeError{wait}
		}
		if err := Sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// queueUp gives the last place in the queue, and for how long it will have to wait at least.
func (b *Limiter) queueUp(now time.Time) (place, time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	mine := make(place)
	b.queue = append(b.queue, mine)
	if len(b.queue) == 1 {
		close(mine)
	}
	return mine, b.opens(len(b.queue), now).Sub(now)
}

// leave gives a place up, used or not, to those behind it.
func (b *Limiter) leave(mine place) {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := slices.Index(b.queue, mine)
	b.queue = slices.Delete(b.queue, at, at+1)
	if at == 0 && len(b.queue) > 0 {
		close(b.queue[0])
	}
}

// opens is when the request may go that is n-th in the queue, as far as is known today.
func (b *Limiter) opens(n int, now time.Time) time.Time {
	at := now
	if b.next.After(at) {
		at = b.next
	}
	if missing := float64(n) - b.silent.TokensAt(now); len(b.windows) == 0 && missing > 0 {
		earned := now.Add(time.Duration(math.Ceil(missing / silentRate * float64(time.Second))))
		return later(at, earned)
	}
	opens := at
	for _, w := range b.windows {
		opens = later(opens, w.opens(n, at))
	}
	return opens
}

// take begins a request if one may go now, and otherwise says how long not. The silent limiter
// is used beside the server's, so that it is up to date should the server fall silent.
func (b *Limiter) take(now time.Time) (answered, time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if wait := b.opens(1, now).Sub(now); wait > 0 {
		return nil, wait
	}
	b.silent.AllowN(now, 1)
	spacing := time.Duration(0)
	for _, w := range b.windows {
		spacing = max(spacing, w.spacing(now))
		w.left--
	}
	b.next = now.Add(spacing)
	return b.begin(), 0
}

// begin counts a request in, and gives what to call with its answer's head.
func (b *Limiter) begin() answered {
	overlapping := b.flying
	b.flying++
	b.begun++
	number := b.begun
	return func(header http.Header, status int) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.flying--
		if header == nil {
			return
		}
		now := time.Now()
		if status == http.StatusTooManyRequests {
			b.next = later(b.next, now.Add(retryAfter(header, now)))
		}
		if said := windowsIn(header, now); number > b.learned && len(said) > 0 {
			b.learned = number
			b.learn(said, overlapping+b.begun-number)
		}
		maps.DeleteFunc(b.windows, func(_ string, w *window) bool { return !w.resets.After(now) })
	}
}

// learn takes the server's word. What it says is left does not yet know of the requests that
// overlapped the one answered or came after it: they are taken off. A limit that it does not
// speak of, as where a gateway answers in its place, stays known until its window ends.
func (b *Limiter) learn(said map[string]window, unknown int) {
	for name, w := range said {
		w.left -= unknown
		b.windows[name] = &w
	}
}

// later is the later of two times.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
