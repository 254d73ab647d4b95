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

// get sends a GET until it is answered, as long as the context's deadline allows. A pause that would
// outlast the deadline is not begun: the caller learns at once, from Error.RequiredWait, how long the
// next attempt would have had to wait.
func (c *Client) get(ctx context.Context, call call) (response, error) {
	started := time.Now()
	for attempt := 1; ; attempt++ {
		got, err := c.do(ctx, call, attempt)
		e, failed := errors.AsType[*Error](err)
		tried := time.Since(started)
		if !failed || e.RequiredWait > 0 || !shouldRetry(e, tried) {
			return got, err
		}
		pause := retryPause(e, attempt, tried)
		if !fits(ctx, pause) {
			e.RequiredWait = pause
			return response{}, e
		}
		if err := Sleep(ctx, pause); err != nil {
			return response{}, c.newError(KindCanceled, call, err)
		}
	}
}

// unreachableFor is how long a GET goes on trying to reach a server to which no connection can be
// made: long enough for one that restarts, too short to hide a wrong port for minutes.
const unreachableFor = 30 * time.Second

// shouldRetry reports whether a GET that failed is to be sent again, given how long the call has been
// tried. Only what can end differently by itself is.
func shouldRetry(e *Error, tried time.Duration) bool {
	switch e.Kind {
	case KindConnectionLost, KindAttemptTimeout:
		return true
	case KindUnreachable:
		return tried < unreachableFor
	case KindRefused, KindNotAPI:
		return IsTransient(e.Status)
	case KindInvalid, KindRateLimited, KindMalformed, KindRedirect, KindUnknownHost, KindTLS, KindCanceled:
		return false
	}
	return false
}

// IsTransient reports whether an HTTP status speaks of the moment rather than of the request: 408, 425,
// 429 and those from 500 on, except 501 and 505.
// Source: RFC 9110, section 15; 520 to 530 are Cloudflare's own
// (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/).
func IsTransient(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	}
	return status >= 500
}

// retryPause is the pause after so many failed attempts: the server's Retry-After, or half a second that
// doubles with each attempt up to 16 s. The last one before an unreachable server is given up ends when
// that is.
func retryPause(e *Error, failed int, tried time.Duration) time.Duration {
	pause := cmp.Or(e.RetryAfter, jitter(500*time.Millisecond<<min(failed-1, 5)))
	if e.Kind == KindUnreachable {
		return min(pause, unreachableFor-tried)
	}
	return pause
}

// jitter spreads a pause by a fifth either way, so that operations which failed together do not come
// back together.
func jitter(pause time.Duration) time.Duration {
	return pause - pause/5 + rand.N(2*pause/5+1)
}

// fits reports whether a pause ends before the context's deadline.
func fits(ctx context.Context, pause time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return !ok || time.Until(deadline) > pause
}

// Sleep waits, and returns the context's cause at once when it ends sooner.
func Sleep(ctx context.Context, pause time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(pause):
		return nil
	}
}
