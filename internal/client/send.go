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

// get sends a GET until it is answered, as long as the context's deadline allows. A pause that
// would outlast the deadline is not begun: the caller learns at once, and from Error.RequiredWait,
// what limit to raise.
func (c *Client) get(ctx context.Context, call call) (answer, error) {
	if err := c.prepare(&call, http.MethodGet); err != nil {
		return answer{}, err
	}
	started := time.Now()
	for number := 1; ; number++ {
		got, err := c.attempt(ctx, call, number)
		e, failed := errors.AsType[*Error](err)
		tried := time.Since(started)
		if !failed || e.RequiredWait > 0 || !shouldRetry(e, tried) {
			return got, err
		}
		pause := pauseAfter(e, number, tried)
		if !fits(ctx, pause) {
			e.RequiredWait = pause
			return answer{}, e
		}
		if err := Sleep(ctx, pause); err != nil {
			return answer{}, c.failure(KindCanceled, call, err)
		}
	}
}

// once sends a call one time.
func (c *Client) once(ctx context.Context, call call, method string) (answer, error) {
	if err := c.prepare(&call, method); err != nil {
		return answer{}, err
	}
	return c.attempt(ctx, call, 1)
}

// prepare refuses an address that must not become a request.
func (c *Client) prepare(call *call, method string) error {
	call.method = method
	if call.lists {
		if err := CheckAccount(call.id.Account); err != nil {
			return c.failure(KindInvalid, *call, err)
		}
		return nil
	}
	if err := call.id.check(); err != nil {
		return c.failure(KindInvalid, *call, err)
	}
	return nil
}

// fits reports whether a pause ends before the context's deadline.
func fits(ctx context.Context, pause time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return !ok || time.Until(deadline) > pause
}

// pauseAfter is the pause between a failed try and the next: the server's word, or ours. The last
// one before a server is given up that cannot be reached ends when that is.
func pauseAfter(e *Error, failed int, tried time.Duration) time.Duration {
	pause := cmp.Or(e.RetryAfter, jitter(backoff(failed)))
	if e.Kind == KindUnreachable {
		return min(pause, refusedFor-tried)
	}
	return pause
}

// jitter spreads a pause by a fifth either way, so that operations which failed together do not
// come back together.
func jitter(pause time.Duration) time.Duration {
	return pause - pause/5 + rand.N(2*pause/5+1)
}

// Sleep waits, and returns early with the context's cause when it ends.
func Sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
