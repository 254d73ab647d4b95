// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "time"

// syncWindow is how long the server holds the connection of a PATCH. The reference
// calls it bounded and server-defined; the registration guide gives 10 seconds.
// https://developers.cloudflare.com/registrar/registrar-api/
const syncWindow = 10 * time.Second

// Option configures a Server.
type Option func(*settings)

// settings are constant after New.
type settings struct {
	domains     []Domain
	accounts    []string
	latency     time.Duration
	skew        time.Duration
	rateLimit   RateLimit
	credentials map[string]bool // empty accepts all
	observer    func(Request)
}

// now returns the server's time.
func (set *settings) now() time.Time {
	return time.Now().Add(set.skew)
}

func newSettings(opts []Option) *settings {
	set := &settings{credentials: map[string]bool{}, observer: func(Request) {}}
	for _, opt := range opts {
		opt(set)
	}
	return set
}

// WithDomain adds a domain and its account.
func WithDomain(d Domain) Option {
	return func(set *settings) { set.domains = append(set.domains, d) }
}

// WithAccount adds an account. A server with accounts refuses unknown ones; a server
// without them accepts all.
func WithAccount(account string) Option {
	return func(set *settings) { set.accounts = append(set.accounts, account) }
}

// WithLatency makes the server wait before it acts on a request.
func WithLatency(d time.Duration) Option {
	return func(set *settings) { set.latency = d }
}

// WithRateLimit sets a rate limit, such as [PublishedRateLimit]. The default is no
// limit and no Ratelimit header.
func WithRateLimit(limit RateLimit) Option {
	return func(set *settings) { set.rateLimit = limit }
}

// WithToken adds an API token. A server with tokens refuses other credentials; a
// server without them accepts all.
func WithToken(token string) Option {
	return func(set *settings) { set.credentials["token "+token] = true }
}

// WithClockSkew shifts the server's clock. A negative skew puts it behind the client's.
func WithClockSkew(d time.Duration) Option {
	return func(set *settings) { set.skew = d }
}

// WithObserver calls fn with each request when its answer is ready, from several
// goroutines at once.
func WithObserver(fn func(Request)) Option {
	return func(set *settings) { set.observer = fn }
}
