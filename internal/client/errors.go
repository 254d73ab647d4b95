// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
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

// APIError is one entry of the envelope's "errors".
// Source: the schema "api-response-common-failure" of
// https://developers.cloudflare.com/api/resources/registrar/.
type APIError struct {
	// Code is Cloudflare's number, zero where the response has none.
	Code int
	// Message is for people, and changes without notice.
	Message string
	// Pointer is the JSON pointer to the member of the request at fault, often empty.
	Pointer string
}

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
	// Errors are the envelope's errors.
	Errors []APIError
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
	// Err is the cause, such as the network's error or the decoder's; nil where Status and Errors say all.
	Err error
}

// newError makes the Error of a call, without what a response adds.
func (c *Client) newError(kind Kind, call call, err error) *Error {
	e := &Error{
		Kind: kind, Op: call.op, ID: call.id, Product: c.config.Product,
		Method: call.method, Path: printable(call.url.EscapedPath()),
	}
	if err != nil {
		e.Err = textError{printable(withoutUsers(c.redactor.clean(err.Error()))), err}
	}
	if noTime, ok := errors.AsType[*noTimeError](err); ok {
		e.RequiredWait = noTime.wait
	}
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
	return strings.Join(parts, ", ")
}

// String returns `code 10000 "Domain not found"`.
func (a APIError) String() string {
	text := fmt.Sprintf("code %d %q", a.Code, a.Message)
	if a.Pointer != "" {
		text += " at " + a.Pointer
	}
	return text
}

// HasCode reports whether one of the envelope's errors has the code.
func (e *Error) HasCode(code int) bool {
	return slices.ContainsFunc(e.Errors, func(a APIError) bool { return a.Code == code })
}

// codeNotFound is the code of every documented error of the registrar, "Domain not found" and "No
// workflow found" among them; routing errors have others (7003).
// Source: the examples of https://developers.cloudflare.com/api/resources/registrar/.
const codeNotFound = 10000

// IsNotFound reports whether the API itself said that the account does not hold the domain: status 404
// with code 10000. A 404 from a proxy, or of routing because of a wrong base URL, says nothing about a
// domain.
func IsNotFound(err error) bool {
	return notFoundStatus(err) == http.StatusNotFound
}

// IsNoUpdate reports whether the API itself said that a registration has no update workflow: any status
// from 400 to 499 with code 10000, except 401, 403 and those that pass by themselves (408, 425, 429).
// The reference shows "No workflow found" under "4XX" and gives no number.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
func IsNoUpdate(err error) bool {
	status := notFoundStatus(err)
	return status >= 400 && status <= 499 && status != http.StatusUnauthorized && status != http.StatusForbidden && !IsTransient(status)
}

// notFoundStatus is the status of a refusal with code 10000, zero for any other error.
func notFoundStatus(err error) int {
	if e, ok := errors.AsType[*Error](err); ok && e.HasCode(codeNotFound) {
		return e.Status
	}
	return 0
}
