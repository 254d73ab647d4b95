// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"time"
)

// attemptTimeout is the time limit of one request. The server holds a PATCH for about 10 s
// (https://developers.cloudflare.com/registrar/registrar-api/); a limit near that would turn a
// slow success into a question.
const attemptTimeout = 30 * time.Second

// bodyLimit is the largest body that is read, in bytes. A page of 50 registrations has about
// 15 kB; without a limit a broken or hostile server decides how much memory we use.
const bodyLimit = 4 << 20

// call is one thing asked of the API.
type call struct {
	op     string
	id     DomainID
	lists  bool // it is about the account, so that id has no name
	method string
	url    *url.URL
	body   []byte
	header http.Header
}

// answer is what came back, its body read whole and free of credentials.
type answer struct {
	status int
	ray    string // the identifier under which Cloudflare keeps the request
	header http.Header
	body   []byte
}

// attempt sends a call once. Its error is an *Error; an answer with an error status is one too.
func (c *Client) attempt(ctx context.Context, call call, number int) (answer, error) {
	tell, err := c.limiter.enter(ctx)
	if err != nil {
		return answer{}, c.heldBack(ctx, call, err)
	}
	started := time.Now()
	got, err := c.exchange(ctx, call, tell)
	c.logger.LogAttrs(ctx, slog.LevelDebug, "registrar request",
		slog.String("method", call.method), slog.String("path", call.url.EscapedPath()),
		slog.Int("status", got.status), slog.Int64("duration_ms", time.Since(started).Milliseconds()),
		slog.Int("attempt", number), slog.String("cf_ray", got.ray))
	if err != nil {
		return answer{}, c.connectionError(ctx, call, got, err)
	}
	return got, c.answerError(call, got)
}

// exchange is the request and its whole answer over the wire.
func (c *Client) exchange(ctx context.Context, call call, tell answered) (answer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, attemptTimeout, errAttemptTimeout)
	defer cancel()
	response, err := c.send(ctx, call)
	if err != nil {
		tell(nil, 0)
		return answer{}, contextCause(ctx, err)
	}
	defer func() { _ = response.Body.Close() }() // what matters of the body was read
	tell(response.Header, response.StatusCode)
	got := answer{status: response.StatusCode, header: response.Header}
	got.ray = printable(c.redactor.clean(response.Header.Get("Cf-Ray")))
	body, err := io.ReadAll(io.LimitReader(response.Body, bodyLimit+1))
	if err != nil {
		return got, contextCause(ctx, err)
	}
	if len(body) > bodyLimit {
		return got, fmt.Errorf("%w of %d bytes", errTooLarge, bodyLimit)
	}
	got.body = c.redactor.cleanJSON(body)
	return got, nil
}

// send makes the request and gives the head of its answer.
func (c *Client) send(ctx context.Context, call call) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, call.method, call.url.String(), bytes.NewReader(call.body))
	if err != nil {
		return nil, err
	}
	c.dress(request, call)
	return c.http.Do(request)
}

// dress puts headers on a request.
func (c *Client) dress(request *http.Request, call call) {
	maps.Copy(request.Header, call.header)
	request.Header.Set("Accept", "application/json")
	if call.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.userAgent != "" {
		request.Header.Set("User-Agent", c.userAgent)
	}
	c.credentials.sign(request.Header)
}

var (
	errAttemptTimeout = errors.New("no answer within " + attemptTimeout.String())
	errTooLarge       = errors.New("the answer is larger than the limit")
)

// contextCause prefers the reason why a context ended to the network's words for it, since "context
// deadline exceeded" does not say whose deadline it was.
func contextCause(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}
