// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
)

// connectionError is the Error of a request whose response did not come, or not whole.
func (c *Client) connectionError(ctx context.Context, req request, got response, err error) *Error {
	kind := connectionKind(err)
	if ctx.Err() != nil {
		kind, err = KindCanceled, context.Cause(ctx)
	}
	e := c.newError(kind, req, err)
	e.Status, e.Ray = got.status, got.ray
	return e
}

// connectionKind sorts the errors of net/http by what they say about the request: whether it can have
// reached the server, and whether another attempt could end differently.
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

// isUnsent reports whether there was no connection on which anything could have been sent. A transport
// other than ours has no unsentError.
func isUnsent(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial" || is[unsentError](err)
}

// isTLS reports whether the two ends could not agree on a secure connection.
func isTLS(err error) bool {
	// The other end's own complaint, and garbage in place of a record, are of the handshake only where
	// nothing was sent.
	op, ok := errors.AsType[*net.OpError](err)
	complaint := ok && op.Op == "remote error" || is[tls.RecordHeaderError](err)
	return complaint && isUnsent(err) || is[*tls.CertificateVerificationError](err)
}

// is reports whether an error of this type is in the chain.
func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
