// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Kind classifies an Error by what the caller can do next.
type Kind int

// The kinds of failure. "Not sent" means that the server can't have acted on the request. "Unknown"
// means that it may have.
const (
	_ Kind = iota
	// KindInvalid is a request with an account or domain name that isn't valid in a URL. Not sent.
	KindInvalid
	// KindRateLimited is a request whose wait for the rate limit would exceed the context's deadline
	// (Error.RequiredWait is set), or whose context ended during that wait. Not sent.
	KindRateLimited
	// KindRefused is a response in the API's own envelope without success, with any status.
	KindRefused
	// KindNotAPI is a response with an error status and an incomplete body, or without the API's envelope, such
	// as HTML from a proxy or gateway. The client still uses its status and headers.
	KindNotAPI
	// KindMalformed is a response with a success status that can't be decoded. Unknown for a PATCH.
	KindMalformed
	// KindRedirect is a response with a status of 300 to 399. The client doesn't follow redirects.
	// Unknown for a PATCH: a 303 can follow a PATCH that succeeded.
	KindRedirect
	// KindUnknownHost is a host that doesn't exist in DNS. Not sent.
	KindUnknownHost
	// KindTLS is a failure to set up a secure connection. Not sent.
	KindTLS
	// KindUnreachable is a failure to connect, directly or through a proxy. Not sent.
	KindUnreachable
	// KindConnectionLost is a connection that broke. Unknown.
	KindConnectionLost
	// KindAttemptTimeout is a request without a complete response within 30 s. Unknown.
	KindAttemptTimeout
	// KindCanceled means that the caller's context ended during an attempt or a pause. Error.Err is the
	// context's cause. Unknown.
	KindCanceled
)

// Error is a failed request. No field contains credentials or control characters.
type Error struct {
	// Kind classifies the failure.
	Kind Kind
	// Op completes "Cannot …": "read the registration of example.com".
	Op string
	// ID is the domain of the request; its name is empty for an account's list.
	ID DomainID
	// Method and Path are the request's, without scheme, host and query.
	Method, Path string
	// Status is the response's HTTP status, zero without a response.
	Status int
	// Errors are the API's reasons, from a body of any shape.
	Errors []APIError
	// Excerpt is the beginning of a body that gives no reasons, at most 200 characters.
	Excerpt string
	// Ray is the response's cf-ray. Cloudflare support uses it to find the request.
	Ray string
	// RetryAfter is the response's Retry-After, at most 24 h. It is zero if the response has none, or if
	// its status is neither transient (see IsTransient) nor 409.
	RetryAfter time.Duration
	// RequiredWait is the wait before the next attempt, if the context's deadline comes first.
	RequiredWait time.Duration
	// Product is the API that was called.
	Product Product
	// CredentialsFrom and AccountFrom are the variables or attributes that set the credentials and the
	// account. AccountFrom is empty unless the account is the default.
	CredentialsFrom, AccountFrom string
	// AccountWide means that the API refuses the credentials for the whole account.
	AccountWide bool
	// Repeated means that an earlier request got this error, and this one was not sent.
	Repeated bool
	// Err is the cause, such as a network or decoding error. It is nil if Status and Errors are the whole
	// failure.
	Err error

	outage *outage // nil unless the API was unreachable or temporarily unavailable
	health *health // nil in an Error that wasn't made by a Client
}

// newError returns the Error of a request, without the parts that a response adds.
func (c *Client) newError(kind Kind, req request, err error) *Error {
	e := &Error{
		Kind: kind, Op: req.op, ID: req.id, Method: req.method, Path: printable(req.url.EscapedPath()),
		Product: c.config.Product, CredentialsFrom: c.config.Credentials.From, health: c.healthOf(req.id.Account),
	}
	if req.id.Account == c.config.DefaultAccount {
		e.AccountFrom = c.config.AccountFrom
	}
	if err != nil {
		e.Err = textError{printable(withoutUsers(c.redactor.clean(err.Error()))), err}
	}
	if noTime, ok := errors.AsType[*noTimeError](err); ok {
		e.RequiredWait = noTime.wait
	}
	return e
}

// textError is a redacted message that wraps its cause for errors.Is.
type textError struct {
	text string
	err  error
}

func (e textError) Error() string { return e.text }
func (e textError) Unwrap() error { return e.err }

// Error returns one line: "<Op>: <Reason>".
func (e *Error) Error() string { return "cannot " + e.Op + ": " + e.Reason() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Reason returns the status, the API's reasons and the cause, without Op.
func (e *Error) Reason() string {
	var parts []string
	if e.Status != 0 {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("HTTP status %d %s", e.Status, http.StatusText(e.Status))))
	}
	for _, a := range e.Errors {
		parts = append(parts, a.String())
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	if e.Excerpt != "" {
		parts = append(parts, strconv.Quote(e.Excerpt))
	}
	return strings.Join(parts, ", ")
}

// connectionError returns the Error of a request without a complete response.
func (c *Client) connectionError(ctx context.Context, req request, got response, err error) *Error {
	kind := connectionKind(err)
	if ctx.Err() != nil {
		kind, err = KindCanceled, context.Cause(ctx)
	}
	e := c.newError(kind, req, err)
	e.Status, e.Ray = got.status, got.ray
	return e
}

// connectionKind classifies an error from net/http: whether the request may have reached the server, and whether
// another attempt can succeed.
func connectionKind(err error) Kind {
	dns, ok := errors.AsType[*net.DNSError](err)
	switch {
	case ok && dns.IsNotFound:
		return KindUnknownHost
	case isTLS(err):
		return KindTLS
	case isUnsent(err):
		return KindUnreachable
	case errors.Is(err, errAttemptTimeout):
		return KindAttemptTimeout
	case errors.Is(err, errTooLarge):
		return KindMalformed
	}
	return KindConnectionLost
}

// isUnsent reports whether the request got no connection. Transports other than ours return a *net.OpError
// instead of an unsentError.
func isUnsent(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial" || is[unsentError](err)
}

// isTLS reports whether the TLS handshake failed.
func isTLS(err error) bool {
	// A TLS alert or garbage is part of the handshake only if the client sent nothing.
	op, ok := errors.AsType[*net.OpError](err)
	alert := ok && op.Op == "remote error" || is[tls.RecordHeaderError](err)
	return alert && isUnsent(err) || is[*tls.CertificateVerificationError](err)
}

// is reports whether the chain has an error of this type.
func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
