// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"
)

// get sends a GET until it gets an answer, as long as the context's deadline and the account's health
// allow. If a pause would outlast the deadline, it returns at once with Error.RequiredWait.
func (c *Client) get(ctx context.Context, req request) (response, error) {
	h, timeout := c.healthOf(req.id.Account), readTimeoutOf(ctx)
	var last *Error
	for attempt := 1; ; attempt++ {
		got, err := c.attempt(ctx, req, attempt, timeout)
		e, failed := errors.AsType[*Error](err)
		if last != nil && failed && e.Kind == KindCanceled && timedOut(ctx) {
			return response{}, last // the cause of the retries is more useful
		}
		if last = e; !failed || e.RequiredWait > 0 || e.Repeated || !shouldRetry(e) {
			return got, err
		}
		pause, left := retryPause(e, attempt), h.left(e, timeout)
		if e.Kind == KindUnreachable {
			pause = min(pause, left) // a refused connection fails at once, so a last attempt is cheap
		}
		switch {
		case !fits(ctx, pause):
			e.RequiredWait = pause
			return response{}, e
		case left <= 0 || left < pause:
			return response{}, e
		}
		if err := c.pause(ctx, req, e, pause); err != nil {
			return response{}, err
		}
	}
}

// attempt sends a GET once, unless the account's health shows that it would fail.
func (c *Client) attempt(ctx context.Context, req request, attempt int, timeout time.Duration) (response, error) {
	h := c.healthOf(req.id.Account)
	defer h.enter(ctx, req)()
	known, limit := h.known(timeout)
	if known != nil {
		return response{}, known.repeated(req)
	}
	if limit.IsZero() {
		return c.do(ctx, req, attempt)
	}
	limited, cancel := context.WithDeadline(ctx, limit)
	defer cancel()
	got, err := c.do(limited, req, attempt)
	e, failed := errors.AsType[*Error](err)
	if !failed || ctx.Err() != nil || limited.Err() == nil && e.Kind != KindRateLimited {
		return got, err
	}
	// The limit ended the attempt or its wait for the rate limit, so the outage is the cause.
	if known = h.lastFailure(); known != nil {
		again := known.repeated(req)
		again.RequiredWait = e.RequiredWait
		return response{}, again
	}
	return got, err
}

// pause waits before a retry. Waiting for a 429's Retry-After counts as pacing.
func (c *Client) pause(ctx context.Context, req request, e *Error, pause time.Duration) error {
	if e.Status == http.StatusTooManyRequests && e.RetryAfter > 0 {
		defer pace(ctx)()
	}
	if err := Sleep(ctx, pause); err != nil {
		return c.newError(KindCanceled, req, err)
	}
	return nil
}

// shouldRetry reports whether a failed GET can succeed later without user action.
func shouldRetry(e *Error) bool {
	return e.isOutage() && e.Kind != KindUnknownHost && e.Kind != KindTLS
}

// IsTransient reports whether the same request can succeed after this HTTP status: 408, 425, 429 and
// those from 500 on, except 501 and 505, and 525 and 526 (TLS between Cloudflare and its server).
// Source: RFC 9110, section 15; 520 to 530 are Cloudflare's own
// (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/).
func IsTransient(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported, 525, 526:
		return false
	}
	return status >= 500
}

// retryPause returns the pause after this many failed attempts: the server's Retry-After, or half a second
// that doubles with each attempt up to 16 s.
func retryPause(e *Error, failed int) time.Duration {
	return cmp.Or(e.RetryAfter, jitter(500*time.Millisecond<<min(failed-1, 5)))
}

// jitter varies a pause by up to 20%, so that operations that failed together don't retry together.
func jitter(pause time.Duration) time.Duration {
	return pause - pause/5 + rand.N(2*pause/5+1)
}
