// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio

import (
	"context"
	"errors"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// gatherFor is how long a batch waits for more reads. Terraform starts its first reads within a
// few milliseconds of each other; a lone read is late by no more than this.
const gatherFor = 15 * time.Millisecond

// errOver is the answer of a batch whose time is up. Readers are given the reason that their own
// context names, which says whose time it was.
var errOver = errors.New("the time of all readers is up")

// result is what the readers of one domain wait for.
type result struct {
	done         chan struct{}
	registration client.Registration
	err          error
}

// batch is the reads of an account that are answered together. Its fields belong to the
// account's lock until it is answered.
type batch struct {
	fresh    bool
	results  map[domainname.Name]*result
	readers  int
	cancel   context.CancelFunc
	deadline time.Time // the latest of its readers' deadlines
	endless  bool      // one of them has none
}

func newBatch(fresh bool) *batch {
	return &batch{fresh: fresh, results: map[domainname.Name]*result{}}
}

// join adds a reader. The first one sets the batch going, under a context that outlives it: the
// answer is for the others too.
func (b *batch) join(ctx context.Context, name domainname.Name, answer func(context.Context, *batch)) *result {
	b.readers++
	if deadline, ok := ctx.Deadline(); !ok {
		b.endless = true
	} else if deadline.After(b.deadline) {
		b.deadline = deadline
	}
	if b.results[name] == nil {
		b.results[name] = &result{done: make(chan struct{})}
	}
	if b.cancel == nil {
		var going context.Context
		going, b.cancel = context.WithCancel(context.WithoutCancel(ctx))
		go answer(going, b)
	}
	return b.results[name]
}

// leave takes a reader out, and stops the work when it was the last.
func (b *batch) leave() {
	b.readers--
	if b.abandoned() {
		b.cancel()
	}
}

func (b *batch) abandoned() bool { return b.readers == 0 }

// bounded gives the context under which the batch's requests run: its readers' latest deadline
// is theirs, since the client refuses to begin a pause that no deadline leaves time for.
func (b *batch) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if b.endless {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, b.deadline)
}

// settle answers the readers of one domain.
func (r *result) settle(registration client.Registration, err error) {
	r.registration, r.err = registration, err
	close(r.done)
}
