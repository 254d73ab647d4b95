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

// Product is the path element that selects the API: production, which bills, or Cloudflare's sandbox,
// which doesn't.
type Product string

// The two products have the same operations and separate registrations.
// Source: https://developers.cloudflare.com/api/resources/registrar_sandbox/.
const (
	Production Product = "registrar"
	Sandbox    Product = "registrar-sandbox"
)

// Config configures a Client. BaseURL, Credentials and Transport are required.
type Config struct {
	// BaseURL is the API's address, as ParseBaseURL returns it.
	BaseURL *url.URL
	// Credentials go with every request, and only to BaseURL's origin.
	Credentials Credentials
	// Product defaults to Production.
	Product Product
	// RespondAsync sends "Prefer: respond-async" with each PATCH, so that the server doesn't hold the
	// connection during the update.
	RespondAsync bool
	// UserAgent is the User-Agent header; if empty, Go's default.
	UserAgent string
	// Transport sends the requests, such as NewTransport(). Any type other than *http.Transport must send each
	// request at most once, and return a *net.OpError with Op "dial" if it sent none.
	Transport http.RoundTripper
	// Logger logs each request at level debug. If it is nil, nothing is logged.
	Logger *slog.Logger
	// Limiter paces the requests. Clients with the same credentials share one. It defaults to a new one.
	Limiter *Limiter
	// DefaultAccount is the default account, and AccountFrom the variable or attribute that set it. Only
	// errors use them.
	DefaultAccount, AccountFrom string
}

// Client calls one product of the API with one set of credentials. It is safe for concurrent use.
type Client struct {
	config   Config
	redactor redactor
	health   sync.Map // of *health, by account
}

// New returns a Client. It sends no request.
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

// Credentials are an API token, or the Global API Key with the email of its user. If both are set, the
// client sends only the token.
// Source: the "Security" part of
// https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/edit/.
type Credentials struct {
	Token string
	Key   string
	Email string
	// From is the variable or attribute that set the token or key, for errors.
	From string
}

// setHeaders sets the credentials' headers. With a token it doesn't send the key, because a Global API Key
// has wider rights.
func (c Credentials) setHeaders(header http.Header) {
	if c.Token != "" {
		header.Set("Authorization", "Bearer "+c.Token)
		return
	}
	header.Set("X-Auth-Email", c.Email)
	header.Set("X-Auth-Key", c.Key)
}
