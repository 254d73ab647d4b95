// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
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
	if a.broken != nil {
		return nil, a.broken
	}
	return &http.Response{
		Status: fmt.Sprint(a.status, " ", http.StatusText(a.status)), StatusCode: a.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header, ContentLength: a.length(), Body: io.NopCloser(a.reader(req.Context())), Request: req,
	}, nil
}
