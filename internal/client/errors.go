// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Kind says what sort of failure an Error is, as far as the next step depends on it.
type Kind int

// The kinds of failure. "Not sent" means that the server cannot have acted on the request.
const (
	// KindInvalid is a call whose account or domain name must not become a URL. Not sent.
	KindInvalid Kind = iota + 1
	// KindRateLimited is a call for which the rate limit leaves no time before the context's deadline
	// (Error.RequiredWait is set), or whose context ended before its turn came. Not sent.
	KindRateLimited
	// KindRefused is a response in the API's own envelope that says no, whatever its status.
	KindRefused
	// KindNotAPI is a response with an error status that is not in the API's envelope (a proxy's, a
	// gateway's, HTML) or whose body was cut. Its status and headers count.
	KindNotAPI
	// KindMalformed is a response with a success status on which no decision can rest. A PATCH may have
	// been acted on.
	KindMalformed
	// KindRedirect is a response with a status of 300 to 399. Redirects are not followed. A PATCH may have
	// been acted on: 303 is an answer to one that was.
	KindRedirect
	// KindUnknownHost is a host that the name servers say does not exist. Not sent.
	KindUnknownHost
	// KindTLS is a failure to agree on a secure connection. Not sent.
	KindTLS
	// KindUnreachable is a connection that could not be made, also by a proxy. Not sent.
	KindUnreachable
	// KindConnectionLost is a connection that broke. Nobody knows whether the server acted.
	KindConnectionLost
	// KindAttemptTimeout is a request without a whole response within 30 s. Nobody knows whether the
	// server acted.
	KindAttemptTimeout
	// KindCanceled is an attempt or a pause that the caller's context ended; its cause is in Error.Err.
	// Nobody knows whether the server acted.
	KindCanceled
)

// Error is why a call failed. Every field is free of credentials and of control characters.
type Error struct {
	// Kind says what the next step can be.
	Kind Kind
	// Op completes "Cannot …": "read the registration of example.com".
	Op string
	// ID is what the call was about; its name is empty for a list of an account.
	ID DomainID
	// Method and Path are the request's, without scheme, host and query.
	Method, Path string
	// Status is the response's HTTP status, zero where there was no response.
	Status int
	// Errors are the API's reasons, in whatever shape it sent them.
	Errors []APIError
	// Excerpt is the beginning of a body without reasons, at most 200 characters.
	Excerpt string
	// Ray is the response's cf-ray, by which Cloudflare's support finds a request.
	Ray string
	// RetryAfter is the response's Retry-After, at most 24 h; zero where it has none, or a status that
	// does not pass by waiting (see IsTransient; 409 counts too).
	RetryAfter time.Duration
	// RequiredWait is how long the next attempt would have had to wait where the context's deadline
	// comes sooner; zero otherwise.
	RequiredWait time.Duration
	// Product is the API that was called.
	Product Product
	// CredentialsFrom and AccountFrom are the variable or attribute that set them, for people to
	// correct; AccountFrom is empty unless the account is the default.
	CredentialsFrom, AccountFrom string
	// AccountWide means that the API refuses the credentials for the whole account.
	AccountWide bool
	// Repeated means that an earlier request got this error, and this one was not sent.
	Repeated bool
	// Err is the cause, such as the network's error or the decoder's; nil where Status and Errors say all.
	Err error

	outage bool    // the API couldn't be reached, or couldn't answer at the moment
	health *health // nil in an Error that wasn't made by a Client
}

// newError returns the Error of a request, without the parts that a response adds.
func (c *Client) newError(kind Kind, req request, err error) *Error {
	e := &Error{Kind: kind, Product: c.config.Product, CredentialsFrom: c.config.Credentials.From, health: c.healthOf(req.id.Account)}
	if req.id.Account == c.config.DefaultAccount {
		e.AccountFrom = c.config.AccountFrom
	}
	if err != nil {
		e.Err = textError{printable(withoutUsers(c.redactor.clean(err.Error()))), err}
	}
	if noTime, ok := errors.AsType[*noTimeError](err); ok {
		e.RequiredWait = noTime.wait
	}
	return e.about(req)
}

// about sets the request that the error is about.
func (e *Error) about(req request) *Error {
	e.Op, e.ID, e.Method, e.Path = req.op, req.id, req.method, printable(req.url.EscapedPath())
	return e
}

// textError shows a cleaned text and keeps the cause for errors.Is.
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

// Reason returns why the call failed, without Op: the status, the envelope's errors, the cause.
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
