// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"cmp"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
)

// Product is the path element that selects the API: the real one, which bills, or Cloudflare's sandbox,
// which does not.
type Product string

// The two products have the same operations and separate registrations.
// Source: https://developers.cloudflare.com/api/resources/registrar_sandbox/.
const (
	Production Product = "registrar"
	Sandbox    Product = "registrar-sandbox"
)

// Config configures a Client. BaseURL and Credentials are required.
type Config struct {
	// BaseURL is the API's address, as ParseBaseURL returns it.
	BaseURL *url.URL
	// Credentials go with every request, to BaseURL's origin and nowhere else.
	Credentials Credentials
	// Product is Production unless set.
	Product Product
	// RespondAsync sends "Prefer: respond-async" with each PATCH, so that the server does not hold the
	// connection while the update runs.
	RespondAsync bool
	// UserAgent is the User-Agent header; Go's own unless set.
	UserAgent string
	// Transport carries the requests; NewTransport() unless set. One that is no *http.Transport is to
	// send each request at most once, and to fail with a *net.OpError of Op "dial" where it sent none.
	Transport http.RoundTripper
	// Logger gets one line a request at level debug; nothing is logged unless set.
	Logger *slog.Logger
	// Limiter is shared by all clients with these credentials; a new one unless set.
	Limiter *Limiter
	// DefaultAccount is an account, and AccountFrom the variable or attribute that set it, for errors.
	DefaultAccount, AccountFrom string
}

// Client calls one product of the API with one set of credentials. It is safe for concurrent use.
type Client struct {
	config   Config
	redactor redactor
	health   sync.Map // of *health, by account
}

// New makes a Client. It sends nothing.
func New(config Config) *Client {
	config.Product = cmp.Or(config.Product, Production)
	config.Transport = roundTripper(config.Transport)
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	if config.Limiter == nil {
		config.Limiter = NewLimiter()
	}
	return &Client{config: config, redactor: newRedactor(config.Credentials)}
}

// Product returns which API the client calls.
func (c *Client) Product() Product { return c.config.Product }

// BaseURL returns that API's address, without a slash at its end.
func (c *Client) BaseURL() string { return c.config.BaseURL.String() }
