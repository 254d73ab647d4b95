// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// account is one account: what is remembered of it, and who waits to read it.
type account struct {
	api    API
	logger *slog.Logger
	id     string
	turn   *semaphore.Weighted // one batch or listing at a time, so that each profits from the last

	mu        sync.Mutex
	knowledge knowledge
	snapshot  *snapshot
	gathering map[bool]*batch // the batch that still takes reads, by whether they must be fresh
}

func newAccount(api API, logger *slog.Logger, id string) *account {
	return &account{
		api: api, logger: logger, id: id, turn: semaphore.NewWeighted(1),
		snapshot: newSnapshot(), gathering: map[bool]*batch{},
	}
}

// read answers from memory if it may, and waits for a batch if not.
func (a *account) read(ctx context.Context, name domainname.Name, fresh bool) (client.Registration, error) {
	a.mu.Lock()
	if e, ok := a.snapshot.get(name, time.Now()); ok && !fresh {
		a.mu.Unlock()
		return e.registration, nil
	}
	b := a.gathering[fresh]
	if b == nil {
		b = newBatch(fresh)
		a.gathering[fresh] = b
	}
	waiting := b.join(ctx, name, a.answer)
	a.mu.Unlock()
	defer a.leave(b)
	select {
	case <-ctx.Done():
		return client.Registration{}, context.Cause(ctx)
	case <-waiting.done:
		if errors.Is(waiting.err, errOver) {
			<-ctx.Done() // at the same moment: no batch ends before its readers' last deadline
			return client.Registration{}, context.Cause(ctx)
		}
		return waiting.registration, waiting.err
	}
}

// leave takes a reader out of its batch, which stops when nobody waits for it any more.
func (a *account) leave(b *batch) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.leave()
	if b.abandoned() && a.gathering[b.fresh] == b {
		delete(a.gathering, b.fresh) // or the next reader would join a batch that was cancelled
	}
}

// forget drops what is remembered of a domain.
func (a *account) forget(name domainname.Name) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.snapshot.forget(name, time.Now())
}

// noteRead keeps that the account was asked for something: the next read is not the first.
func (a *account) noteRead() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.knowledge.readBefore = true
}

// remember keeps what a single read brought that was begun at the given time.
func (a *account) remember(registration client.Registration, asOf time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.snapshot.put(entry{registration: registration, asOf: asOf})
}

// rememberPage keeps what a listing brought.
func (a *account) rememberPage(page client.Page, asOf time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.knowledge.readBefore = true
	for _, registration := range page.Registrations {
		a.snapshot.put(entry{registration, asOf, true})
	}
}

// listed gives what a listing showed of a domain, if that is still what is known of it.
func (a *account) listed(name domainname.Name) (entry, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e, ok := a.snapshot.get(name, time.Now())
	return e, ok && e.listed
}
