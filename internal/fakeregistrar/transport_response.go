// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"strconv"
)

// response returns the result of RoundTrip, once the exchange has started or ended.
func (x *exchange) response(ctx context.Context) (*http.Response, error) {
	if err := context.Cause(ctx); err != nil {
		x.end(err)
		return nil, err
	}
	select {
	case <-x.started:
	default:
		<-x.finished
		x.hangUp()
		return nil, cmp.Or(x.broken, io.ErrUnexpectedEOF)
	}
	length, err := strconv.ParseInt(x.sent.Get("Content-Length"), 10, 64)
	if err != nil {
		length = -1
	}
	return &http.Response{
		Status: strconv.Itoa(x.status) + " " + http.StatusText(x.status), StatusCode: x.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: x.sent, ContentLength: length, Request: x.req,
		Body: &responseBody{exchange: x, stop: context.AfterFunc(ctx, func() {
			_ = x.writer.CloseWithError(context.Cause(ctx))
		})},
	}, nil
}

// responseBody is the client's end of the body.
type responseBody struct {
	exchange *exchange
	stop     func() bool
}

// Read returns io.ErrUnexpectedEOF for a cut body, as a real transport does, and the
// context's error once it has ended.
func (b *responseBody) Read(p []byte) (int, error) {
	n, err := b.exchange.reader.Read(p)
	if err == nil {
		return n, nil
	}
	// A handler that ends with its client ends the body too, perhaps first.
	over := context.Cause(b.exchange.req.Context())
	b.stop()
	b.exchange.hangUp()
	return n, cmp.Or(over, err)
}

// Close hangs up and waits for the handler.
func (b *responseBody) Close() error {
	b.stop()
	b.exchange.end(http.ErrBodyReadAfterClose)
	return nil
}
