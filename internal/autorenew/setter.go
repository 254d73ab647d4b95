// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"cmp"
	"context"
	"log/slog"
	"math"
	"net/url"
	"sync"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// API is what an operation asks of the registrar. No method may answer from a cache.
type API interface {
	UpdateStatus(ctx context.Context, id client.DomainID) (client.Update, error)
	PollUpdate(ctx context.Context, id client.DomainID, link *url.URL) (client.Update, error)
	Registration(ctx context.Context, id client.DomainID) (client.Registration, error)
	SetAutoRenew(ctx context.Context, id client.DomainID, on bool) (client.Update, error)
}

// Cache is where others read registrations. It is told of every write.
type Cache interface {
	Invalidate(id client.DomainID)
}

// Setter sets auto-renew. It is safe for concurrent use; operations on one domain run one after
// the other.
type Setter struct {
	api         API
	cache       Cache
	logger      *slog.Logger
	domainLocks sync.Map // of domainLock, by client.DomainID
}

// domainLock lets one operation on a domain run at a time: two at once would both find nothing in
// flight and both send a PATCH. It holds the time before which the registrar may not show what the
// last operation started; whoever has taken that out has the lock.
type domainLock chan time.Time

// NewSetter returns a Setter. It sends nothing.
func NewSetter(api API, cache Cache, logger *slog.Logger) *Setter {
	return &Setter{api: api, cache: cache, logger: logger}
}

// Set brings the auto-renew of a registration to the wanted value and returns the registration
// that shows it. The context's deadline is the only limit of the wait. Its errors are the types of
// this package and *client.Error, of which client.IsNotFound tells that the account does not hold
// the domain; InFlight tells which of them leave an update in flight.
func (s *Setter) Set(ctx context.Context, id client.DomainID, want bool) (client.Registration, error) {
	began := time.Now()
	o := &operation{Setter: s, state: state{id: id, want: want, began: began, deadline: began.Add(math.MaxInt64)}}
	if deadline, ok := ctx.Deadline(); ok {
		o.deadline = deadline
	}
	lock := s.domainLock(id)
	var notBefore time.Time
	select {
	case notBefore = <-lock:
	case <-ctx.Done():
		return client.Registration{}, o.unlessStopped(ctx, ctx.Err())
	}
	defer func() { lock <- notBefore }()
	o.err = client.Sleep(ctx, time.Until(notBefore))
	registration, err := o.run(ctx)
	if o.tracked != nil {
		s.cache.Invalidate(id) // what others read while the update ran is from before its end
	}
	if err != nil && o.sent() && o.update.State != client.Failed {
		notBefore = cmp.Or(o.tracked.ended, time.Now()).Add(confirmTimeout)
	}
	return registration, err
}

func (s *Setter) domainLock(id client.DomainID) domainLock {
	lock := make(domainLock, 1)
	lock <- time.Time{}
	held, _ := s.domainLocks.LoadOrStore(id, lock)
	return held.(domainLock) //nolint:forcetypeassert // nothing else is stored
}
