// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// A refresh of 21 domains where the account may not be listed and one domain answers 503 for ever.
func TestRefreshOfHealthyDomainsIsNotDelayedByASickOne(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		states := make([]object, 21)
		first := start(t, fake)
		for i := range states {
			states[i] = first.must(first.change(nil, settings(fmt.Sprintf("d%04d.com", i), true)))
		}
		fake.Inject(fakeregistrar.Fault{Method: "GET", Path: listPath, Status: 403, Body: refusal, Times: -1})
		fake.Inject(fakeregistrar.Fault{Method: "GET", Path: "/d0000.com", Status: 503, Times: -1})
		s, began := start(t, fake), time.Now() // a new walk, of which nothing is cached
		walk(21, func(n int) {
			_, diags := s.read(states[n])
			took := time.Since(began)
			if n == 0 && (!strings.Contains(show(diags), "503") || took > 5*time.Minute) {
				t.Errorf("the sick domain says %s after %s; want its 503 within the read timeout", show(diags), took)
			}
			// The list is refused, one read decides if all are, and then come two rounds of reads, at 100 ms each.
			if n > 0 && (failed(diags) || took > 400*time.Millisecond) {
				t.Errorf("healthy domain %d was read after %s: %s", n, took, show(diags))
			}
		})
	}, append(portfolio(21), fakeregistrar.WithLatency(100*time.Millisecond))...)
}
