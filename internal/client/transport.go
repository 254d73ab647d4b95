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

// idleConnections is how many connections to the API are kept for the next requests. Terraform
// runs 10 operations at once unless told otherwise; fewer than that would make each of them pay
// for a TLS handshake at nearly every request.
const idleConnections = 64

// connectTimeout is how long a connection may take, and then its handshake. Both together are
// shorter than an attempt, so that an address which swallows everything is known as one that
// cannot be reached and not as a server that is slow.
const connectTimeout = 10 * time.Second

// NewTransport makes a transport that takes proxies from the environment and trusts the
// system's certificate pool, as Go's default one does.
func NewTransport() http.RoundTripper {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: connectTimeout}).DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           idleConnections,
		MaxIdleConnsPerHost:    idleConnections,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    connectTimeout,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// unsentError is the error of a request for which there was never a connection: a proxy refused
// it, or a handshake failed. Only then is it certain that a PATCH was not acted on.
type unsentError struct{ error }

func (e unsentError) Unwrap() error { return e.error }

// tracked marks the errors of requests that were never sent. The errors themselves do not tell:
// an EOF of a handshake looks like one that came in place of an answer.
type tracked struct{ *http.Transport }

// RoundTrip implements http.RoundTripper.
func (t tracked) RoundTrip(request *http.Request) (*http.Response, error) {
	var connected atomic.Bool
	ctx := httptrace.WithClientTrace(request.Context(), &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})
	response, err := t.Transport.RoundTrip(request.WithContext(ctx))
	if err != nil && !connected.Load() {
		return nil, unsentError{err}
	}
	return response, err
}

// newHTTPClient never follows a redirect: the credentials would travel along, X-Auth-Key even
// to another host, and a 301 would turn a PATCH into a GET.
func newHTTPClient(transport http.RoundTripper) *http.Client {
	if transport == nil {
		transport = NewTransport()
	}
	if network, ok := transport.(*http.Transport); ok {
		transport = tracked{network}
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
