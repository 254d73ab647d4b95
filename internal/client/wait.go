// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"
)

// Sleep waits. It returns the context's cause at once if the context ends first.
func Sleep(ctx context.Context, pause time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(pause):
		return nil
	}
}

// readTimeoutKey is the key of WithReadTimeout's value.
type readTimeoutKey struct{}

// WithReadTimeout returns a context for the requests of one read that begins now. In an outage, each request
// uses the timeout of the whole read, even if it begins late.
func WithReadTimeout(ctx context.Context) context.Context {
	return context.WithValue(ctx, readTimeoutKey{}, timeLeft(ctx))
}

func readTimeoutOf(ctx context.Context) time.Duration {
	if timeout, ok := ctx.Value(readTimeoutKey{}).(time.Duration); ok {
		return timeout
	}
	return timeLeft(ctx)
}

// timeLeft returns the time until the context's deadline.
func timeLeft(ctx context.Context) time.Duration {
	if deadline, ok := ctx.Deadline(); ok {
		return time.Until(deadline)
	}
	return math.MaxInt64 / 2
}

// fits reports whether a pause ends before the context's deadline.
func fits(ctx context.Context, pause time.Duration) bool { return pause < timeLeft(ctx) }

// pacingKey is the key of OnPacing's value.
type pacingKey struct{}

// OnPacing returns a context for requests. The client calls notify with true when such a request begins to wait
// for the rate limit, and with false when the wait ends.
func OnPacing(ctx context.Context, notify func(waiting bool)) context.Context {
	return context.WithValue(ctx, pacingKey{}, notify)
}

// pace notifies the context's OnPacing that a wait begins, and returns the function to call at its end.
func pace(ctx context.Context) (end func()) {
	notify, ok := ctx.Value(pacingKey{}).(func(bool))
	if !ok {
		return func() {}
	}
	notify(true)
	return func() { notify(false) }
}

// maxRetryAfter limits the wait that a server can request. It prevents overflows, and a wait of decades if a
// server sends a Unix time.
const maxRetryAfter = 24 * time.Hour

// retryAfter returns a response's Retry-After, in seconds or as a date. It compares a date with the
// response's own Date, because the server's clock can differ from ours. It returns zero if the header is
// missing or malformed.
// Source: RFC 9110, section 10.2.3.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		// ParseInt clamps a value that is out of range. Bound it before it overflows a duration.
		return time.Duration(min(max(0, seconds), int64(maxRetryAfter/time.Second))) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	return min(max(0, at.Sub(now)), maxRetryAfter)
}
