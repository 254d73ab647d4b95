// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// interruptedAfter is Set in a run that somebody ends after a while. It must return in that very
// moment, which on a fake clock is exact.
func (env *env) interruptedAfter(d time.Duration) (finished bool) {
	env.t.Helper()
	ctx, cancel := context.WithTimeoutCause(env.t.Context(), 20*time.Minute, errTimeUp)
	defer cancel()
	ctx, interrupt := context.WithCancelCause(ctx)
	defer interrupt(nil)
	env.later(d, func() { interrupt(errInterrupted) })
	began := time.Now()
	_, err := env.setIn(ctx, true)
	if err == nil {
		return true
	}
	e := as[*autorenew.StoppedError](env, err)
	if e.Timeout || !errors.Is(e.Cause, errInterrupted) || time.Since(began) != d || e.Waited != d {
		env.t.Errorf("after %s: %+v", time.Since(began), e)
	}
	if errors.Is(e.LastErr, errInterrupted) {
		env.t.Errorf("the interruption is called trouble: %v", e.LastErr)
	}
	return false
}

func TestInterruptReturnsAtOnce(t *testing.T) {
	t.Parallel()
	const soon = 2 * time.Second
	tests := map[string]struct {
		scenario fake.Scenario
		prepare  func(env *env)
		after    time.Duration
	}{
		"in the first look":                     {fake.Immediate(), func(env *env) { env.server.Inject(fake.Fault{Path: statusPath, Delay: time.Minute}) }, soon},
		"in the first look's body":              {fake.Immediate(), func(env *env) { env.server.Inject(fake.Fault{Path: statusPath, DelayBody: time.Minute}) }, soon},
		"in an endless body":                    {fake.Immediate(), func(env *env) { env.server.Inject(fake.Fault{Path: statusPath, Delay: soon, Endless: 1 << 40}) }, soon},
		"in the look at the registration":       {fake.Immediate(), func(env *env) { env.server.Inject(fake.Fault{Path: registrationPath, Delay: time.Minute}) }, soon},
		"in the registration's body":            {fake.Immediate(), func(env *env) { env.server.Inject(fake.Fault{Path: registrationPath, DelayBody: time.Minute}) }, soon},
		"in a held PATCH":                       {fake.Held(9 * time.Second), func(*env) {}, soon},
		"in a PATCH's body":                     {fake.Immediate(), func(env *env) { env.server.Inject(patched(fake.Fault{DelayBody: time.Minute})) }, soon},
		"between two polls":                     {fake.Stuck(), func(*env) {}, soon},
		"between two polls of a blocked update": {steps(lasts("blocked", 0)), func(*env) {}, 3 * time.Minute},
		"in a poll":                             {fake.Stuck(), func(env *env) { env.server.Inject(polls(fake.Fault{Delay: 20 * time.Second})) }, soon},
		"in a poll's body":                      {fake.Stuck(), func(env *env) { env.server.Inject(polls(fake.Fault{DelayBody: 20 * time.Second})) }, soon},
		"in the confirmation":                   {fake.NeverShown(), func(*env) {}, 10 * time.Second},
		"in the look that stands in for a poll": {fake.Stuck(), func(env *env) {
			env.server.Inject(polls(fake.Fault{Status: 404, Body: refusal, Times: -1}))
			env.server.Inject(fake.Fault{Method: http.MethodGet, Path: registrationPath, After: 1, Delay: time.Minute})
		}, soon},
	}
	for name, test := range tests {
		runCase(t, name, test.scenario, func(env *env) {
			test.prepare(env)
			if env.interruptedAfter(test.after) {
				env.t.Error("nothing was interrupted")
			}
		})
	}
}

// The waits in these follow an answer that is itself named as the trouble.
func TestInterruptInAWaitThatTheServerAskedFor(t *testing.T) {
	t.Parallel()
	tests := map[string]fake.Fault{
		"before another first look":           {Path: statusPath, Status: 503, Body: refusal, Header: retryAfter(60)},
		"before another look at the registry": {Path: registrationPath, Method: http.MethodGet, Status: 503, Body: refusal, Header: retryAfter(60)},
		"before another PATCH":                {Method: http.MethodPatch, Status: 429, Body: refusal, Header: retryAfter(60)},
		"in doubt about a PATCH":              {Method: http.MethodPatch, ResetBefore: true},
		"before another poll":                 {Path: statusPath, After: 1, Status: 429, Body: refusal, Header: retryAfter(60)},
	}
	for name, fault := range tests {
		runCase(t, name, fake.Stuck(), func(env *env) {
			env.server.Inject(fault)
			ctx, interrupt := context.WithCancelCause(env.t.Context())
			env.later(2*time.Second, func() { interrupt(errInterrupted) })
			_, err := env.setIn(ctx, true)
			if e := as[*autorenew.StoppedError](env, err); e.Timeout || !errors.Is(e.Cause, errInterrupted) {
				env.t.Errorf("error = %+v", e)
			}
			env.wantTook(2*time.Second, 2*time.Second)
		})
	}
}

func TestInterruptWhileTheRateLimitHoldsARequestBack(t *testing.T) {
	t.Parallel()
	for quota, log := range map[int]string{1: "status", 3: "status registration", 5: "status registration PATCH"} {
		runCase(t, "after "+log, fake.Stuck(), func(env *env) {
			if env.interruptedAfter(5 * time.Second) {
				env.t.Error("nothing was interrupted")
			}
			env.wantLog(log)
		}, fake.WithRateLimit(fake.RateLimit{Quota: quota, Window: 5 * time.Minute, Headers: true}))
	}
}

func TestInterruptDoesNotHideAFinding(t *testing.T) {
	t.Parallel()
	run(t, fake.Failed("registry_rejected", "no", 0), func(env *env) {
		env.server.Inject(fake.Fault{Method: http.MethodGet, Path: registrationPath, After: 1, Delay: time.Minute})
		ctx, interrupt := context.WithCancelCause(env.t.Context())
		env.later(time.Second, func() { interrupt(errInterrupted) })
		_, err := env.setIn(ctx, true)
		if e := as[*autorenew.FailedError](env, err); e.Shows != nil {
			t.Errorf("error = %+v", e)
		}
		env.wantTook(time.Second, time.Second)
	})
}

func TestInterruptBeforeAnythingBegan(t *testing.T) {
	t.Parallel()
	run(t, fake.Immediate(), func(env *env) {
		ctx, interrupt := context.WithCancelCause(env.t.Context())
		interrupt(errInterrupted)
		_, err := env.setIn(ctx, true)
		_ = as[*autorenew.StoppedError](env, err)
		env.wantLog("")
	})
}
