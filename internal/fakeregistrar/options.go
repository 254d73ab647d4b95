// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "time"

// syncWindow is how long the server holds the connection of a PATCH. The
// reference calls it bounded and server-defined; the guide for registrations
// says 10 seconds. https://developers.cloudflare.com/registrar/registrar-api/
const syncWindow = 10 * time.Second

// Option changes how a Server is built.
type Option func(*settings)

// settings is fixed once the server is built.
type settings struct {
	domains     []Domain
	accounts    []string
	latency     time.Duration
	skew        time.Duration
	rateLimit   RateLimit
	credentials map[string]bool // those that are known
	link        func(account, domain string) string
	observer    func(Request)
}

// now is the server's clock.
func (set *settings) now() time.Time {
	return time.Now().Add(set.skew)
}

func newSettings(opts []Option) *settings {
	set := &settings{
		credentials: map[string]bool{}, link: LinkDocumented.link, observer: func(Request) {},
	}
	for _, opt := range opts {
		opt(set)
	}
	return set
}

// WithDomain seeds a domain; its account becomes known.
func WithDomain(d Domain) Option {
	return func(set *settings) { set.domains = append(set.domains, d) }
}

// WithAccount makes an account known that may hold no domain. A server that
// knows no account at all takes every one; else an unknown one is refused.
func WithAccount(account string) Option {
	return func(set *settings) { set.accounts = append(set.accounts, account) }
}

// WithLatency delays every answer, before the server acts.
func WithLatency(d time.Duration) Option {
	return func(set *settings) { set.latency = d }
}

// WithRateLimit counts requests, see [PublishedRateLimit]. Without it there is
// no limit and no Ratelimit header.
func WithRateLimit(limit RateLimit) Option {
	return func(set *settings) { set.rateLimit = limit }
}

// WithToken makes an API token known. Once one is known, every other credential
// is refused; until then any is taken.
func WithToken(token string) Option {
	return func(set *settings) { set.credentials["token "+token] = true }
}

// WithLinkStyle changes links.self of every workflow.
func WithLinkStyle(style LinkStyle) Option {
	return WithLink(style.link)
}

// WithLink makes links.self of every workflow; an empty string leaves it out.
func WithLink(link func(account, domain string) string) Option {
	return func(set *settings) { set.link = link }
}

// WithClockSkew shifts the server's clock; negative is behind the client's.
func WithClockSkew(d time.Duration) Option {
	return func(set *settings) { set.skew = d }
}

// WithObserver calls fn with each request when its answer is ready; it may be
// called by several goroutines at once.
func WithObserver(fn func(Request)) Option {
	return func(set *settings) { set.observer = fn }
}
