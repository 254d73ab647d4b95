// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// The published limit is 1,200 requests in five minutes; who exceeds it is refused everything
// for the next five. Source: https://developers.cloudflare.com/fundamentals/api/reference/limits/.
//
// A burst of 600 and then two a second stay within it in every five minutes (600 + 300 × 2),
// wherever the server's window begins, and let a change of some 200 domains run at full speed.
const (
	publishedQuota = 1200
	silentBurst    = 600
	silentRate     = 2 // requests a second
)

// Budget keeps the requests of all its clients within the API's rate limit ahead of time. Where
// the server says how much is left, that is the budget; where it is silent, the published limit
// is. Who waits is served in the order of asking. The zero value is not usable; see NewBudget.
type Budget struct {
	mu      sync.Mutex
	silent  *rate.Limiter      // the published limit, while the server says nothing
	windows map[string]*window // what the server said, by the name of its limit
	next    time.Time          // no request goes before
	waiting int                // places given out to requests that have not begun
	flying  int                // requests without an answer
	begun   int                // requests ever begun
}

// NewBudget makes a Budget of which nothing is used.
func NewBudget() *Budget {
	return &Budget{silent: rate.NewLimiter(silentRate, silentBurst), windows: map[string]*window{}}
}

// noTimeError is a place in the queue behind the context's deadline.
type noTimeError struct{ wait time.Duration }

func (e *noTimeError) Error() string {
	return fmt.Sprintf("the API's rate limit is used up; the next request could go in %s", e.wait.Round(time.Second))
}

// wait returns when one request may be sent, which is at once unless the limit is near.
func (b *Budget) wait(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	at, release := b.reserve(time.Now())
	pause := time.Until(at)
	if pause <= 0 {
		return nil
	}
	if !fits(ctx, pause) {
		release()
		return &noTimeError{pause}
	}
	if err := Sleep(ctx, pause); err != nil {
		release()
		return err
	}
	return nil
}

// reserve gives the next place in the queue, and a way to give it back.
func (b *Budget) reserve(now time.Time) (time.Time, func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	at, spacing := now, time.Duration(0)
	giveBack := func() {}
	if len(b.windows) == 0 {
		place := b.silent.ReserveN(now, 1)
		at = now.Add(place.DelayFrom(now))
		giveBack = func() { place.CancelAt(now) }
	}
	if b.next.After(at) {
		at = b.next
	}
	for _, w := range b.windows {
		if opens := w.opens(at); opens.After(at) {
			at = opens
		}
		spacing = max(spacing, w.spacing(at))
		w.left--
	}
	b.next = at.Add(spacing)
	b.waiting++
	return at, func() { b.release(giveBack) }
}

// release gives a place back to those who still want one. The moment it stood for is lost.
func (b *Budget) release(giveBack func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	giveBack()
	b.waiting--
	for _, w := range b.windows {
		w.left++
	}
}

// begin counts a request in, and gives what to call with its answer's head, or with none.
func (b *Budget) begin() func(header http.Header, status int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting--
	overlapping, begunBefore := b.flying, b.begun+1
	b.flying++
	b.begun++
	return func(header http.Header, status int) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.flying--
		if header != nil {
			b.learn(time.Now(), header, status, overlapping+b.begun-begunBefore+b.waiting)
		}
	}
}

// learn takes the server's word. What it says is left does not yet know of the requests that
// overlapped the one answered, nor of the places already given out: they are taken off.
func (b *Budget) learn(now time.Time, header http.Header, status, unknown int) {
	said := windowsIn(header, now)
	clear(b.windows)
	for name, w := range said {
		w.left -= unknown
		b.windows[name] = &w
	}
	if status == http.StatusTooManyRequests {
		if opens := now.Add(retryAfter(header, now)); opens.After(b.next) {
			b.next = opens
		}
	}
}
