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

// adoptAll adopts the domains of a portfolio and returns their states.
func adoptAll(t *testing.T, fake *fakeregistrar.Server, domains int) []object {
	t.Helper()
	s, states := start(t, fake), make([]object, domains)
	for n := range states {
		states[n] = s.must(s.change(nil, settings(fmt.Sprintf("d%04d.com", n), true)))
	}
	fake.ResetLog()
	return states
}

// The token can't list the account, and each read of one domain gets a 503.
func TestFailingDomainDoesNotDelayOthers(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		states := adoptAll(t, fake, 21)
		fake.Inject(fakeregistrar.Fault{Method: "GET", Path: listPath, Status: 403, Body: refusal, Times: -1})
		fake.Inject(fakeregistrar.Fault{Method: "GET", Path: "/d0000.com", Status: 503, Times: -1})
		s, began := start(t, fake), time.Now() // a new process, with an empty cache
		walk(21, func(n int) {
			_, diags := s.read(states[n])
			took := time.Since(began)
			if n == 0 && (!strings.Contains(show(diags), "503") || took > 5*time.Minute) {
				t.Errorf("the failing domain returned %s after %s; want a 503 within the read timeout", show(diags), took)
			}
			// Four rounds of 100 ms: the refused list, a read that checks the account, and two rounds of ten reads.
			if n > 0 && (failed(diags) || took > 400*time.Millisecond) {
				t.Errorf("the read of domain %d took %s and returned %s; want at most 400ms and no error", n, took, show(diags))
			}
		})
	}, append(portfolio(21), fakeregistrar.WithLatency(100*time.Millisecond))...)
}

// Each domain gets an error, but only the first error is complete.
func TestSharedFailureIsShownInFullOnce(t *testing.T) {
	t.Parallel()
	type row struct {
		answer   string
		full     string // only in the complete error
		change   bool   // instead of a refresh
		requests int
		atMost   time.Duration
	}
	cases := map[string]row{
		"a revoked token":             {"revoked_token", "Replace api_token", false, 2, time.Second},
		"a token for another account": {"no_permission", "Give the token the permission group", false, 2, time.Second},
		"a read-only token":           {"read_only", "The token can only read the domain", true, 2 + 3*60, time.Minute},
		"an API that is down":         {"unavailable", "cloudflarestatus.com", false, 400, 330 * time.Second},
		"an API that is silent":       {"silent", "no response within 30s", false, 200, 330 * time.Second},
	}
	each(t, cases, func(row) options { return portfolio(60) }, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		states := adoptAll(t, fake, 60)
		fault, err := fakeregistrar.ParseAnswer(c.answer)
		if err != nil {
			t.Fatal(err)
		}
		fake.Inject(fault)
		s, began := start(t, fake), time.Now()
		shown := make([]string, 60)
		walk(60, func(n int) {
			_, diags := s.read(states[n])
			if c.change {
				_, diags = s.change(states[n], settings(fmt.Sprintf("d%04d.com", n), false))
			}
			shown[n] = show(diags)
		})
		full, short := 0, 0
		for n, text := range shown {
			full += strings.Count(text, c.full)
			if strings.Contains(text, fmt.Sprintf("d%04d.com", n)) && strings.HasSuffix(strings.TrimSpace(text), " ()\nFix the first error for account "+testAccount+": it has the same cause.") {
				short++
			}
		}
		if took := time.Since(began); full != 1 || short != 59 || took > c.atMost || len(fake.Requests()) > c.requests {
			t.Errorf("%d complete errors, %d short ones, %d requests in %s; want 1, 59, %d in %s", full, short, len(fake.Requests()), took, c.requests, c.atMost)
		}
	})
}
