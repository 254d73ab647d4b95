// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"context"
	"io"
	"net/http"
)

// Transport returns a transport that calls the handler, for any host. Unlike with a
// socket, the clock of a testing/synctest bubble advances while a request waits. No
// goroutine outlives its request. A request ends when its body has been read or
// closed, or when its context ends.
func (s *Server) Transport() http.RoundTripper {
	return &transport{handler: s}
}

type transport struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		closeBody(req)
		return nil, err
	}
	ctx, hangUp := context.WithCancel(req.Context())
	out := newExchange(req, hangUp)
	go out.run(t.handler, req.Clone(ctx))
	select {
	case <-out.started:
	case <-out.finished:
	case <-ctx.Done():
	}
	return out.response(ctx)
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// exchange is the ResponseWriter of one request, and its other end.
type exchange struct {
	req      *http.Request
	hangUp   context.CancelFunc
	started  chan struct{} // the handler has set the status
	finished chan struct{} // the handler has returned

	header http.Header // the handler's, until started
	sent   http.Header // a copy, from started on
	status int
	broken error
	reader *io.PipeReader
	writer *io.PipeWriter
}

func newExchange(req *http.Request, hangUp context.CancelFunc) *exchange {
	reader, writer := io.Pipe()
	return &exchange{
		req: req, hangUp: hangUp, header: http.Header{}, reader: reader, writer: writer,
		started: make(chan struct{}), finished: make(chan struct{}),
	}
}

func (x *exchange) run(handler http.Handler, in *http.Request) {
	defer close(x.finished)
	defer closeBody(x.req)
	if in.Body == nil {
		in.Body = http.NoBody // a server's requests have a body
	}
	handler.ServeHTTP(x, in)
	if x.broken != nil {
		_ = x.writer.CloseWithError(x.broken)
		return
	}
	_ = x.writer.Close()
}

// Header implements http.ResponseWriter.
func (x *exchange) Header() http.Header { return x.header }

// WriteHeader implements http.ResponseWriter.
func (x *exchange) WriteHeader(status int) {
	if x.sent != nil {
		return
	}
	x.status, x.sent = status, x.header.Clone()
	close(x.started)
}

// Write implements http.ResponseWriter. It blocks until the client reads, so that an
// endless body uses no memory.
func (x *exchange) Write(p []byte) (int, error) {
	x.WriteHeader(http.StatusOK)
	return x.writer.Write(p)
}

func (x *exchange) breakWith(err error) { x.broken = err }

// end makes the handler return and waits for it.
func (x *exchange) end(err error) {
	x.hangUp()
	_ = x.reader.CloseWithError(err)
	<-x.finished
}
