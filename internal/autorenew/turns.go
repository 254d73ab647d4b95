// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// turns lets the calls for one domain through one at a time. Two at once would both find
// nothing in flight and both write.
type turns struct {
	mu  sync.Mutex
	ids map[client.DomainID]*turn
}

// turn is the turn of one domain. Who has it may use what the one before left unfinished.
type turn struct {
	gate *semaphore.Weighted
	left unfinished
}

// unfinished is what a call knows of its PATCH that the registrar may not show yet. The next call
// for the domain, by another resource or another attempt, would take it for never sent.
type unfinished struct {
	accepted *client.Update // the update that it started, nil where none is known to be under way
	before   *client.Update // the ended update that is known to be another
	doubted  time.Time      // when the answer to a PATCH was lost, zero where none was
}

// take waits for a turn, which is to be ended.
func (t *turns) take(ctx context.Context, id client.DomainID) (*turn, error) {
	turn := t.of(id)
	if err := turn.gate.Acquire(ctx, 1); err != nil {
		return nil, context.Cause(ctx)
	}
	return turn, nil
}

// end gives the turn to the next, with what is left unfinished.
func (t *turn) end(left unfinished) {
	t.left = left
	t.gate.Release(1)
}

func (t *turns) of(id client.DomainID) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ids == nil {
		t.ids = map[client.DomainID]*turn{}
	}
	if t.ids[id] == nil {
		t.ids[id] = &turn{gate: semaphore.NewWeighted(1)}
	}
	return t.ids[id]
}
