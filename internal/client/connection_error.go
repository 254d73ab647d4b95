// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
)

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

// connectionKind classifies an error from net/http by whether the request may have reached the server, and
// whether another attempt could succeed.
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

// isUnsent reports whether the request had no connection. Only our transport returns
// an unsentError.
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
