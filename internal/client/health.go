// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// health tracks the failures that all domains of an account share, so that reads don't repeat them:
//
//   - If the API refuses the credentials for the whole account, the client sends no more reads. A refusal is
//     account-wide if it affects the list and a domain, or two domains with a code about the credentials.
//     Once the API has accepted the credentials, a refusal applies to one domain only.
//   - In an outage, reads retry until the outage has lasted a full read timeout. For another tenth of the
//     timeout, at most 30 s, each new read makes one attempt. Then, after each attempt, reads fail
//     at once for as long as that attempt took, or for its Retry-After.
type health struct {
	mu       sync.Mutex
	accepted bool                     // the API has accepted the credentials
	refused  *Error                   // of the account; nil if it isn't refused
	refusals map[domainname.Name]bool // refused domains, and the list (no name), that suggest a refused account
	deciding bool                     // the first read of a domain after a refused list has begun
	decided  chan struct{}            // closed when it ends; nil without a refused list

	lastAnswer time.Time    // when the API last answered
	firstSent  time.Time    // when the first request after that was sent; zero without one
	outage     *outage      // nil without one
	shown      map[any]bool // the outages and refusals that a diagnostic has shown in full
}

// outage is a period in which the API is unreachable or returns only transient errors. Any other answer from
// the API ends it.
type outage struct {
	since time.Time // when the first request without an answer was sent
	last  *Error    // its last failure
	quiet time.Time // until then, other reads return the last failure
}

// healthOf returns the account's health.
func (c *Client) healthOf(account string) *health {
	kept, _ := c.health.LoadOrStore(account, &health{refusals: map[domainname.Name]bool{}, shown: map[any]bool{}})
	return kept.(*health) //nolint:forcetypeassert // the map has no other type
}

// enter returns the function to call after the request. After a refused list, one domain is read first while
// other reads wait, because the response shows whether the whole account is refused.
func (h *health) enter(ctx context.Context, req request) (leave func()) {
	h.mu.Lock()
	decided, first := h.decided, !h.deciding
	undecided := decided != nil && req.id.Name != ""
	h.deciding = h.deciding || undecided
	h.mu.Unlock()
	switch {
	case !undecided:
	case first:
		return func() { close(decided) }
	default:
		select {
		case <-decided:
		case <-ctx.Done():
		}
	}
	return func() {}
}

// known returns the known error that a read would get again, or nil if the read must make an attempt. limit
// is when that attempt must end, zero for no limit.
func (h *health) known(timeout time.Duration) (e *Error, limit time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.refused != nil || h.outage == nil {
		return h.refused, limit
	}
	o := h.outage
	end := o.since.Add(o.last.retryFor(timeout)).Add(min(timeout/10, attemptTimeout))
	switch now := time.Now(); {
	case now.Before(end):
		return nil, end
	case now.Before(o.quiet):
		return o.last, limit
	}
	return nil, limit
}

// left returns how long a read that just failed can keep retrying. If the API has answered another request
// since, that is its full timeout.
func (h *health) left(e *Error, timeout time.Duration) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.outage == nil {
		return timeout
	}
	return time.Until(h.outage.since.Add(e.retryFor(timeout)))
}

// lastFailure returns the last failure of an outage, or nil.
func (h *health) lastFailure() *Error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.outage == nil {
		return nil
	}
	return h.outage.last
}

// sending records that a request is about to be sent.
func (h *health) sending(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.firstSent = cmp.Or(h.firstSent, now)
}

// report records the outcome of a request. A nil error is a success. Only an answer from the API itself
// ends an outage, because a proxy can answer during one.
func (h *health) report(ctx context.Context, req request, sent time.Time, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e, failed := errors.AsType[*Error](err)
	switch {
	case failed && (e.isOutage() || e.Kind == KindCanceled && timedOut(ctx)):
		h.fail(e, sent)
		return
	case failed && e.Kind != KindRefused:
		return
	case failed && e.Meaning().refusesCredentials():
		h.refuse(req, e)
	default:
		h.accepted, h.refused = true, nil
	}
	h.outage, h.firstSent, h.lastAnswer = nil, time.Time{}, time.Now()
}

// fail records a failure that is part of an outage.
func (h *health) fail(e *Error, sent time.Time) {
	if h.outage == nil {
		h.outage = &outage{since: cmp.Or(h.firstSent, h.lastAnswer)} // firstSent is zero if another request got an answer meanwhile
	}
	o := h.outage
	e.outage = o
	o.quiet = time.Now().Add(max(time.Since(sent), min(e.RetryAfter, longestLockout)))
	if o.last == nil || e.Kind != KindCanceled {
		o.last = new(*e) // a copy, since the caller can still change e
	}
}

// refuse records that the API refused the credentials.
func (h *health) refuse(req request, e *Error) {
	if req.id.Name == "" || h.refusals[""] || e.Meaning().refusesAll() {
		h.refusals[req.id.Name] = true
	}
	if req.id.Name == "" && !h.accepted && h.decided == nil {
		h.decided = make(chan struct{})
	}
	if !h.accepted && len(h.refusals) > 1 {
		e.AccountWide = true
		h.refused = new(*e)
	}
}

// isOutage reports whether the API is unreachable or temporarily unavailable.
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

// unreachableFor is how long reads retry failed connections: long enough for a server to restart, and short
// enough to report a wrong port quickly.
const unreachableFor = 30 * time.Second

// retryFor returns how long an outage of this kind must last before reads stop retrying, given a read's
// timeout.
func (e *Error) retryFor(timeout time.Duration) time.Duration {
	if e.Kind == KindUnreachable {
		return min(timeout, unreachableFor)
	}
	if shouldRetry(e) || e.Kind == KindCanceled {
		return timeout
	}
	return 0
}

// timedOut reports whether the context's deadline passed, or its cause is another deadline.
func timedOut(ctx context.Context) bool {
	return errors.Is(ctx.Err(), context.DeadlineExceeded) || errors.Is(context.Cause(ctx), context.DeadlineExceeded)
}

// repeated returns the known error for a request that wasn't sent because of it. It keeps the Method,
// Path and Ray of the request that was sent.
func (e *Error) repeated(req request) *Error {
	again := *e
	again.Op, again.ID = req.op, req.id
	again.Repeated, again.RetryAfter, again.RequiredWait = true, 0, 0
	return &again
}

// FirstReport reports whether a diagnostic must show this error in full. It is false if an earlier call
// returned true for the same outage, or for a refusal with the same text.
func (e *Error) FirstReport() bool {
	meaning := e.Meaning()
	if e.health == nil || meaning == MeansNotFound || meaning == 0 && e.outage == nil {
		return true
	}
	var cause any = fmt.Sprint(int(meaning), e.Reason())
	if e.outage != nil {
		cause = e.outage
	}
	e.health.mu.Lock()
	defer e.health.mu.Unlock()
	first := !e.health.shown[cause]
	e.health.shown[cause] = true
	return first
}

// AffectsAll reports whether reads of the account's other domains fail the same way: an account-wide refusal,
// a wrong address, or a lasting outage.
func (e *Error) AffectsAll() bool {
	if meaning := e.Meaning(); e.AccountWide || meaning == MeansWrongAccount || meaning == MeansNoRoute {
		return true
	}
	if e.outage == nil {
		return false
	}
	e.health.mu.Lock()
	defer e.health.mu.Unlock()
	return e.health.outage == e.outage
}
