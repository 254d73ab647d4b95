// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestRefreshOfOneAccount(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		domains, lists, singles int // strictly one after another
		together                int // pages, all at once
	}{
		"1 domain":    {1, 0, 1, 0},
		"2 domains":   {2, 1, 1, 1},
		"3 domains":   {3, 1, 1, 1},
		"50 domains":  {50, 1, 1, 1},
		"51 domains":  {51, 2, 1, 2},
		"100 domains": {100, 2, 1, 2},
		"101 domains": {101, 3, 1, 3},
	}
	for name, test := range tests {
		t.Run(name+", one after another", func(t *testing.T) {
			t.Parallel()
			play(t, test.domains, func(w *world) {
				for n := range test.domains {
					w.read(numbered(n))
				}
				w.wantRequests(test.lists, test.singles)
			})
		})
		t.Run(name+", ten at a time", func(t *testing.T) {
			t.Parallel()
			play(t, test.domains, func(w *world) {
				for chunk := range slices.Chunk(upTo(test.domains), 10) {
					w.together(chunk, w.read)
				}
				if most := 1 + test.lists; len(w.server.Requests()) > most {
					t.Errorf("%d requests, want at most %d", len(w.server.Requests()), most)
				}
			})
		})
		t.Run(name+", all at once", func(t *testing.T) {
			t.Parallel()
			play(t, test.domains, func(w *world) {
				w.together(upTo(test.domains), w.read)
				w.wantRequests(test.together, max(0, 1-test.together))
			})
		})
		t.Run(name+", trickling in", func(t *testing.T) {
			t.Parallel()
			play(t, test.domains, func(w *world) {
				var reads sync.WaitGroup
				for n := range test.domains {
					reads.Go(func() {
						time.Sleep(time.Duration(n) * 7 * time.Millisecond)
						w.read(numbered(n))
					})
				}
				reads.Wait()
				if most := 1 + test.lists; len(w.server.Requests()) > most {
					t.Errorf("%d requests, want at most %d", len(w.server.Requests()), most)
				}
			}, fake.WithLatency(100*time.Millisecond))
		})
	}
}

func TestRefreshOfAThousandDomainsInTwentyAccounts(t *testing.T) {
	t.Parallel()
	ids := func(w *world) []client.DomainID {
		var ids []client.DomainID
		for n := range 1000 {
			id := client.DomainID{Account: fmt.Sprintf("%032d", n%20), Name: name(n)}
			w.add(id.Account, n)
			ids = append(ids, id)
		}
		return ids
	}
	t.Run("one after another", func(t *testing.T) {
		t.Parallel()
		play(t, 0, func(w *world) {
			for _, id := range ids(w) {
				w.read(id)
			}
			w.wantRequests(20, 20)
		})
	})
	t.Run("ten at a time", func(t *testing.T) {
		t.Parallel()
		play(t, 0, func(w *world) {
			for chunk := range slices.Chunk(ids(w), 10) {
				var reads sync.WaitGroup
				for _, id := range chunk {
					reads.Go(func() { w.read(id) })
				}
				reads.Wait()
			}
			w.wantRequests(20, 20)
		})
	})
	t.Run("all at once", func(t *testing.T) {
		t.Parallel()
		play(t, 0, func(w *world) {
			var reads sync.WaitGroup
			for _, id := range ids(w) {
				reads.Go(func() { w.read(id) })
			}
			reads.Wait()
			w.wantRequests(20, 0)
		})
	})
}

func TestRefreshIsRememberedForFiveMinutes(t *testing.T) {
	t.Parallel()
	play(t, 3, func(w *world) {
		w.together(upTo(3), w.read)
		w.server.SetAutoRenew(account, string(name(0)), true)
		time.Sleep(4*time.Minute + 59*time.Second)
		if r, err := w.reader.Registration(w.t.Context(), numbered(0)); err != nil || r.AutoRenew {
			t.Errorf("remembered: %+v, %v", r, err)
		}
		time.Sleep(time.Second)
		w.together(upTo(3), w.read)
		w.wantRequests(2, 0)
	})
}

func TestRefreshOfOneDomainByManyIsOneRequest(t *testing.T) {
	t.Parallel()
	play(t, 100, func(w *world) {
		w.together([]int{7, 7, 7, 7}, w.read)
		w.wantLog("d0007.com")
	})
}
