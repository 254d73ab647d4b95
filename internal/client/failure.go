// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"regexp"
)

// failure starts the Error of a call.
func (c *Client) failure(kind Kind, call call, err error) *Error {
	return &Error{
		Kind: kind, Op: call.op, ID: call.id, Product: c.product,
		Method: call.method, Path: printable(call.url.EscapedPath()), Err: err,
	}
}

// heldBack is the Error of a call that was never sent: the rate limit left it no place before
// the context's deadline, or the context ended while it waited for one.
func (c *Client) heldBack(ctx context.Context, call call, err error) *Error {
	e := c.failure(KindRateLimited, call, contextCause(ctx, err))
	if noTime, ok := errors.AsType[*noTimeError](err); ok {
		e.RequiredWait = noTime.wait
	}
	return e
}

// connectionError is the Error of a request without a whole answer.
func (c *Client) connectionError(ctx context.Context, call call, got answer, err error) *Error {
	kind := connectionKind(err)
	if ctx.Err() != nil {
		kind, err = KindCanceled, context.Cause(ctx)
	}
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err // its text would repeat the method and the URL
	}
	e := c.failure(kind, call, textError{printable(withoutUsers(c.redactor.clean(err.Error()))), err})
	e.Status, e.Ray = got.status, got.ray
	return e
}

// userinfo is what stands between the scheme and the last @ of a URL in quotation marks.
var userinfo = regexp.MustCompile(`://[^"\s]*@`)

// withoutUsers takes user names and passwords out of the URLs in an error. Go names a proxy's
// address in full where it cannot read it.
func withoutUsers(text string) string { return userinfo.ReplaceAllString(text, "://") }

// connectionKind sorts the errors of net/http by what they say about the request: whether it
// can have reached the server, and whether another try could end differently.
func connectionKind(err error) Kind {
	if errors.Is(err, errAttemptTimeout) {
		return KindAttemptTimeout
	}
	if errors.Is(err, errTooLarge) {
		return KindMalformed
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return KindUnknownHost
	}
	if isTLS(err) {
		return KindTLS
	}
	if isUnsent(err) {
		return KindUnreachable
	}
	return KindConnectionLost
}

// isUnsent reports whether there was no connection on which anything could have been sent.
func isUnsent(err error) bool {
	if _, ok := errors.AsType[unsentError](err); ok {
		return true
	}
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial"
}

// isTLS reports whether the two ends could not agree on a secure connection.
func isTLS(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	// The other end's own complaint. Later than the handshake it may follow on a request.
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" && isUnsent(err) {
		return true
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return true
	}
	return errors.Is(err, http.ErrSchemeMismatch)
}

// textError shows a cleaned text and keeps the error underneath for errors.Is.
type textError struct {
	text string
	err  error
}

func (e textError) Error() string { return e.text }
func (e textError) Unwrap() error { return e.err }
