// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"log/slog"
	"math"
	"net/url"
	"sync"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// API is the part of the client that an operation uses. No method may answer from a cache.
type API interface {
	UpdateStatus(ctx context.Context, id client.DomainID) (client.Update, error)
	PollUpdate(ctx context.Context, id client.DomainID, link *url.URL) (client.Update, error)
	Registration(ctx context.Context, id client.DomainID) (client.Registration, error)
	SetAutoRenew(ctx context.Context, id client.DomainID, on bool) (client.Update, error)
}

// Cache is a cache of registrations that an operation invalidates.
type Cache interface {
	Invalidate(id client.DomainID)
}

// Setter sets auto-renew. It is safe for concurrent use. Operations on the same domain run one at a time.
type Setter struct {
	api         API
	cache       Cache
	logger      *slog.Logger
	spread      func(time.Duration) time.Duration
	domainLocks sync.Map // of *domainLock, by client.DomainID
}

// domainLock allows one operation on a domain at a time. Two concurrent operations could both find no update
// in flight and both send a PATCH.
type domainLock struct {
	slot      chan struct{} // holds a value while an operation runs
	notBefore time.Time     // until then the API might not show the last operation's update
}

// NewSetter returns a Setter. It sends nothing.
func NewSetter(api API, cache Cache, logger *slog.Logger) *Setter {
	return &Setter{api: api, cache: cache, logger: logger, spread: jitter}
}

// Set turns a registration's auto-renew on or off and returns the registration with the wanted value. Only
// the context's deadline limits the wait. Its errors are the types of this package and *client.Error.
// client.IsNotFound means that the account does not hold the domain. InFlight reports whether an update may
// still be in flight.
func (s *Setter) Set(ctx context.Context, id client.DomainID, want bool) (client.Registration, error) {
	began := time.Now()
	o := &operation{Setter: s, state: state{id: id, want: want, began: began, deadline: began.Add(math.MaxInt64)}}
	if deadline, ok := ctx.Deadline(); ok {
		o.deadline = deadline
	}
	lock := s.domainLock(id)
	select {
	case lock.slot <- struct{}{}:
	case <-ctx.Done():
		return client.Registration{}, o.unlessStopped(ctx, ctx.Err())
	}
	defer func() { <-lock.slot }()
	if err := client.Sleep(ctx, time.Until(lock.notBefore)); err != nil {
		return client.Registration{}, o.unlessStopped(ctx, err)
	}
	registration, err := o.run(ctx)
	s.cache.Invalidate(id) // an earlier read can have cached another value
	if o.sent() && err != nil {
		lock.notBefore = time.Now().Add(confirmTimeout)
	}
	return registration, err
}

func (s *Setter) domainLock(id client.DomainID) *domainLock {
	lock, _ := s.domainLocks.LoadOrStore(id, &domainLock{slot: make(chan struct{}, 1)})
	return lock.(*domainLock) //nolint:forcetypeassert // nothing else is stored
}
