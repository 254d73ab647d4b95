// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// maxConnections is how many connections to the API may be open, in use or idle. Terraform's
// -parallelism (10 unless told otherwise) sets how many are used: one operation has one request at a
// time. The bound is well above what people set and keeps one process from opening hundreds; a request
// beyond it waits for a connection within its attempt's time limit and counts as not sent. All may stay
// open between requests, or each operation would pay for a TLS handshake at nearly every one.
const maxConnections = 64

// connectTimeout is how long a connection may take, and then its handshake. Both together are shorter
// than an attempt, so that an address which swallows everything counts as unreachable and not as a
// slow server.
const connectTimeout = 10 * time.Second

// NewTransport makes a transport that takes proxies from the environment and trusts the system's
// certificate pool, as Go's default one does.
//
// It speaks HTTP/1.1 only. Go's HTTP/2 transport repeats a stream that the peer reset, body and all,
// without pause or bound, and goes on using a connection that has gone silent.
func NewTransport() *http.Transport {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Transport{
		Protocols:              &protocols,
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: connectTimeout}).DialContext,
		TLSHandshakeTimeout:    connectTimeout,
		MaxConnsPerHost:        maxConnections,
		MaxIdleConns:           maxConnections,
		MaxIdleConnsPerHost:    maxConnections,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// unsentError is the error of a request that never got a connection: a proxy refused it or kept
// silent, or a handshake failed. Only then is it certain that a PATCH was not acted on.
type unsentError struct{ error }

func (e unsentError) Unwrap() error { return e.error }

// unsentDetector marks the errors of requests that were never sent. The errors themselves do not tell:
// the EOF of a handshake looks like one in place of a response.
type unsentDetector struct{ *http.Transport }

// RoundTrip implements http.RoundTripper.
func (d unsentDetector) RoundTrip(request *http.Request) (*http.Response, error) {
	var connected atomic.Bool
	ctx := httptrace.WithClientTrace(request.Context(), &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})
	response, err := d.Transport.RoundTrip(request.WithContext(ctx))
	if err != nil && !connected.Load() {
		return nil, unsentError{err}
	}
	return response, err
}

// roundTripper gives what a Client sends its requests through. It is no http.Client, which would
// follow redirects with the credentials on, turn the PATCH of a 301 into a GET, and hide a response
// whose Location it cannot parse.
func roundTripper(transport http.RoundTripper) http.RoundTripper {
	if transport == nil {
		transport = NewTransport()
	}
	if network, ok := transport.(*http.Transport); ok {
		return unsentDetector{network}
	}
	return transport
}
