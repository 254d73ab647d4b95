// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"log/slog"
	"net/http"
	"net/url"
)

// Product is the path element that selects the API: the real one, which bills, or Cloudflare's
// sandbox, which does not.
type Product string

// The two products answer alike; see https://developers.cloudflare.com/api/resources/registrar_sandbox/.
const (
	Production Product = "registrar"
	Sandbox    Product = "registrar-sandbox"
)

// Config is what a Client needs to know. BaseURL and Credentials are required.
type Config struct {
	// BaseURL is where the API stands, as ParseBaseURL gives it.
	BaseURL *url.URL
	// Credentials go with every request, to BaseURL's origin and nowhere else.
	Credentials Credentials
	// Product is Production unless set.
	Product Product
	// RespondAsync asks the server not to hold the connection of a PATCH while the update runs.
	RespondAsync bool
	// UserAgent names the caller.
	UserAgent string
	// Transport carries the requests; NewTransport() unless set.
	Transport http.RoundTripper
	// Logger takes one debug line a request; nothing is logged unless set.
	Logger *slog.Logger
	// Limiter is the rate limit shared by all clients with these credentials; a new one unless set.
	Limiter *Limiter
}

// Client speaks to one product of the API with one set of credentials. It is safe for
// concurrent use.
type Client struct {
	base         *url.URL
	credentials  Credentials
	product      Product
	respondAsync bool
	userAgent    string
	http         *http.Client
	logger       *slog.Logger
	limiter      *Limiter
	redactor     redactor
}

// New makes a Client. It sends nothing.
func New(config Config) *Client {
	c := &Client{
		base:         config.BaseURL,
		credentials:  config.Credentials,
		product:      config.Product,
		respondAsync: config.RespondAsync,
		userAgent:    config.UserAgent,
		logger:       config.Logger,
		limiter:      config.Limiter,
		redactor:     newRedactor(config.Credentials),
	}
	if c.product == "" {
		c.product = Production
	}
	if c.logger == nil {
		c.logger = slog.New(slog.DiscardHandler)
	}
	if c.limiter == nil {
		c.limiter = NewLimiter()
	}
	c.http = newHTTPClient(config.Transport)
	return c
}

// Product tells which API the client speaks to.
func (c *Client) Product() Product { return c.product }

// BaseURL tells where that API stands.
func (c *Client) BaseURL() string { return c.base.String() }
