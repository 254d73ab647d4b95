// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package registrations

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// listStall is how long reads wait for a listing that makes no progress. An account has at most 500
// domains, or 10 pages. Even at 10 s per page, a listing takes less time than 500 single reads.
const listStall = 10 * time.Second

// errStalled is the cause if a listing ends because it makes no progress.
var errStalled = fmt.Errorf("no page within %s: %w", listStall, context.DeadlineExceeded)

// listing is one pass over an account's list, for a List or for the reads that wait for it. A page is progress,
// and so is a wait for the rate limit.
type listing struct {
	account      string
	begun        time.Time
	ctx          context.Context         //nolint:containedctx // of its requests
	cancel       context.CancelCauseFunc // ends ctx
	users        atomic.Int32            // callers that use it
	stallTimeout time.Duration           // how long it can go without progress
	progress     time.Time               // when it last made progress; only fetch uses it
	watch        *time.Timer             // gives up on the listing if it makes no progress
	over         chan struct{}           // closed when the listing ends, or the cache gives up on it
	closing      sync.Once               // guards over
	paced        atomic.Bool             // the listing waits for the rate limit
	complete     atomic.Bool             // all pages arrived
	pages        []client.Page           // only fetch uses them until they are complete
}

// newListing returns a listing whose requests end with ctx.
func newListing(ctx context.Context, account string) *listing {
	return &listing{
		account: account, begun: time.Now(), progress: time.Now(), stallTimeout: listStall, ctx: ctx, cancel: func(error) {},
		over: make(chan struct{}),
	}
}

// newListingForReads returns a listing that continues after the read that began it, as long as other reads
// use it. Its timeout is the read's, but at least twice listStall, so that it can reach listStall.
func newListingForReads(ctx context.Context, account string) *listing {
	l := newListing(context.WithoutCancel(ctx), account)
	release := func() {}
	if deadline, ok := ctx.Deadline(); ok {
		l.ctx, release = context.WithTimeout(l.ctx, max(time.Until(deadline), 2*listStall))
	}
	var cancel context.CancelCauseFunc
	l.ctx, cancel = context.WithCancelCause(l.ctx)
	l.cancel = func(cause error) { cancel(cause); release() }
	return l
}

// join returns the account's listing. If there is none, or it is older than the ttl, join returns a new
// one, which the caller must fetch. A write doesn't begin a new listing. Otherwise, a hundred writes would list
// the account a hundred times.
func (c *Cache) join(account string, begin func() *listing) (l *listing, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l = c.listings[account]
	if mine = l == nil || l.complete.Load() && time.Since(l.begun) >= ttl; mine {
		l = begin()
		l.stallTimeout -= c.spent[account]
		c.listings[account] = l
	}
	l.users.Add(1)
	return l, mine
}

// leave ends a listing for reads when no read uses it anymore.
func (l *listing) leave() {
	if l.users.Add(-1) == 0 {
		l.cancel(context.Canceled)
	}
}

// wait returns when the listing ends or stalls, when ctx ends, or after half of the time until ctx's
// deadline. The other half is for a single read. While the listing waits for the rate limit, its readers
// keep waiting, because a single read would wait behind it.
func (l *listing) wait(ctx context.Context) {
	var half <-chan time.Time
	if deadline, ok := ctx.Deadline(); ok {
		half = time.After(time.Until(deadline) / 2)
	}
	for {
		select {
		case <-l.over:
		case <-ctx.Done():
		case <-half:
			if l.paced.Load() {
				half = time.After(time.Second)
				continue
			}
		}
		return
	}
}

// fetch requests page after page, caches each and yields it.
func (c *Cache) fetch(l *listing, yield func(client.Page, error) bool) {
	l.watch = time.AfterFunc(l.stallTimeout, func() { c.giveUp(l, errStalled) })
	ctx := client.OnPacing(l.ctx, func(waiting bool) {
		l.paced.Store(waiting)
		if l.progressed(); waiting {
			l.watch.Stop()
		}
	})
	for page, err := range c.api.Registrations(ctx, l.account) {
		if err == nil {
			l.progressed()
			l.pages = append(l.pages, page)
			c.put(l.account, l.begun, page.Registrations...)
		}
		if !yield(page, err) || err != nil {
			c.end(l, false, err)
			return
		}
	}
	c.end(l, true, nil)
}

func (l *listing) progressed() {
	l.progress, l.stallTimeout = time.Now(), listStall
	l.watch.Reset(listStall)
}

// end wakes the waiting callers. It decides whether later reads use the listing, begin another, or read
// domains individually.
func (c *Cache) end(l *listing, complete bool, err error) {
	l.watch.Stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	l.complete.Store(complete)
	ended := context.Cause(l.ctx)
	l.cancel(nil)
	defer l.closing.Do(func() { close(l.over) })
	switch {
	case complete:
		c.listings[l.account] = l
	case c.listings[l.account] != l: // reads use another listing
	case err == nil, ended != nil && !errors.Is(ended, errStalled), rateLimited(err):
		delete(c.listings, l.account) // the next listing can succeed in the remaining time
		c.spent[l.account] = listStall - l.stallTimeout + time.Since(l.progress)
	default: // keep the incomplete listing, so that no new one begins
		c.giveUp(l, err)
	}
}

// giveUp makes reads stop waiting for a listing, for the rest of the walk.
func (c *Cache) giveUp(l *listing, reason error) {
	l.closing.Do(func() {
		c.logger.WarnContext(l.ctx, "cannot list the account; reading its domains one by one", "account_id", l.account, "error", reason.Error())
		close(l.over)
		l.cancel(reason)
	})
}

// rateLimited reports whether a listing failed because the rate limit allows no request before its reads
// time out. Another listing then fails at once, without a request, until the limit allows one. Single reads
// for the rest of the walk would exhaust the limit again.
func rateLimited(err error) bool {
	e, ok := errors.AsType[*client.Error](err)
	return ok && (e.Kind == client.KindRateLimited || e.Status == http.StatusTooManyRequests)
}
