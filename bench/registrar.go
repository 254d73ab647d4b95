// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// perAccount is how many domains Cloudflare lets an account hold unless it is asked for more.
const perAccount = 100

// registrar is a fake registrar behind a socket.
type registrar struct {
	*fakeregistrar.Server
	url  string
	stop func()
}

// newRegistrar starts one with so many domains whose auto-renew is off. Its rate limit says that it
// is far away: without a word from the server the provider keeps to the published 1,200 requests in
// five minutes, and that would be all one could measure.
func newRegistrar(ctx context.Context, domains int, latency time.Duration) (*registrar, error) {
	fake := fakeregistrar.New(fakeregistrar.WithLatency(latency), fakeregistrar.WithRateLimit(
		fakeregistrar.RateLimit{Quota: 1_000_000, Window: 5 * time.Minute, Headers: true}))
	for n := range domains {
		fake.AddDomain(fakeregistrar.Domain{
			Name: domainName(n), Account: accountOf(n), Locked: true,
			ExpiresAt: time.Now().AddDate(1, 0, 0), Scenario: fakeregistrar.Immediate(),
		})
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: fake, ReadHeaderTimeout: time.Minute}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic(err)
		}
	}()
	return &registrar{fake, "http://" + listener.Addr().String() + fakeregistrar.BasePath, func() { _ = server.Close() }}, nil
}

func domainName(n int) string { return fmt.Sprintf("domain%04d.com", n) }
func accountOf(n int) string  { return fmt.Sprintf("%032x", 1+n/perAccount) }

// domainsConfig manages the same domains. It counts them, because a CLI works out the collection of a
// for_each anew for each of its members, which for a thousand takes longer than all else.
func domainsConfig(domains int) string {
	return fmt.Sprintf(`
terraform {
  required_providers {
    registrar = { source = "seed-9d79c00c/registrar" }
  }
}

resource "registrar_domain_settings" "all" {
  count       = %d
  account_id  = format("%%032x", 1 + floor(count.index / %d))
  domain_name = format("domain%%04d.com", count.index)
  auto_renew  = true
}
`, domains, perAccount)
}

// nothingConfig has as many resources that the CLI keeps by itself.
func nothingConfig(resources int) string {
	return fmt.Sprintf(`
resource "terraform_data" "all" {
  count = %d
  input = {
    account_id  = format("%%032x", 1 + floor(count.index / %d))
    domain_name = format("domain%%04d.com", count.index)
    auto_renew  = true
  }
}
`, resources, perAccount)
}

// newDomainRoom is a folder whose provider talks to a registrar of its own.
func (b *bed) newDomainRoom(ctx context.Context, domains int, latency time.Duration, gauged bool) (*room, *registrar, error) {
	server, err := newRegistrar(ctx, domains, latency)
	if err != nil {
		return nil, nil, err
	}
	r, err := b.newRoom(domainsConfig(domains), gauged)
	if err != nil {
		return nil, nil, err
	}
	r.env = append(r.env, "CLOUDFLARE_API_TOKEN=a-token-of-the-benchmark", "CLOUDFLARE_BASE_URL="+server.url)
	return r, server, nil
}

// refreshOnce counts the requests of the CLI's refresh.
func refreshOnce(ctx context.Context, b *bed, domains int) (int, error) {
	r, server, err := b.newDomainRoom(ctx, domains, 0, false)
	if err != nil {
		return 0, err
	}
	defer server.stop()
	if _, err := r.run(ctx, "apply", "-auto-approve"); err != nil {
		return 0, err
	}
	server.ResetLog()
	if _, err := r.run(ctx, "plan", "-refresh-only"); err != nil {
		return 0, err
	}
	return len(server.Requests()), nil
}
