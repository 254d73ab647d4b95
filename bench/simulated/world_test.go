// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package simulated_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// perAccount is how many domains Cloudflare lets an account hold unless it is asked for more.
const perAccount = 100

// latency is the time the fake takes for each answer.
const latency = 150 * time.Millisecond

// place is a domain of the world, by its number.
type place int

func (p place) domain() string  { return fmt.Sprintf("domain%04d.com", int(p)) }
func (p place) account() string { return fmt.Sprintf("%032x", 1+int(p)/perAccount) }
func (p place) id() string      { return p.account() + "/" + p.domain() }

// config is the place's resource.
func (p place) config(autoRenew bool) object {
	return object{"account_id": text(p.account()), "domain_name": text(p.domain()), "auto_renew": truth(autoRenew)}
}

// world is a fake registrar with so many domains, and the state that Terraform has of them.
type world struct {
	t       *testing.T
	fake    *fakeregistrar.Server
	domains int
	mu      sync.Mutex
	state   map[place]object
}

// plenty is a rate limit that says it is far away. Without a word from the server the provider
// keeps to the published 1,200 requests in five minutes, and that would be all one could measure.
func plenty() fakeregistrar.RateLimit {
	return fakeregistrar.RateLimit{Quota: 1_000_000, Window: 5 * time.Minute, Headers: true}
}

func newWorld(t *testing.T, domains int, autoRenew bool) *world {
	t.Helper()
	fake := fakeregistrar.New(fakeregistrar.WithLatency(latency), fakeregistrar.WithRateLimit(plenty()))
	for p := range place(domains) {
		fake.AddDomain(fakeregistrar.Domain{
			Name: p.domain(), Account: p.account(), AutoRenew: autoRenew, Locked: true,
			ExpiresAt: time.Now().AddDate(1, 0, 0), Scenario: fakeregistrar.Immediate(),
		})
	}
	return &world{t: t, fake: fake, domains: domains, state: map[place]object{}}
}

// walk visits every domain in a provider process of its own, so many at once, in an order that is
// as good as any, as Terraform's is.
func (w *world) walk(parallelism int, visit func(s *session, p place)) {
	w.t.Helper()
	s := start(w.t, w.fake)
	places := make(chan place)
	var workers sync.WaitGroup
	for range parallelism {
		workers.Go(func() {
			for p := range places {
				visit(s, p)
			}
		})
	}
	order := rand.New(rand.NewPCG(6, uint64(w.domains))).Perm(w.domains) //nolint:gosec // a count is not negative
	for _, n := range order {
		places <- place(n)
	}
	close(places)
	workers.Wait()
}

// keep takes a state over.
func (w *world) keep(p place, state object) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state[p] = state
}

// kept is the state of a domain, nil where there is none.
func (w *world) kept(p place) object {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state[p]
}

// accounts visits every account in one provider process.
func (w *world) accounts(visit func(s *session, account string)) {
	w.t.Helper()
	s := start(w.t, w.fake)
	for p := place(0); int(p) < w.domains; p += perAccount {
		visit(s, p.account())
	}
}
