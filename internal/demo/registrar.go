// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// The account of the story and the only token that its registrar takes: a real one that slipped
// through would be refused and seen.
const (
	account = "0123456789abcdef0123456789abcdef"
	token   = "a-token-of-the-demo"
)

// The domains of the story. They are reserved for documentation, so none is anybody's.
const (
	fast     = "example.com"
	slow     = "example.net"
	failing  = "example.org"
	existing = "example.edu"
)

// slowness is long enough to see the wait and short enough to sit through.
const slowness = 8 * time.Second

// desk is the fake registrar at an address.
type desk struct {
	fake   *fakeregistrar.Server
	url    string
	server *http.Server
}

// openRegistrar serves the fake registrar on a free port of this machine.
func openRegistrar(ctx context.Context) (*desk, error) {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening the fake registrar: %w", err)
	}
	fake := newRegistrar(time.Now())
	d := &desk{
		fake:   fake,
		url:    "http://" + listener.Addr().String() + fakeregistrar.BasePath,
		server: &http.Server{Handler: fake, ReadHeaderTimeout: time.Minute},
	}
	go func() { _ = d.server.Serve(listener) }() // it ends by close, and a failure shows in the story
	return d, nil
}

func (d *desk) close() { _ = d.server.Close() }

// newRegistrar is the registrar as the story finds it.
func newRegistrar(now time.Time) *fakeregistrar.Server {
	rejected := fakeregistrar.Failed("registry_rejected", "The registry rejected the change: the domain is under a dispute.", 2*time.Second)
	options := []fakeregistrar.Option{
		fakeregistrar.WithToken(token, fakeregistrar.FullAccess()),
		fakeregistrar.WithRateLimit(fakeregistrar.PublishedRateLimit()),
	}
	for _, d := range []fakeregistrar.Domain{
		{Name: fast, Scenario: fakeregistrar.Immediate()},
		{Name: slow, Scenario: fakeregistrar.Slow(slowness)},
		{Name: failing, Scenario: rejected},
		{Name: existing, AutoRenew: true},
	} {
		d.Account, d.ExpiresAt, d.Locked = account, now.AddDate(0, 8, 0), true
		options = append(options, fakeregistrar.WithDomain(d))
	}
	return fakeregistrar.New(options...)
}

// renewing are the domains that the registrar would renew, whatever anybody believes.
func renewing(fake *fakeregistrar.Server) []string {
	var names []string
	for _, d := range fake.Domains(account) {
		if d.AutoRenew {
			names = append(names, d.Name)
		}
	}
	return names
}
