// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// A refresh of 21 domains, ten at a time as a CLI does, where the account may not be listed and
// one domain answers 503 for ever.
func TestRefreshOfHealthyDomainsIsNotDelayedByASickOne(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		states := make([]object, 21)
		first := start(t, fake)
		for i := range states {
			states[i] = first.must(first.change(nil, settings(fmt.Sprintf("d%04d.com", i), true)))
		}
		fake.Inject(fakeregistrar.Fault{Method: "GET", Path: "/registrations", Status: 403, Body: noPermission, Times: -1})
		fake.Inject(fakeregistrar.Fault{Method: "GET", Path: "/d0000.com", Status: 503, Times: -1})
		fake.ResetLog()
		s := start(t, fake) // a new walk, of which nothing is cached
		slots := make(chan struct{}, 10)
		began := time.Now()
		var reads sync.WaitGroup
		for i, state := range states {
			slots <- struct{}{}
			reads.Go(func() {
				defer func() { <-slots }()
				_, diags := s.read(state)
				if i == 0 {
					if !strings.Contains(show(diags), "503") || time.Since(began) > 5*time.Minute {
						t.Errorf("the sick domain says %s after %s; want its 503 within the read timeout", show(diags), time.Since(began))
					}
					return
				}
				// The list is refused at once, then three rounds of reads at 100 ms each.
				if took := time.Since(began); failed(diags) || took > 300*time.Millisecond {
					t.Errorf("healthy domain %d was read after %s: %s", i, took, show(diags))
				}
			})
		}
		reads.Wait()
		healthy := 0
		for _, request := range fake.Requests() {
			if strings.Contains(request.Path, "/registrations/") && !strings.HasSuffix(request.Path, "/d0000.com") {
				healthy++
			}
		}
		if healthy != 20 || fake.Count("GET", "/registrations") != 1 {
			t.Errorf("%d reads of healthy domains and %d pages; want 20 and 1", healthy, fake.Count("GET", "/registrations"))
		}
	}, append(portfolio(21), fakeregistrar.WithLatency(100*time.Millisecond))...)
}

const noPermission = `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}`
