// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "time"

// defaultSyncWindow is the server's hold of a PATCH. The reference calls it
// bounded and server-defined; the guide for registrations says 10 seconds.
const defaultSyncWindow = 10 * time.Second

// Option changes how a Server is built.
type Option func(*settings)

// settings is fixed once the server is built.
type settings struct {
	domains         []Domain
	accounts        []string
	latency         time.Duration
	syncWindow      time.Duration
	skew            time.Duration
	rateLimit       RateLimit
	credentials     map[string]Permissions
	linkStyle       LinkStyle
	link            func(account, domain string) string
	restartInFlight bool
	observer        func(Request)
}

// now is the server's clock.
func (set *settings) now() time.Time {
	return time.Now().Add(set.skew)
}

func newSettings(opts []Option) *settings {
	set := &settings{syncWindow: defaultSyncWindow, credentials: map[string]Permissions{}}
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

// WithSyncWindow changes how long a PATCH may be held, by default 10 seconds.
func WithSyncWindow(d time.Duration) Option {
	return func(set *settings) { set.syncWindow = d }
}

// WithRateLimit counts requests, see [PublishedRateLimit]. Without it there is
// no limit and no Ratelimit header.
func WithRateLimit(limit RateLimit) Option {
	return func(set *settings) { set.rateLimit = limit }
}

// WithToken makes an API token known. Once any credential is known, every other
// one is refused; until then any is taken.
func WithToken(token string, may Permissions) Option {
	return func(set *settings) { set.credentials[tokenID(token)] = may }
}

// WithGlobalKey makes a Global API Key with its e-mail address known.
func WithGlobalKey(email, key string, may Permissions) Option {
	return func(set *settings) { set.credentials[keyID(email, key)] = may }
}

// WithLinkStyle changes links.self of every workflow.
func WithLinkStyle(style LinkStyle) Option {
	return func(set *settings) { set.linkStyle = style }
}

// WithLink makes links.self of every workflow; an empty string leaves it out.
func WithLink(link func(account, domain string) string) Option {
	return func(set *settings) { set.link = link }
}

// WithClockSkew shifts the server's clock; negative is behind the client's.
func WithClockSkew(d time.Duration) Option {
	return func(set *settings) { set.skew = d }
}

// WithRestartInFlight makes a PATCH during an update replace that update in
// place of a 409. It counts as a violation all the same.
func WithRestartInFlight() Option {
	return func(set *settings) { set.restartInFlight = true }
}

// WithObserver calls fn with each request when its answer is ready; it may be
// called by several goroutines at once.
func WithObserver(fn func(Request)) Option {
	return func(set *settings) { set.observer = fn }
}
