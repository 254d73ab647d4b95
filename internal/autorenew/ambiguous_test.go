// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// patched strikes PATCHes.
func patched(f fake.Fault) fake.Fault {
	f.Method = http.MethodPatch
	return f
}

// doubts are the ends of a PATCH after which nobody knows whether the server acts.
func doubts() map[string]fake.Fault {
	return map[string]fake.Fault{
		"408":                    {Status: 408, Body: refusal},
		"500":                    {Status: 500, Body: refusal},
		"502 in HTML":            {Status: 502, Body: "<html>Bad Gateway</html>"},
		"503 with Retry-After":   {Status: 503, Body: refusal, Header: retryAfter(5)},
		"a 204":                  {Status: 204},
		"a 200 that is not JSON": {Status: 200, Body: "<html>Welcome</html>"},
	}
}

// lost are doubts in which the server is sure to have acted.
func lost() map[string]fake.Fault {
	faults := map[string]fake.Fault{
		"a reset":                  {ResetAfter: true},
		"truncated JSON":           {Truncate: 30},
		"JSON without a state":     {OmitField: "state"},
		"a state that is a number": {SetField: "state", Value: 1},
		"an answer about another":  {SetField: "context.domain_name", Value: "other.com"},
		"a body of 100 MB":         {Endless: 100 << 20},
		"a body that stops coming": {DelayBody: time.Minute},
		"a 200 that says no":       {Act: true, Status: 200, Body: refusal},
	}
	for name, fault := range doubts() {
		fault.Act = true
		faults[name] = fault
	}
	return faults
}

func TestAmbiguousWhereTheServerActed(t *testing.T) {
	t.Parallel()
	scenarios := map[string]fake.Scenario{
		"at once":                         fake.Immediate(),
		"and is at it":                    fake.Slow(20 * time.Second),
		"and the status shows late":       hidden(fake.Slow(20*time.Second), 9*time.Second),
		"and the registration shows late": late(fake.Immediate(), 20*time.Second),
		"and both show late":              late(hidden(fake.Immediate(), 5*time.Second), 20*time.Second),
	}
	for doubt, fault := range lost() {
		for name, scenario := range scenarios {
			runCase(t, doubt+", it acted "+name, scenario, func(env *env) {
				env.server.Inject(patched(fault))
				env.mustSet(true)
				env.wantPatches(1)
				env.wantTook(0, 70*time.Second)
			})
		}
	}
}

// hidden keeps an update out of update-status for a while.
func hidden(scenario fake.Scenario, d time.Duration) fake.Scenario {
	scenario.HiddenFor = d
	return scenario
}

func TestAmbiguousWhereTheServerDidNotAct(t *testing.T) {
	t.Parallel()
	faults := doubts()
	faults["a reset"] = fake.Fault{ResetBefore: true}
	faults["no answer"] = fake.Fault{Delay: time.Minute}
	for name, fault := range faults {
		runCase(t, name, fake.Immediate(), func(env *env) {
			env.server.Inject(patched(fault))
			env.mustSet(true)
			env.wantPatches(2)
			env.wantTook(12*time.Second, 46*time.Second)
		})
	}
}

func TestAmbiguousWhereTheServerActsLater(t *testing.T) {
	t.Parallel()
	scenarios := map[string]fake.Scenario{
		"at once":                         fake.Immediate(),
		"slowly":                          fake.Slow(20 * time.Second),
		"and the registration shows late": late(fake.Immediate(), 20*time.Second),
	}
	for _, delay := range []time.Duration{100 * time.Millisecond, 2 * time.Second, 5 * time.Second, 10 * time.Second} {
		for name, scenario := range scenarios {
			runCase(t, delay.String()+" later, "+name, scenario, func(env *env) {
				env.server.Inject(patched(fake.Fault{ActLater: delay}))
				env.mustSet(true)
				env.wantPatches(1)
			})
		}
	}
}

func TestAmbiguousFailureOfALostPatchIsOurs(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		scenario fake.Scenario
		fault    fake.Fault
	}{
		"seen when it had failed": {fake.Failed("registry_rejected", "no", 0), fake.Fault{ResetAfter: true}},
		"seen before it failed":   {fake.Failed("registry_rejected", "no", 20*time.Second), fake.Fault{ResetAfter: true}},
		"acted on later":          {fake.Failed("registry_rejected", "no", 0), fake.Fault{ActLater: 5 * time.Second}},
		"with a 200 that says no": {fake.Failed("registry_rejected", "no", 0), fake.Fault{Act: true, Status: 200, Body: refusal}},
	}
	for name, test := range tests {
		runCase(t, name, test.scenario, func(env *env) {
			env.after(fake.Failed("old", "old", 0), true, time.Hour)
			env.server.Inject(patched(test.fault))
			e := fails[*autorenew.FailedError](env, true)
			if e.Joined || e.Update.ErrorCode != "registry_rejected" {
				env.t.Errorf("error = %+v", e)
			}
			env.wantPatches(1)
		})
	}
}

func TestAmbiguousActionOfALostPatchIsOurs(t *testing.T) {
	t.Parallel()
	run(t, fake.ActionRequired("confirm_email", ""), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetAfter: true}))
		if e := fails[*autorenew.ActionRequiredError](env, true); e.Joined {
			t.Errorf("error = %+v", e)
		}
		env.wantPatches(1)
	})
}

func TestAmbiguousEveryTimeEndsUnsure(t *testing.T) {
	t.Parallel()
	for name, fault := range doubts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fault.Times = -1
			run(t, fake.Immediate(), func(env *env) {
				env.server.Inject(patched(fault))
				if e := fails[*autorenew.AmbiguousError](env, true); e.Attempts != 4 {
					t.Errorf("%d tries, want 4", e.Attempts)
				}
				env.wantPatches(4)
				env.wantTook(36*time.Second, 3*time.Minute)
			})
		})
	}
}

func TestAmbiguousPatchWhoseUpdateWasSeenInFlightIsNotRepeatedForOneOddResponse(t *testing.T) {
	t.Parallel()
	run(t, fake.Slow(time.Minute), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetAfter: true}))
		env.server.Inject(fake.Fault{Path: statusPath, After: 9, Status: 422, Body: refusal})
		env.mustSet(true)
		env.wantPatches(1)
	})
}

func TestAmbiguousLastTryThatTheServerActedOn(t *testing.T) {
	t.Parallel()
	run(t, fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetBefore: true, Times: 3}))
		env.server.Inject(patched(fake.Fault{ResetAfter: true}))
		env.mustSet(true)
		env.wantPatches(4)
	})
}

func TestAmbiguousRefusalIsNotRepeated(t *testing.T) {
	t.Parallel()
	run(t, fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{Status: 200, Body: refusal, Times: -1}))
		if e := fails[*client.Error](env, true); e.Kind != client.KindRefused || e.Status != 200 {
			t.Errorf("error = %+v", e)
		}
		env.wantPatches(1)
	})
}

func TestAmbiguousPatchAndAnotherActor(t *testing.T) {
	t.Parallel()
	runCase(t, "who updates toward the other value meanwhile", fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetBefore: true}))
		env.later(time.Second, func() { env.server.StartScenario(account, domain, false, fake.Slow(30*time.Second)) })
		env.mustSet(true)
		env.wantPatches(2)
		env.wantTook(30*time.Second, 50*time.Second)
	})
	runCase(t, "who updates toward the same value meanwhile", fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetBefore: true}))
		env.later(time.Second, func() { env.server.StartScenario(account, domain, true, fake.Slow(30*time.Second)) })
		env.mustSet(true)
		env.wantPatches(1)
	})
	runCase(t, "who sets the value without an update", fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetBefore: true}))
		env.later(time.Second, func() { env.server.SetAutoRenew(account, domain, true) })
		env.mustSet(true)
		env.wantPatches(1)
	})
}

func TestAmbiguousWithinTheTimeLeft(t *testing.T) {
	t.Parallel()
	run(t, fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetBefore: true, Times: -1}))
		_, err := env.setWithin(8*time.Second, true)
		e := as[*autorenew.StoppedError](env, err)
		if !e.Timeout || !e.Sent || e.Update.State != "" || e.LastErr == nil {
			t.Errorf("error = %+v", e)
		}
		env.wantPatches(1)
		env.wantTook(8*time.Second, 8*time.Second)
	})
}

func TestAmbiguousPatchIsLookedForInAsFewRequestsAsCanBe(t *testing.T) {
	t.Parallel()
	run(t, fake.Slow(4*time.Second), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetAfter: true}))
		env.mustSet(true)
		env.wantLog("status registration PATCH status status")
	})
}
