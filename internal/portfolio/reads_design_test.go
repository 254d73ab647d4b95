// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/designdoc"
)

// TestDesignShowsWhatReadsCost keeps in DESIGN.md what a refresh costs, counted from the fake
// registrar's log.
func TestDesignShowsWhatReadsCost(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	table.WriteString("| domains | accounts | read singly | `-parallelism=1` | `-parallelism=10` | all at once | promised, at most |\n")
	table.WriteString("|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, size := range []struct{ domains, accounts int }{
		{1, 1}, {2, 1}, {3, 1}, {50, 1}, {51, 1}, {100, 1}, {1000, 20},
	} {
		each := size.domains / size.accounts
		fmt.Fprintf(&table, "| %d | %d | %d | %d | %d | %d | %d |\n", size.domains, size.accounts, size.domains,
			refreshed(t, size.domains, size.accounts, 1), refreshed(t, size.domains, size.accounts, 10),
			refreshed(t, size.domains, size.accounts, size.domains), size.accounts*(1+(each+49)/50))
	}
	designdoc.Section(t, "reads", table.String())
}

// refreshed is how many requests it takes to read every domain once, so many at a time.
func refreshed(t *testing.T, domains, accounts, parallelism int) (requests int) {
	t.Helper()
	play(t, 0, func(w *world) {
		ids := make([]client.DomainID, domains)
		for n := range ids {
			ids[n] = client.DomainID{Account: fmt.Sprintf("%032d", n%accounts), Name: name(n)}
			w.add(ids[n].Account, n)
		}
		for chunk := range slices.Chunk(ids, parallelism) {
			var reads sync.WaitGroup
			for _, id := range chunk {
				reads.Go(func() { w.read(id) })
			}
			reads.Wait()
		}
		requests = len(w.server.Requests())
	})
	return requests
}
