// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// accounts are twenty accounts of a hundred domains each, auto-renew off.
func accounts() []fakeregistrar.Option {
	var options []fakeregistrar.Option
	for a := range 20 {
		for d := range 100 {
			options = append(options, fakeregistrar.WithDomain(fakeregistrar.Domain{
				Name: fmt.Sprintf("d%02d-%02d.com", a, d), Account: fmt.Sprintf("account%02d", a),
			}))
		}
	}
	return options
}

// turnOn adopts every domain of the given accounts with auto-renew on, ten at a time, as a CLI
// does.
func turnOn(t *testing.T, s *session, first, last int) {
	t.Helper()
	queue := make(chan object)
	var workers sync.WaitGroup
	for range 10 {
		workers.Go(func() {
			for config := range queue {
				plan, diags := s.plan(nil, config)
				if failed(diags) {
					t.Error(show(diags))
					continue
				}
				if _, diags := s.apply(t.Context(), plan); failed(diags) {
					t.Error(show(diags))
				}
			}
		})
	}
	for a := first; a <= last; a++ {
		for d := range 100 {
			queue <- settings(fmt.Sprintf("d%02d-%02d.com", a, d), true).With(object{"account_id": text(fmt.Sprintf("account%02d", a))})
		}
	}
	close(queue)
	workers.Wait()
}

func TestBudgetOfTwoThousandChanges(t *testing.T) {
	t.Parallel()
	silent := fakeregistrar.PublishedRateLimit()
	silent.Headers = false
	cases := map[string]struct {
		limit     fakeregistrar.RateLimit
		processes int
		accounts  int  // a hundred changes each
		refused   bool // a 429 may be met
		atMost    time.Duration
	}{
		"where the server says what is left":                {fakeregistrar.PublishedRateLimit(), 1, 20, false, 26 * time.Minute},
		"where it says nothing":                             {silent, 1, 20, false, 50 * time.Minute},
		"two processes, where the server says what is left": {fakeregistrar.PublishedRateLimit(), 2, 8, false, 11 * time.Minute},
		"two processes, where it says nothing":              {silent, 2, 8, true, 30 * time.Minute},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				began := time.Now()
				var processes sync.WaitGroup
				for p := range c.processes {
					s := start(t, fake)
					share := c.accounts / c.processes
					processes.Go(func() { turnOn(t, s, p*share, (p+1)*share-1) })
				}
				processes.Wait()
				refused := 0
				for _, request := range fake.Requests() {
					if request.Status == 429 {
						refused++
					}
				}
				if got := len(patches(fake)) - refused; got != c.accounts*100 && !c.refused {
					t.Errorf("sent %d PATCH; want %d", got, c.accounts*100)
				}
				if refused > 0 && !c.refused {
					t.Errorf("met 429 %d times; want never", refused)
				}
				if took := time.Since(began); took > c.atMost {
					t.Errorf("took %s; want at most %s", took, c.atMost)
				}
				t.Logf("%d requests, %d of them 429, in %s", len(fake.Requests()), refused, time.Since(began))
			}, append(accounts(), fakeregistrar.WithLatency(100*time.Millisecond), fakeregistrar.WithRateLimit(c.limit))...)
		})
	}
}
