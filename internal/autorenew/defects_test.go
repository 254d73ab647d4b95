// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// Defects that reviewers proved, each as what they observed.

func TestAnUpdateThatHasJustEndedIsNotDoubled(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		scenario fake.Scenario
		idle     time.Duration // between the end of the update and the next run
	}{
		"its context tells": {fake.LateRegistration(8 * time.Second), 2 * time.Second},
		"nothing tells":     {late(fake.Immediate(), 8*time.Second), 2 * time.Second},
	}
	for name, test := range tests {
		runCase(t, name, fake.Immediate(), func(env *env) {
			env.server.StartScenario(account, domain, true, test.scenario)
			time.Sleep(test.idle)
			env.mustSet(true)
			env.wantPatches(0)
			env.wantTook(8*time.Second, 12*time.Second)
		})
	}
}

func TestAnUpdateTowardTheOtherValueThatHasJustEndedIsNotTakenForSuccess(t *testing.T) {
	t.Parallel()
	for name, scenario := range map[string]fake.Scenario{"its context tells": fake.LateRegistration(8 * time.Second), "nothing tells": late(fake.Immediate(), 8*time.Second)} {
		runCase(t, name, fake.Immediate(), func(env *env) {
			env.server.SetAutoRenew(account, domain, true)
			env.server.StartScenario(account, domain, false, scenario)
			time.Sleep(2 * time.Second)
			env.mustSet(true)
			env.wantPatches(1)
			time.Sleep(time.Hour)
			if !env.truth() {
				env.t.Error("the success was undone an hour later")
			}
		})
	}
}

func TestAPatchWhoseResponseIsLostIsHandedOverWithinTheProcess(t *testing.T) {
	t.Parallel()
	runCase(t, "to an operation toward the same value", late(fake.Immediate(), 20*time.Second), func(env *env) {
		env.server.Inject(patched(fake.Fault{ResetAfter: true}))
		_, err := env.setWithin(2*time.Second, true)
		_ = as[*autorenew.StoppedError](env, err)
		env.mustSet(true)
		env.wantPatches(1)
	})
	runCase(t, "to an operation toward the other value", fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{ActLater: 5 * time.Second}))
		_, err := env.setWithin(2*time.Second, true)
		_ = as[*autorenew.StoppedError](env, err)
		env.mustSet(false)
		time.Sleep(time.Hour)
		if env.truth() {
			env.t.Error("the success was undone")
		}
	})
}

func TestALostPatchIsExaminedWhateverRetryAfterSays(t *testing.T) {
	t.Parallel()
	runCase(t, "and the server had acted", fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{Act: true, Status: 503, Body: refusal, Header: retryAfter(3600)}))
		env.mustSet(true)
		env.wantLog("status registration PATCH status")
	})
	runCase(t, "and it had not, and the wait does not fit", fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{Status: 503, Body: refusal, Header: retryAfter(3600)}))
		e := fails[*autorenew.PollError](env, true)
		if cause := as[*clientError](env, e.Err); cause.Status != 503 || cause.RequiredWait < 59*time.Minute || !autorenew.InFlight(e) {
			env.t.Errorf("error = %+v", cause)
		}
		env.wantPatches(1)
		env.wantTook(12*time.Second, 13*time.Second)
	})
	runCase(t, "and it had not, and the wait fits", fake.Immediate(), func(env *env) {
		env.server.Inject(patched(fake.Fault{Status: 503, Body: refusal, Header: retryAfter(60)}))
		env.mustSet(true)
		env.wantPatches(2)
		env.wantTook(60*time.Second, 61*time.Second)
	})
}

func TestOnlyEndedUpdatesCanBeFromBeforeThePatch(t *testing.T) {
	t.Parallel()
	skewed := fake.Fault{Method: http.MethodPatch, Rewrite: rewriteCreated(func(at time.Time) time.Time { return at.Add(2 * time.Second) })}
	runCase(t, "an action by a person shows", fake.ActionRequired("confirm", "x@example.com"), func(env *env) {
		env.server.Inject(skewed)
		_ = fails[*autorenew.ActionRequiredError](env, true)
		env.wantTook(0, 3*time.Second)
	})
	runCase(t, "a failure shows", fake.Failed("registry_rejected", "no", 5*time.Second), func(env *env) {
		env.server.Inject(skewed)
		_ = fails[*autorenew.FailedError](env, true)
		env.wantTook(5*time.Second, 8*time.Second)
	})
}

func TestAnyStatusOfTheClassMeansNoUpdate(t *testing.T) {
	t.Parallel()
	const none = `{"success":false,"errors":[{"code":10000,"message":"No workflow found for example.com"}],"messages":[],"result":null}`
	for _, status := range []int{400, 404, 410, 422} {
		runCase(t, http.StatusText(status), fake.Immediate(), func(env *env) {
			env.server.Inject(fake.Fault{Path: statusPath, Status: status, Body: none, Times: -1})
			env.mustSet(true)
			env.wantLog("status registration PATCH")
		})
	}
	for _, status := range []int{401, 403} {
		runCase(t, http.StatusText(status), fake.Immediate(), func(env *env) {
			env.server.Inject(fake.Fault{Path: statusPath, Status: status, Body: none, Times: -1})
			if e := fails[*clientError](env, true); e.Status != status {
				env.t.Errorf("error = %+v", e)
			}
			env.wantLog("status")
		})
	}
}

func TestALinkThatFailsIsLeftForGood(t *testing.T) {
	t.Parallel()
	redirect := http.Header{"Location": {"https://attacker.example.net"}}
	tests := map[string]fake.Fault{
		"400": {Status: 400, Body: refusal}, "403": {Status: 403, Body: refusal}, "405": {Status: 405, Body: refusal},
		"404": {Status: 404, Body: refusal}, "a redirect": {Status: 302, Header: redirect},
		"500": {Status: 500, Body: refusal}, "a 200 that is not JSON": {Status: 200, Body: "<html>Welcome</html>"},
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			progress := func(a, d string) string { return "/accounts/" + a + "/registrar/registrations/" + d + "/progress" }
			run(t, fake.Slow(10*time.Minute).WithLink(progress), func(env *env) {
				fault.Path, fault.Times = "/progress", -1
				env.server.Inject(fault)
				env.mustSet(true)
				env.wantPatches(1)
				if got := env.server.Count(http.MethodGet, "/progress"); got != 1 {
					t.Errorf("followed the link %d times, want once", got)
				}
				if got := env.server.Count(http.MethodGet, statusPath); got > 50 {
					t.Errorf("%d polls in ten minutes", got)
				}
			})
		})
	}
}

func TestATimeoutBeforeTheRegistrationShowsTheChangeIsATimeout(t *testing.T) {
	t.Parallel()
	run(t, fake.LateRegistration(40*time.Second), func(env *env) {
		_, err := env.setWithin(30*time.Second, true)
		if e := as[*autorenew.StoppedError](env, err); !e.Timeout || e.Update.State != "succeeded" {
			t.Errorf("error = %+v", e)
		}
		env.wantTook(30*time.Second, 30*time.Second)
	})
}

func TestEveryWriteInvalidatesTheCache(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		begin func(env *env)
		want  int64
	}{
		"a PATCH, at its response and at its end": {func(env *env) { env.server.SetScenario(account, domain, fake.Slow(10*time.Second)) }, 2},
		"a joined update, at its end":             {func(env *env) { env.server.StartScenario(account, domain, true, fake.Slow(10*time.Second)) }, 1},
		"a domain as wanted, never":               {func(env *env) { env.server.SetAutoRenew(account, domain, true) }, 0},
	}
	for name, test := range tests {
		runCase(t, name, fake.Immediate(), func(env *env) {
			test.begin(env)
			env.mustSet(true)
			if got := env.cache.invalidated.Load(); got != test.want {
				env.t.Errorf("invalidated %d times, want %d", got, test.want)
			}
		})
	}
}
