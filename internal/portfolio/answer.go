// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio

import (
	"context"
	"sync"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// answer gathers a batch for a moment, then reads what its readers want: from memory, from a
// listing, and singly what neither showed.
func (a *account) answer(ctx context.Context, b *batch) {
	if client.Sleep(ctx, gatherFor) != nil || a.turn.Acquire(ctx, 1) != nil {
		return // nobody waits any more
	}
	defer a.turn.Release(1)
	ctx, cancel := a.close(ctx, b)
	defer cancel()
	open := a.recall(b, b.results, time.Now())
	if a.way(open, b.fresh) == byList {
		began := time.Now()
		a.listFor(ctx, len(open), b.fresh)
		open = a.recall(b, open, began)
	}
	a.readSingly(ctx, open)
}

// close ends the gathering: who comes now waits for the next batch. A fresh read must begin
// after its caller asked for it, and the requests begin here.
func (a *account) close(ctx context.Context, b *batch) (context.Context, context.CancelFunc) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.gathering[b.fresh] == b {
		delete(a.gathering, b.fresh)
	}
	return b.bounded(ctx)
}

// way decides on the domains that a listing can be hoped to show.
func (a *account) way(open map[domainname.Name]*result, fresh bool) way {
	a.mu.Lock()
	defer a.mu.Unlock()
	hopeful := 0
	for name := range open {
		if fresh || !a.snapshot.lacks(name, time.Now()) {
			hopeful++
		}
	}
	return wayFor(a.knowledge, hopeful, fresh)
}

// recall settles what memory can answer and gives the rest. A fresh batch is content only with
// what was asked for since it began.
func (a *account) recall(b *batch, open map[domainname.Name]*result, began time.Time) map[domainname.Name]*result {
	a.mu.Lock()
	defer a.mu.Unlock()
	rest := map[domainname.Name]*result{}
	for name, result := range open {
		e, ok := a.snapshot.get(name, time.Now())
		if !ok || b.fresh && e.asOf.Before(began) {
			rest[name] = result
			continue
		}
		result.settle(e.registration, nil)
	}
	return rest
}

// readSingly asks for each domain by itself, all at once: there are no more of them than
// operations that Terraform runs at once.
func (a *account) readSingly(ctx context.Context, open map[domainname.Name]*result) {
	var reads sync.WaitGroup
	for name, result := range open {
		reads.Go(func() { result.settle(a.single(ctx, name)) })
	}
	reads.Wait()
}

// single reads one domain.
func (a *account) single(ctx context.Context, name domainname.Name) (client.Registration, error) {
	asOf := time.Now()
	registration, err := a.api.Registration(ctx, client.DomainID{Account: a.id, Name: name})
	a.noteRead()
	if err != nil {
		if ctx.Err() != nil {
			err = errOver
		}
		return client.Registration{}, err
	}
	a.remember(registration, asOf)
	return registration, nil
}
