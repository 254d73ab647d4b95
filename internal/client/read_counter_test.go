// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"io"
	"net/http"
)

// readCounter counts what is read of the answers' bodies. It is for one request at a time.
type readCounter struct {
	transport http.RoundTripper
	bytes     int
}

func (c *readCounter) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := c.transport.RoundTrip(request)
	if err == nil {
		response.Body = &countedBody{response.Body, c}
	}
	return response, err
}

type countedBody struct {
	io.ReadCloser
	counter *readCounter
}

func (b *countedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.counter.bytes += n
	return n, err
}
