// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// attemptTimeout limits one attempt, from dialing to the end of the response's body. The server holds a
// PATCH for about 10 s (https://developers.cloudflare.com/registrar/registrar-api/). With a limit near
// that, the client would give up on a PATCH that is about to succeed.
const attemptTimeout = 30 * time.Second

// bodyLimit is the largest body that the client reads, in bytes. A page of 50 registrations is about 15 kB.
// Without a limit, a broken or hostile server could exhaust memory.
const bodyLimit = 4 << 20

// request is one request to the API.
type request struct {
	op      string // Error.Op
	id      DomainID
	invalid error // why it can't be sent, or nil
	method  string
	url     *url.URL
	body    string
}

// response is a server's response. Credentials are redacted.
type response struct {
	status  int
	ray     string // cf-ray, Cloudflare's ID of the request
	header  http.Header
	body    []byte
	bodyErr error // why the body is incomplete, or nil
}

// do sends a request once. Its error is an *Error. A response with an error status is an error.
func (c *Client) do(ctx context.Context, req request, attempt int) (response, error) {
	if req.invalid != nil {
		return response{}, c.newError(KindInvalid, req, req.invalid)
	}
	observe, err := c.config.Limiter.Wait(ctx)
	if err != nil {
		return response{}, c.newError(KindRateLimited, req, err)
	}
	started, h := time.Now(), c.healthOf(req.id.Account)
	h.sending(started)
	got, err := c.exchange(ctx, req, observe)
	c.config.Logger.LogAttrs(ctx, slog.LevelDebug, "registrar request",
		slog.String("method", req.method), slog.String("path", req.url.EscapedPath()),
		slog.Int("status", got.status), slog.Int64("duration_ms", time.Since(started).Milliseconds()),
		slog.Int("attempt", attempt), slog.String("cf_ray", got.ray))
	if got.status < 300 || ctx.Err() != nil { // an error response is usable without its complete body
		err = errors.Join(err, got.bodyErr)
	}
	if err != nil {
		err = c.connectionError(ctx, req, got, err)
	} else {
		err = c.statusError(req, got)
	}
	h.report(ctx, req, started, err)
	return got, err
}

// exchange sends the request and reads the response, within the attempt's time limit. It returns an
// error if no response arrives.
func (c *Client) exchange(ctx context.Context, req request, observe Observer) (response, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, attemptTimeout, errAttemptTimeout)
	defer cancel()
	httpResponse, err := c.config.Transport.RoundTrip(c.newRequest(ctx, req))
	if err != nil {
		observe(nil, 0)
		return response{}, withCause(ctx, err)
	}
	observe(httpResponse.Header, httpResponse.StatusCode)
	defer func() { _ = httpResponse.Body.Close() }() // the body has been read
	got := response{status: httpResponse.StatusCode, header: httpResponse.Header}
	got.ray = printable(c.redactor.clean(got.header.Get("Cf-Ray")))
	body, err := io.ReadAll(io.LimitReader(httpResponse.Body, bodyLimit+1))
	switch {
	case err != nil:
		got.bodyErr = withCause(ctx, err)
	case len(body) > bodyLimit:
		got.bodyErr = errTooLarge
	}
	got.body = c.redactor.cleanJSON(body)
	return got, nil
}

// newRequest returns the HTTP request. It has a body without GetBody, so that net/http can't send it
// again: net/http repeats a request without a body, or with GetBody, after its connection closes,
// even if the server acted on it (https://pkg.go.dev/net/http#Transport).
func (c *Client) newRequest(ctx context.Context, req request) *http.Request {
	header := http.Header{"Accept": {"application/json"}}
	if c.config.UserAgent != "" {
		header.Set("User-Agent", c.config.UserAgent)
	}
	if req.method == http.MethodGet {
		header.Set("Cache-Control", "no-cache") // a proxy's cached response could hide a change
	} else {
		header.Set("Content-Type", "application/json")
	}
	if req.method == http.MethodPatch && c.config.RespondAsync {
		header.Set("Prefer", "respond-async")
	}
	c.config.Credentials.setHeaders(header)
	request := &http.Request{
		Method: req.method, URL: req.url, Header: header,
		Body: io.NopCloser(strings.NewReader(req.body)), ContentLength: int64(len(req.body)),
	}
	return request.WithContext(ctx)
}

var (
	errAttemptTimeout = fmt.Errorf("no response within %s", attemptTimeout)
	errTooLarge       = fmt.Errorf("the response is larger than the limit of %d bytes", bodyLimit)
)

// withCause returns the context's cause instead of the network's error, because "context deadline
// exceeded" doesn't identify the deadline.
func withCause(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	switch {
	case cause == nil:
		return err
	case isUnsent(err):
		return unsentError{cause}
	}
	return cause
}
