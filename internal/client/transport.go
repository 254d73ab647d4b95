// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/http"
	"time"
)

// idleConnections is how many connections to the API are kept for the next requests. Terraform
// runs 10 operations at once unless told otherwise; fewer than that would make each of them pay
// for a TLS handshake at nearly every request.
const idleConnections = 64

// NewTransport makes a transport that takes proxies from the environment and trusts the
// system's certificate pool, as Go's default one does.
func NewTransport() http.RoundTripper {
	transport := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           idleConnections,
		MaxIdleConnsPerHost:    idleConnections,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
	return transport
}

// newHTTPClient never follows a redirect: the credentials would travel along, X-Auth-Key even
// to another host, and a 301 would turn a PATCH into a GET.
func newHTTPClient(transport http.RoundTripper) *http.Client {
	if transport == nil {
		transport = NewTransport()
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
