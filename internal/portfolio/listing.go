// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"net/http"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// longestListing is the time after which a listing that stands in for single reads is given up,
// or half of what the readers have, whichever is less: the other half is for reading singly.
const longestListing = time.Minute

// listFor lists the account in the place of the given number of single reads. That it fails is
// no failure: what it did not bring is read singly.
func (a *account) listFor(ctx context.Context, domains int, fresh bool) {
	limit := longestListing
	if deadline, ok := ctx.Deadline(); ok {
		limit = min(limit, time.Until(deadline)/2)
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	seen := 0
	for _, err := range a.pages(limited) {
		if err != nil {
			a.giveUpListing(ctx, err)
			return
		}
		if seen++; fresh && seen >= domains {
			a.learnPages(seen)
			return // by here, reading singly is the fewer requests
		}
	}
}

// giveUpListing remembers for as long as the account is, that it is not to be listed: a page that
// never comes would cost every batch its minute. A used-up rate limit says nothing about that,
// nor does the end of the readers' own context.
func (a *account) giveUpListing(ctx context.Context, err error) {
	e, ok := errors.AsType[*client.Error](err)
	if ctx.Err() != nil || ok && (e.Kind == client.KindRateLimited || e.Status == http.StatusTooManyRequests) {
		return
	}
	a.logger.LogAttrs(ctx, slog.LevelWarn, "cannot list the account; reading its domains one by one",
		slog.String("account_id", a.id), slog.String("error", err.Error()))
	a.mu.Lock()
	defer a.mu.Unlock()
	a.knowledge.unlistable = true
}

// list gives the account's pages: those of a listing that still counts, or else new ones, each
// as it comes.
func (a *account) list(ctx context.Context) iter.Seq2[client.Page, error] {
	return func(yield func(client.Page, error) bool) {
		if a.turn.Acquire(ctx, 1) != nil {
			yield(client.Page{}, context.Cause(ctx))
			return
		}
		defer a.turn.Release(1)
		a.mu.Lock()
		pages, ok := a.snapshot.whole(time.Now())
		a.mu.Unlock()
		if !ok {
			a.pages(ctx)(yield)
			return
		}
		for _, page := range pages {
			if !yield(page, nil) {
				return
			}
		}
	}
}

// pages lists the account and remembers what comes, at the end that it was all.
func (a *account) pages(ctx context.Context) iter.Seq2[client.Page, error] {
	return func(yield func(client.Page, error) bool) {
		l := listing{asOf: time.Now()}
		for page, err := range a.api.Registrations(ctx, a.id) {
			a.rememberPage(page, l.asOf)
			if !yield(page, err) || err != nil {
				return
			}
			l.pages = append(l.pages, page)
		}
		a.learnPages(len(l.pages))
		a.mu.Lock()
		defer a.mu.Unlock()
		a.snapshot.listing = &l
	}
}

func (a *account) learnPages(pages int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.knowledge.pages = max(a.knowledge.pages, pages)
}
