// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package registrations

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// listTimeout is how long reads wait for the listing of an account, in all attempts of a walk. An
// account has at most 500 domains, which are 10 pages. Even at a second a page, listing beats 500
// single reads; and a list that fails costs a walk no more than a few retries.
const listTimeout = 10 * time.Second

// listing is one pass over an account's list, fetched by a List or for the reads that wait for it.
type listing struct {
	account         string
	begun, deadline time.Time     // reads wait until the deadline
	waiting         atomic.Int32  // the callers that wait
	cancel          func()        // called when none of them is left; set before the first one waits
	done            chan struct{} // closed when the listing ended
	complete        atomic.Bool   // all pages arrived
	pages           []client.Page // the fetcher's until done is closed
}

func newListing(account string) *listing {
	return &listing{account: account, begun: time.Now(), cancel: func() {}, done: make(chan struct{})}
}

// join returns the account's listing, for which the caller has to wait. If there is none or it is
// older than the ttl, join stores and returns mine, which the caller has to fetch. An invalidation
// is no reason to list again: a hundred writes would list the account a hundred times.
func (c *Cache) join(mine *listing) *listing {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.listings[mine.account]
	if l == nil || l.complete.Load() && time.Since(l.begun) >= ttl {
		mine.deadline = mine.begun.Add(listTimeout - c.spent[mine.account])
		l, c.listings[mine.account] = mine, mine
	}
	l.waiting.Add(1)
	return l
}

// wait returns when the listing ended or its deadline is over, when ctx ended, or when half of the
// time until ctx's deadline is over: the other half is for a single read.
func (l *listing) wait(ctx context.Context) {
	limit := time.Until(l.deadline)
	if deadline, ok := ctx.Deadline(); ok {
		limit = min(limit, time.Until(deadline)/2)
	}
	select {
	case <-l.done:
	case <-ctx.Done():
	case <-time.After(limit):
	}
	if l.waiting.Add(-1) == 0 {
		l.cancel()
	}
}

// fetch requests page after page, caches each and yields it.
func (c *Cache) fetch(ctx context.Context, l *listing, yield func(client.Page, error) bool) {
	for page, err := range c.api.Registrations(ctx, l.account) {
		if err == nil {
			l.pages = append(l.pages, page)
			c.put(l.account, l.begun, page.Registrations...)
		}
		if !yield(page, err) || err != nil {
			c.end(ctx, l, false, err)
			return
		}
	}
	c.end(ctx, l, true, nil)
}

// end wakes those who wait, and decides what later reads make of the listing.
func (c *Cache) end(ctx context.Context, l *listing, complete bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l.complete.Store(complete)
	defer close(l.done) // last: the one who wakes cancels ctx, which would pass for a listing that nobody waited for
	switch {
	case complete:
		c.listings[l.account] = l
	case c.listings[l.account] != l: // reads use another
	case err == nil, errors.Is(ctx.Err(), context.Canceled), rateLimited(err):
		c.spent[l.account] += time.Since(l.begun)
		delete(c.listings, l.account) // the next one may succeed in the time that is left
	default: // given up: it stays, and is not complete
		c.logger.WarnContext(ctx, "cannot list the account; reading its domains one by one", "account_id", l.account, "error", err.Error())
	}
}

// rateLimited reports whether a listing failed because of a rate limit that allows no request
// within listTimeout. Another attempt fails at once, without a request, until the limit allows
// one. Reading singly for the rest of the walk would use the limit up again.
func rateLimited(err error) bool {
	e, ok := errors.AsType[*client.Error](err)
	return ok && (e.Kind == client.KindRateLimited || e.Status == http.StatusTooManyRequests) && e.RequiredWait >= listTimeout
}
