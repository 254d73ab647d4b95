// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestWriteWithFewRequests(t *testing.T) {
	t.Parallel()
	play(t, map[string]situation{
		"already the wanted value":  {given: facts{shows(true)}, log: "status registration"},
		"update-status answers 410": {given: facts{status(answers(410))}, log: "status registration PATCH"},
		"an immediate update":       {log: "status registration PATCH"},
		"joining an update toward the other value": {
			given: facts{shows(true), running(false, fake.Slow(time.Second))}, log: "status status registration PATCH",
		},
		"a PATCH held until the success": {update: fake.Held(9 * time.Second), log: "status registration PATCH", took: seconds{9, 9.1}},
		"a PATCH whose hold ends before the success": {
			update: fake.Held(11 * time.Second), log: "status registration PATCH status", took: seconds{11.5, 12},
		},
	})
}

func TestWriteIfThePatchFails(t *testing.T) {
	t.Parallel()
	another := fake.Fault{Hook: func(s *fake.Server) { s.StartScenario(account, domain, false, fake.Slow(10*time.Second)) }}
	play(t, map[string]situation{
		"a 429 with Retry-After":   {given: facts{patch(withRetryAfter(30, answers(429)))}, patches: 2, took: seconds{30, 30.1}},
		"four refused connections": {given: facts{patch(fake.Fault{Refuse: true, Times: 4})}, patches: 1, took: seconds{40, 50}},
		"a 429 with a Retry-After beyond the deadline": {
			given: facts{patch(withRetryAfter(3600, answers(429)))}, ends: "HTTP 429, wait 1h0m0s", patches: 1, took: seconds{0, 0.04},
		},
		"update-status is refused":  {given: facts{status(answers(401))}, ends: "HTTP 401"},
		"a 403":                     {given: facts{patch(lasting(answers(403)))}, ends: "HTTP 403", patches: 1},
		"a 200 with success: false": {given: facts{patch(lasting(answers(200)))}, ends: "ambiguous, 1, HTTP 200", patches: 1},

		"a 409, with an update toward the other value": {given: facts{patch(another)}, patches: 2, took: seconds{10, 25}},
		"409s with no update":                          {update: fake.Conflicting(24 * time.Hour), ends: "HTTP 409", patches: 4, took: seconds{42, 48}},
		"the account does not hold the domain":         {given: facts{removed}, ends: "HTTP 404"},
	})
}

func TestWriteIfTheResponseIsLost(t *testing.T) {
	t.Parallel()
	hidden20 := hidden(20*time.Second, fake.Slow(30*time.Second))
	play(t, map[string]situation{
		"a reset":          {given: facts{lostResponse}, log: "status registration PATCH status registration", took: seconds{0, 2}},
		"a truncated body": {given: facts{patch(fake.Fault{Truncate: 5})}, patches: 1, took: seconds{0, 2}},
		"a 503 with a long Retry-After, acted on":      {given: facts{patch(acted(withRetryAfter(3600, answers(503))))}, patches: 1, took: seconds{0, 4}},
		"a 503 with a long Retry-After, not acted on":  {given: facts{patch(withRetryAfter(3600, answers(503)))}, ends: "poll failed, HTTP 503, wait 1h0m0s", patches: 1},
		"a 202 with a truncated body, hidden for 20 s": {update: hidden20, given: facts{patch(fake.Fault{Truncate: 5})}, patches: 1},
		"a 202 with a stalled body, hidden for 20 s":   {update: hidden20, given: facts{patch(fake.Fault{DelayBody: time.Minute})}, patches: 1},
		"the request is lost":                          {given: facts{lostRequest}, patches: 2, took: seconds{12, 16}},
		"a redirect":                                   {given: facts{patch(fake.Fault{Status: 303})}, ends: "ambiguous, 1, HTTP 303", patches: 1},
		"four PATCHes get a 500":                       {given: facts{patch(lasting(answers(500)))}, ends: "ambiguous, 4, HTTP 500", patches: 4, took: seconds{36, 60}},
		"a second PATCH is refused":                    {given: facts{lostRequest, patch(answers(403))}, ends: "poll failed, HTTP 403", patches: 2},
		"a read takes 25 s": {
			update: hidden(6*time.Second, fake.Slow(time.Minute)),
			given:  facts{lostResponse, reads(fake.Fault{After: 1, Status: 503, Header: withRetryAfter(25, fake.Fault{}).Header})}, patches: 1,
		},
		"a success an hour ago": {
			given: facts{anHourAgo(true, fake.Immediate()), shows(false), status(answers(404)), lostRequest}, patches: 2,
		},
	})
}

func TestWritesToOneDomainAreSerialized(t *testing.T) {
	t.Parallel()
	on := func(env *env) { env.set(true, "") }
	off := func(env *env) { env.set(false, "") }
	briefly := func(env *env) { env.setWithin(time.Second, false, "timed out, toward false") }
	elsewhere := func(env *env) {
		env.server.AddDomain(fake.Domain{Name: "example.net", Account: account, Scenario: fake.Slow(10 * time.Second)})
		_, _ = env.setter.Set(env.ctx, client.DomainID{Account: account, Name: "example.net"}, true)
	}
	type row struct {
		sets    []func(*env)
		patches int
		took    seconds
	}
	each(t, map[string]row{
		"toward one value":          {[]func(*env){on, on, on}, 1, seconds{10, 13}},
		"toward both":               {[]func(*env){on, off}, 2, seconds{20, 26}},
		"a timeout before its turn": {[]func(*env){on, briefly}, 1, seconds{10, 13}},
		"two domains at once":       {[]func(*env){on, elsewhere}, 2, seconds{10, 13}},
	}, func(t *testing.T, test row) {
		run(t, fake.Slow(10*time.Second), func(env *env) {
			var sets sync.WaitGroup
			for _, set := range test.sets {
				sets.Go(func() { set(env) })
				time.Sleep(time.Millisecond)
			}
			sets.Wait()
			env.wantPatches(test.patches)
			env.wantTook(test.took)
		})
	})
}

func TestEveryOperationInvalidatesTheCache(t *testing.T) {
	t.Parallel()
	type row struct {
		given facts
		ends  string
		want  int64
	}
	each(t, map[string]row{
		"a PATCH: at its response and at its end":                   {want: 2},
		"a PATCH with a lost response: at the error and at its end": {given: facts{lostResponse}, want: 2},
		"a joined update: at its end":                               {given: facts{running(true, fake.Slow(10*time.Second))}, want: 1},
		"a joined update that fails: at its end":                    {given: facts{running(true, rejected(time.Second))}, ends: "failed, joined, rejected, no, shows false", want: 1},
		"a value that shows late: at its end":                       {given: facts{running(true, shownAfter(5*time.Second, fake.Immediate()))}, want: 1},
		"already the wanted value: at its end":                      {given: facts{shows(true)}, want: 1},
	}, func(t *testing.T, test row) {
		run(t, fake.Slow(10*time.Second), func(env *env) {
			for _, fact := range test.given {
				fact(env)
			}
			env.set(true, test.ends)
			if got := env.cache.invalidated.Load(); got != test.want {
				env.t.Errorf("invalidated %d times, want %d", got, test.want)
			}
		})
	})
}
