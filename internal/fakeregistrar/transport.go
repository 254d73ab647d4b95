// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
)

// Transport returns a transport that calls the server in the caller's goroutine, for
// any host. While a request waits, the clock of a testing/synctest bubble advances; with
// a socket it wouldn't.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ server *Server }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		defer func() { _ = req.Body.Close() }()
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	a := t.server.respond(req)
	if err := cmp.Or(context.Cause(req.Context()), a.broken); err != nil {
		return nil, err
	}
	ctx, end := context.WithCancelCause(req.Context())
	return &http.Response{
		Status: fmt.Sprint(a.status, " ", http.StatusText(a.status)), StatusCode: a.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header, ContentLength: a.length(), Body: responseBody{a.reader(ctx), end}, Request: req,
	}, nil
}

// responseBody is a body that can't be read after Close.
type responseBody struct {
	io.Reader

	end context.CancelCauseFunc
}

// Close implements io.Closer.
func (b responseBody) Close() error {
	b.end(http.ErrBodyReadAfterClose)
	return nil
}
