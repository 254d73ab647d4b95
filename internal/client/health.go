// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// health is what the requests about one account have met. What one domain has met, the others don't
// meet again:
//
//   - If the API refuses the credentials for the account, no other read is sent. It has done that if it
//     refused the list and a domain, or any two requests with a code that is about the credentials. Once
//     it has accepted the credentials, a refusal is for one domain.
//   - An outage begins with the first request without a response, and ends with the next one. Once it is
//     older than the time that a read has, reads stop retrying. For a tenth of that time, at most 30 s,
//     each new read makes one attempt; after that, a read makes one only if the last attempt ended as
//     long ago as it took.
type health struct {
	mu       sync.Mutex
	accepted bool                // the API has accepted the credentials
	refused  *Error              // of the account; nil if it isn't refused
	refusals int                 // with a code that is about the credentials
	list     bool                // the list was refused
	domain   bool                // a read of a domain was refused, or decided after a refused list
	deciding *semaphore.Weighted // held by the read that decides after a refused list

	heard  time.Time // when the last response came
	failed *Error    // the last failure of the outage; nil without one
	since  time.Time // when the first request after the last response was sent; zero without one
	quiet  time.Time // until then, its last failure counts for other reads too

	reported map[Meaning]bool // what a diagnostic has shown in full; zero is an outage
}

// healthOf returns the account's health.
func (c *Client) healthOf(account string) *health {
	kept, _ := c.health.LoadOrStore(account, &health{deciding: semaphore.NewWeighted(1), reported: map[Meaning]bool{}})
	return kept.(*health) //nolint:forcetypeassert // the map has no other type
}

// enter returns the function to call after the request. After a refused list, one read of a domain goes
// first and the others wait for its answer, because it decides for the whole account.
func (h *health) enter(ctx context.Context, req request) (leave func()) {
	if req.id.Name == "" || !h.undecided() || h.deciding.Acquire(ctx, 1) != nil {
		return func() {}
	}
	if !h.undecided() {
		h.deciding.Release(1)
		return func() {}
	}
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.domain = true
		h.deciding.Release(1)
	}
}

func (h *health) undecided() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.list && !h.domain && !h.accepted
}

// met returns the error that a read would get again, or nil if it is to make an attempt, and the time
// at which that attempt must end; zero is no such time.
func (h *health) met(patience time.Duration) (known *Error, limit time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.refused != nil {
		return h.refused, limit
	}
	if h.failed == nil {
		return nil, limit
	}
	until := h.since.Add(h.failed.patience(patience))
	end := until.Add(min(patience/10, attemptTimeout))
	switch now := time.Now(); {
	case now.Before(until):
		return nil, limit
	case now.Before(end):
		return nil, end
	case now.Before(h.quiet):
		return h.failed, limit
	}
	return nil, limit
}

// left returns how long a read that just failed can go on retrying. It has all of its time if another
// request has had a response since.
func (h *health) left(e *Error, patience time.Duration) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.since.IsZero() {
		return patience
	}
	return time.Until(h.since.Add(e.patience(patience)))
}

// sending notes that a request is about to be sent.
func (h *health) sending(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.since = cmp.Or(h.since, now)
}

// report takes the outcome of a request. A nil error is a success.
func (h *health) report(ctx context.Context, req request, sent time.Time, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e, _ := errors.AsType[*Error](err)
	switch {
	case e != nil && (e.isOutage() || e.Kind == KindCanceled && timedOut(ctx)):
		e.outage, h.quiet = true, time.Now().Add(time.Since(sent))
		if h.since.IsZero() { // another request got its response after this one was sent
			h.since = h.heard
		}
		if h.failed == nil || e.Kind != KindCanceled {
			h.failed = new(*e) // a copy, since the caller can still change e
		}
		return
	case e != nil && e.Kind == KindCanceled:
		return
	case RefusesCredentials(err):
		h.refuse(req, e)
	case e == nil || e.Kind == KindRefused:
		h.accepted, h.refused = true, nil
	}
	h.failed, h.since, h.heard = nil, time.Time{}, time.Now()
	delete(h.reported, 0)
}

// refuse notes that the credentials were refused.
func (h *health) refuse(req request, e *Error) {
	if req.id.Name == "" {
		h.list = true
	} else {
		h.domain = true
	}
	if e.Meaning().refusesAll() {
		h.refusals++
	}
	if !h.accepted && (h.refusals > 1 || h.list && h.domain) {
		e.AccountWide = true
		h.refused = new(*e)
	}
}

// isOutage reports whether the API can't be reached or can't answer at the moment.
func (e *Error) isOutage() bool {
	switch e.Kind {
	case KindUnknownHost, KindTLS, KindUnreachable, KindConnectionLost, KindAttemptTimeout:
		return true
	case KindRefused, KindNotAPI:
		return IsTransient(e.Status)
	case KindInvalid, KindRateLimited, KindMalformed, KindRedirect, KindCanceled:
	}
	return false
}

// unreachableFor is how long reads try to reach a server that accepts no connection: long enough for
// one that restarts, too short to hide a wrong port for minutes.
const unreachableFor = 30 * time.Second

// patience returns how long an outage of this kind must last before reads stop retrying, given the time
// that a read has.
func (e *Error) patience(most time.Duration) time.Duration {
	if e.Kind == KindUnreachable {
		return min(most, unreachableFor)
	}
	if shouldRetry(e) || e.Kind == KindCanceled {
		return most
	}
	return 0
}

// timedOut reports whether a deadline ended the context, rather than its owner.
func timedOut(ctx context.Context) bool {
	return errors.Is(ctx.Err(), context.DeadlineExceeded) || errors.Is(context.Cause(ctx), context.DeadlineExceeded)
}

// repeated returns the known error for a request that wasn't sent because of it.
func (e *Error) repeated(req request) *Error {
	again := *e
	again.Repeated, again.RetryAfter, again.RequiredWait = true, 0, 0
	return again.about(req)
}

// FirstReport reports whether a diagnostic must show this error in full. It is false if an earlier call
// returned true for the same refusal of the account, or the same outage.
func (e *Error) FirstReport() bool {
	meaning := e.Meaning()
	if e.health == nil || meaning == MeansNotFound || meaning == 0 && !e.outage {
		return true
	}
	e.health.mu.Lock()
	defer e.health.mu.Unlock()
	seen := e.health.reported[meaning]
	e.health.reported[meaning] = true
	return !seen
}

// MeetsAll reports whether reads of the account's other domains meet this failure too: a refusal of the
// account, a wrong address, or an outage that lasts.
func (e *Error) MeetsAll() bool {
	if meaning := e.Meaning(); e.AccountWide || meaning == MeansWrongAccount || meaning == MeansNoRoute {
		return true
	}
	if e.health == nil || !e.outage {
		return false
	}
	e.health.mu.Lock()
	defer e.health.mu.Unlock()
	return e.health.failed != nil
}
