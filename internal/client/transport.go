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

// maxConnections is the number of connections to the API, in use or idle. Terraform's -parallelism
// (default 10) limits the number in use, because one operation has one request at a time. maxConnections
// is well above common settings. A request over the limit waits for a connection until its attempt times out, and
// then counts as not sent. Connections stay open between requests, which saves TLS handshakes.
const maxConnections = 64

// connectTimeout limits dialing, and then the TLS handshake. Together they are shorter than an attempt, so an
// address that drops packets counts as unreachable, not as a slow server.
const connectTimeout = 10 * time.Second

// NewTransport returns a transport that uses the environment's proxies and the system's certificate pool, as
// Go's default transport does.
//
// It uses HTTP/1.1 only. Go's HTTP/2 transport resends a request whose stream the peer reset, without pause or
// limit, and keeps using a connection that has gone silent.
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

// unsentError is the error of a request that got no connection: a proxy refused it or didn't answer, or a
// handshake failed. The server can't have acted on such a request.
type unsentError struct{ error }

func (e unsentError) Unwrap() error { return e.error }

// unsentDetector marks the errors of requests that were never sent. The error alone isn't enough:
// an EOF during the handshake looks like an EOF in place of a response.
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

// roundTripper returns the transport of a Client. A Client doesn't use http.Client, which would follow redirects with
// the credentials, and turn a PATCH into a GET after a 301. It would also hide a response with a malformed Location.
func roundTripper(transport http.RoundTripper) http.RoundTripper {
	if network, ok := transport.(*http.Transport); ok {
		return unsentDetector{network}
	}
	return transport
}
