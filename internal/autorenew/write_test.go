// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestWriteAsFewRequestsAsCanBe(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		prepare func(env *env)
		log     string
	}{
		"as wanted, and never updated": {func(env *env) { env.server.SetAutoRenew(account, domain, true) }, "status registration"},
		"as wanted, after an update":   {func(env *env) { env.after(fake.Immediate(), true, time.Hour) }, "status registration"},
		"as wanted, after a failed update": {func(env *env) {
			env.after(fake.Failed("old", "old", 0), false, time.Hour)
			env.server.SetAutoRenew(account, domain, true)
		}, "status registration"},
		"a toggle that is immediate": {func(*env) {}, "status registration PATCH"},
		"a toggle after an update":   {func(env *env) { env.after(fake.Immediate(), false, time.Hour) }, "status registration PATCH"},
		"a toggle that drift made needed": {func(env *env) {
			env.after(fake.Immediate(), true, time.Hour)
			env.server.SetAutoRenew(account, domain, false)
		}, "status registration PATCH"},
		"a toggle after a failed update":  {func(env *env) { env.after(fake.Failed("old", "old", 0), true, time.Hour) }, "status registration PATCH"},
		"joining what somebody has begun": {func(env *env) { env.server.StartScenario(account, domain, true, fake.Slow(time.Second)) }, "status registration status registration"},
		"joining the opposite": {func(env *env) {
			env.server.SetAutoRenew(account, domain, true)
			env.server.StartScenario(account, domain, false, fake.Slow(time.Second))
		}, "status registration status registration PATCH"},
	}
	for name, test := range tests {
		runCase(t, name, fake.Immediate(), func(env *env) {
			test.prepare(env)
			env.mustSet(true)
			env.wantLog(test.log)
		})
	}
}

func TestWriteBothWays(t *testing.T) {
	t.Parallel()
	run(t, fake.Immediate(), func(env *env) {
		for _, want := range []bool{true, false, true, true, false} {
			env.mustSet(want)
		}
		bodies := []string{}
		for _, r := range env.server.Requests() {
			if r.Body != "" {
				bodies = append(bodies, r.Body)
			}
		}
		if len(bodies) != 4 || bodies[0] != `{"auto_renew":true}` || bodies[1] != `{"auto_renew":false}` {
			t.Errorf("bodies = %s", bodies)
		}
	})
}

func TestWriteAgainWhereTheServerCannotHaveActed(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault       fake.Fault
		patches     int // that reach the server
		least, most time.Duration
	}{
		"a 429":                           {fake.Fault{Status: 429, Body: refusal}, 2, 2800 * time.Millisecond, 3300 * time.Millisecond},
		"a 429 with Retry-After":          {fake.Fault{Status: 429, Body: refusal, Header: retryAfter(30)}, 2, 30 * time.Second, 30100 * time.Millisecond},
		"a 429 three times":               {fake.Fault{Status: 429, Body: refusal, Times: 3}, 4, 19 * time.Second, 23 * time.Second},
		"a 425":                           {fake.Fault{Status: 425, Body: refusal}, 2, 2800 * time.Millisecond, 3300 * time.Millisecond},
		"a refused connection":            {fake.Fault{Refuse: true}, 1, 2800 * time.Millisecond, 3300 * time.Millisecond},
		"a connection refused four times": {fake.Fault{Refuse: true, Times: 4}, 1, 40 * time.Second, 50 * time.Second},
	}
	for name, test := range tests {
		runCase(t, name, fake.Immediate(), func(env *env) {
			env.server.Inject(patched(test.fault))
			env.mustSet(true)
			env.wantPatches(test.patches)
			env.wantTook(test.least, test.most)
		})
	}
}

func TestWriteFailsAtOnceWhereTheRetryAfterCannotFit(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"429": 429, "409": 409} {
		runCase(t, name, fake.Immediate(), func(env *env) {
			env.server.Inject(patched(fake.Fault{Status: status, Body: refusal, Header: retryAfter(3600)}))
			if e := fails[*client.Error](env, true); e.Status != status || e.RequiredWait != time.Hour {
				env.t.Errorf("error = %+v", e)
			}
			env.wantTook(0, 40*time.Millisecond)
		})
	}
}

func TestWriteEndsWhereThePatchIsRefused(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"400": 400, "401": 401, "403": 403, "404": 404, "405": 405, "422": 422, "501": 501} {
		runCase(t, name, fake.Immediate(), func(env *env) {
			env.server.Inject(patched(fake.Fault{Status: status, Body: refusal, Times: -1}))
			if e := fails[*client.Error](env, true); e.Status != status {
				env.t.Errorf("error = %+v", e)
			}
			env.wantPatches(1)
		})
	}
}

func TestWriteWaitsOutAConflict(t *testing.T) {
	t.Parallel()
	runCase(t, "with something that no endpoint shows", fake.Conflicting(10*time.Second), func(env *env) {
		env.mustSet(true)
		env.wantTook(10*time.Second, 23*time.Second)
		env.wantPatches(4)
	})
	runCase(t, "with an update that began between our look and our PATCH", fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{Hook: func(s *fake.Server) { s.StartScenario(account, domain, true, fake.Slow(10*time.Second)) }}))
		env.mustSet(true)
		env.wantPatches(1)
		env.wantTook(10*time.Second, 15*time.Second)
	})
	runCase(t, "with an update toward the other value", fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{Hook: func(s *fake.Server) { s.StartScenario(account, domain, false, fake.Slow(10*time.Second)) }}))
		env.mustSet(true)
		env.wantPatches(2)
	})
	runCase(t, "that outlasts the time", fake.Conflicting(24*time.Hour), func(env *env) {
		e := fails[*autorenew.StoppedError](env, true)
		if trouble := as[*client.Error](env, e.LastErr); trouble.Status != 409 || e.Sent || !e.Timeout {
			env.t.Errorf("error = %+v", e)
		}
		env.wantTook(20*time.Minute, 20*time.Minute)
		if env.patches() > 30 {
			env.t.Errorf("%d PATCHes in twenty minutes", env.patches())
		}
	})
}

func TestWriteOfADomainThatTheAccountDoesNotHold(t *testing.T) {
	t.Parallel()
	run(t, fake.Immediate(), func(env *env) {
		env.server.RemoveDomain(account, domain)
		if _, err := env.set(true); !client.IsNotFound(err) {
			t.Errorf("error = %v", err)
		}
		env.wantPatches(0)
	})
}

func TestWriteTakesTurnsForOneDomain(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		wants   []bool
		patches int
		least   time.Duration
	}{
		"toward one value": {[]bool{true, true, true}, 1, 10 * time.Second},
		"toward both":      {[]bool{true, false}, 2, 10 * time.Second},
	}
	for name, test := range tests {
		runCase(t, name, fake.Slow(10*time.Second), func(env *env) {
			var sets sync.WaitGroup
			for i, want := range test.wants {
				sets.Go(func() {
					time.Sleep(time.Duration(i) * time.Millisecond)
					if _, err := env.set(want); err != nil {
						env.t.Error(err)
					}
				})
			}
			sets.Wait()
			env.wantPatches(test.patches)
			env.wantTook(test.least, 26*time.Second)
		})
	}
}

func TestWriteTurnEndsWithItsContext(t *testing.T) {
	t.Parallel()
	run(t, fake.Slow(time.Minute), func(env *env) {
		var first sync.WaitGroup
		first.Go(func() { env.mustSet(true) })
		time.Sleep(time.Second)
		ctx, cancel := context.WithCancelCause(env.t.Context())
		env.later(time.Second, func() { cancel(errInterrupted) })
		_, err := env.setIn(ctx, false)
		if e := as[*autorenew.StoppedError](env, err); e.Timeout || e.Sent || !errors.Is(e.Cause, errInterrupted) || e.Waited != time.Second {
			t.Errorf("error = %+v", e)
		}
		env.wantTook(2*time.Second, 2*time.Second)
		first.Wait()
		env.wantPatches(1)
	})
}
