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

// The kinds of failure.
const (
	// KindInvalid is a request that was never sent, because its address would have been wrong.
	KindInvalid Kind = iota + 1
	// KindRateLimited is a request that was never sent, because the rate limit leaves it no place
	// before the context's deadline, or because the context ended before its place came.
	KindRateLimited
	// KindRefused is an answer in the API's own envelope that says no.
	KindRefused
	// KindNotAPI is an error answer that is not the API's own: a proxy's, a gateway's, HTML.
	KindNotAPI
	// KindMalformed is an answer that says yes but on which no decision can rest.
	KindMalformed
	// KindRedirect is an answer that points elsewhere; redirects are not followed.
	KindRedirect
	// KindUnknownHost is a host that the name servers say does not exist.
	KindUnknownHost
	// KindTLS is a failure to agree on a secure connection.
	KindTLS
	// KindUnreachable is a connection that could not be made, so that nothing was sent.
	KindUnreachable
	// KindConnectionLost is a connection that broke, so that nobody knows what the server did.
	KindConnectionLost
	// KindAttemptTimeout is an attempt without an answer within its own time limit.
	KindAttemptTimeout
	// KindCanceled is an attempt or a pause that the caller's context ended.
	KindCanceled
)

// APIError is one entry of the envelope's "errors".
type APIError struct {
	Code    int
	Message string
	Pointer string
}

// Error is why a call failed. Every field is free of credentials and of control characters.
type Error struct {
	Kind Kind
	// Op completes "… failed": "reading the registration of example.com".
	Op string
	// ID is whom it was about; the name is empty for a list of an account.
	ID DomainID
	// Method and Path are what was sent, without scheme and host.
	Method, Path string
	// Status is the HTTP status of the answer, zero where there was none.
	Status int
	// Errors are the envelope's errors.
	Errors []APIError
	// Ray is the answer's cf-ray, by which Cloudflare's support finds a request.
	Ray string
	// RetryAfter is how long the server asked to wait; zero where it asked nothing.
	RetryAfter time.Duration
	// RequiredWait is how long the next try would have had to wait where the context's deadline
	// comes sooner; zero otherwise.
	RequiredWait time.Duration
	// Product tells the two APIs apart.
	Product Product
	// Err is what was underneath, such as the network's error or the decoder's.
	Err error
}

// Error gives one line: what was being done, and why it failed.
func (e *Error) Error() string { return e.Op + ": " + e.Reason() }

// Unwrap gives what was underneath.
func (e *Error) Unwrap() error { return e.Err }

// Reason says why, without saying what was being done.
func (e *Error) Reason() string {
	var parts []string
	if e.Status != 0 {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("HTTP status %d %s", e.Status, http.StatusText(e.Status))))
	}
	for _, answer := range e.Errors {
		parts = append(parts, answer.String())
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ", ")
}

// String gives `code 10000 "Domain not found"`.
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

// codeNotFound is the code of every documented error of the registrar, "Domain not found" and
// "No workflow found" among them; routing errors have others (7003).
// Source: the examples of https://developers.cloudflare.com/api/resources/registrar/.
const codeNotFound = 10000

// IsNotFound reports whether the API itself said that what was asked for does not exist. A 404
// from a proxy, or of routing because of a wrong base URL, says nothing about a domain.
func IsNotFound(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Kind == KindRefused && e.Status == http.StatusNotFound && e.HasCode(codeNotFound)
}

// IsNoUpdate reports whether the API itself said that a registration has no update workflow. The
// reference shows "No workflow found" under "4XX" and gives no number, so any of the class counts
// that cannot mean something else.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
func IsNoUpdate(err error) bool {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Kind != KindRefused || e.Status < 400 || e.Status > 499 || !e.HasCode(codeNotFound) {
		return false
	}
	return e.Status != http.StatusUnauthorized && e.Status != http.StatusForbidden && e.Status != http.StatusTooManyRequests
}
