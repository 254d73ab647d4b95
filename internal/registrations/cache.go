// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package registrations

import (
	"context"
	"iter"
	"log/slog"
	"sync"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// ttl is how long a cached registration is valid. A walk of Terraform's graph can take hours, because an apply
// waits up to 20 minutes for each update. Without a ttl, a data source read at the end of an apply would show
// old values.
const ttl = 5 * time.Minute

// Cache answers reads of registrations from their account's listing. It is safe for concurrent use. Use a
// new one for each walk of Terraform's graph, because a Cache that has given up on an account doesn't
// list it again.
type Cache struct {
	api    *client.Client
	logger *slog.Logger

	mu       sync.Mutex // guards the maps; never held during a request
	entries  map[client.DomainID]entry
	listings map[string]*listing      // by account: in progress, complete or given up
	spent    map[string]time.Duration // by account: time without progress in listings that ended early
}

// entry is a cached registration and the time when its request began. After Invalidate, it has no
// registration, and the time is that of the call. The entry without a name has the time of the account's last
// Invalidate.
type entry struct {
	registration client.Registration
	at           time.Time
}

func (e entry) fresh() bool { return e.registration.Name != "" && time.Since(e.at) < ttl }

// New returns an empty Cache.
func New(api *client.Client, logger *slog.Logger) *Cache {
	return &Cache{
		api: api, logger: logger,
		entries: map[client.DomainID]entry{}, listings: map[string]*listing{}, spent: map[string]time.Duration{},
	}
}

// Get returns a registration that was read at most five minutes ago, and after its last Invalidate. The first
// Get of an account lists it. If the listing doesn't contain a domain, Get reads it individually. Only that
// read can fail, with the errors of the client's Registration. After ctx ends, Get returns only cached
// registrations.
func (c *Cache) Get(ctx context.Context, id client.DomainID) (client.Registration, error) {
	ctx = client.WithReadTimeout(ctx)
	if !c.entry(id).fresh() && ctx.Err() == nil {
		l, mine := c.join(id.Account, func() *listing { return newListingForReads(ctx, id.Account) })
		if mine {
			go c.fetch(l, func(client.Page, error) bool { return true }) //nolint:contextcheck // l has its own context
		}
		defer l.leave()
		l.wait(ctx)
	}
	if e := c.entry(id); e.fresh() {
		return e.registration, nil
	}
	begun := time.Now()
	registration, err := c.api.Registration(ctx, id)
	if err == nil {
		c.put(id.Account, begun, registration)
	}
	return registration, err
}

// List yields the pages of an account that were read at most five minutes ago, and after the account's last
// Invalidate. It requests other pages as the caller iterates, within ctx, and caches them. An error is the last
// element.
//
// Reads wait for a List in progress. In a loop over List, a Get of a domain on a later page waits for
// listStall.
func (c *Cache) List(ctx context.Context, account string) iter.Seq2[client.Page, error] {
	return func(yield func(client.Page, error) bool) {
		begin := func() *listing { return newListing(ctx, account) }
		l, mine := c.join(account, begin)
		defer l.leave()
		if !mine {
			l.wait(ctx)
			if l.complete.Load() && l.begun.After(c.entry(client.DomainID{Account: account}).at) {
				for _, page := range l.pages {
					if !yield(page, nil) {
						return
					}
				}
				return
			}
			l = begin()
		}
		c.fetch(l, yield) //nolint:contextcheck // l has this context
	}
}

// Invalidate drops a registration from the cache, and the responses to requests in flight. Call it after each
// PATCH, and after each operation, which can read a newer value than the cache has.
func (c *Cache) Invalidate(id client.DomainID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[id] = entry{at: time.Now()}
	c.entries[client.DomainID{Account: id.Account}] = entry{at: time.Now()}
}

func (c *Cache) entry(id client.DomainID) entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries[id]
}

// put caches the response to a request, unless the entry is from a later request, or Invalidate was called
// after the request began: the response can predate a write.
func (c *Cache) put(account string, begun time.Time, registrations ...client.Registration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, registration := range registrations {
		id := client.DomainID{Account: account, Name: registration.Name}
		if begun.After(c.entries[id].at) {
			c.entries[id] = entry{registration, begun}
		}
	}
}
