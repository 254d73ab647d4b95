// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// turns lets the calls for one domain through one at a time. Two at once would both find
// nothing in flight and both write.
type turns struct {
	mu  sync.Mutex
	ids map[client.DomainID]*semaphore.Weighted
}

// take waits for a turn and gives what ends it.
func (t *turns) take(ctx context.Context, id client.DomainID) (end func(), err error) {
	turn := t.of(id)
	if err := turn.Acquire(ctx, 1); err != nil {
		return nil, context.Cause(ctx)
	}
	return func() { turn.Release(1) }, nil
}

func (t *turns) of(id client.DomainID) *semaphore.Weighted {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ids == nil {
		t.ids = map[client.DomainID]*semaphore.Weighted{}
	}
	if t.ids[id] == nil {
		t.ids[id] = semaphore.NewWeighted(1)
	}
	return t.ids[id]
}
