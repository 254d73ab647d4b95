// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// Defects that reviewers proved, each as what they observed.

func TestAnUpdateThatHasJustEnded(t *testing.T) {
	t.Parallel()
	tells, silent := fake.LateRegistration(8*time.Second), late(8*time.Second, fake.Immediate())
	fresh := fake.Fault{Rewrite: edited(func(result map[string]any) { result["updated_at"] = time.Now().Format(time.RFC3339) })}
	play(t, map[string]situation{
		"is not doubled":                         {given: facts{earlier(2*time.Second, true, tells)}, took: seconds{8, 10}},
		"is not doubled where it tells no value": {given: facts{earlier(2*time.Second, true, silent)}, took: seconds{8, 10}},
		"toward the other value is not taken for success": {
			given: facts{shows(true), earlier(2*time.Second, false, tells)}, patches: 1,
		},
		"toward the other value is not taken for success where it tells no value": {
			given: facts{shows(true), earlier(2*time.Second, false, silent)}, patches: 1,
		},
		"and that seems so for ever is not waited for": {
			given: facts{earlier(time.Hour, false, fake.Immediate().WithoutRegistration()), status(lasting(fresh))}, patches: 1, took: seconds{10, 12},
		},
	})
}

func TestALostPatch(t *testing.T) {
	t.Parallel()
	away := func(takes time.Duration) facts {
		return facts{shows(true), earlier(2*time.Second, false, shownAfter(8*time.Second, fake.Slow(takes))), lostRequest}
	}
	toldOff := status(lasting(fake.Fault{SetField: "context.registration.auto_renew", Value: false}))
	longRead := reads(fake.Fault{After: 1, Status: 503, Header: asking(25, fake.Fault{}).Header})
	play(t, map[string]situation{
		"is not confirmed by the value from before it, which an update that has just ended takes away": {given: away(time.Second), patches: 2},
		"is not confirmed by the value from before it, which an update that is joined takes away":      {given: away(10 * time.Second), patches: 2},
		"is not sent again for what context says alone":                                                {given: facts{lostResponse, toldOff}, patches: 1},
		"is not sent again for a status from before a long read": {
			update: hidden(6*time.Second, fake.Slow(time.Minute)), given: facts{lostResponse, longRead}, patches: 1,
		},
		"is looked for whatever Retry-After says: the server acted": {
			given: facts{patch(acted(asking(3600, answers(503))))}, log: "status registration PATCH status registration",
		},
		"is looked for whatever Retry-After says: it did not, and the pause does not fit": {
			given: facts{patch(asking(3600, answers(503)))}, ends: "not polled, HTTP 503, wait 1h0m0s", patches: 1, took: seconds{12, 13},
		},
		"is looked for whatever Retry-After says: it did not, and the pause fits": {
			given: facts{patch(asking(60, answers(503)))}, patches: 2, took: seconds{60, 61},
		},
		"is not forgotten for a refusal of the second": {given: facts{lostRequest, patch(answers(403))}, ends: "not polled, HTTP 403", patches: 2},
		"is not forgotten for a redirect":              {given: facts{patch(fake.Fault{Status: 303})}, ends: "ambiguous, 1, HTTP 303", patches: 1},
		"is not over for a 404 of a proxy": {
			update: fake.Slow(time.Minute), given: facts{lostResponse, polls(lasting(notFoundByProxy)), later(30*time.Second, clearFaults)}, patches: 1,
		},
	})
}

var notFoundByProxy = fake.Fault{Status: 404, Body: "<html>Not Found</html>"}

// shownAfter is an update whose success shows in the registration after a while.
func shownAfter(d time.Duration, update fake.Scenario) fake.Scenario {
	update.ShownAfter = d
	return update
}

func TestAJoinedUpdateIsNotOverForA404OfAProxy(t *testing.T) {
	t.Parallel()
	situation{given: facts{running(true, fake.Slow(time.Minute)), polls(lasting(notFoundByProxy)), later(30*time.Second, clearFaults)}}.play(t)
}

func TestOnlyEndedUpdatesCanBeFromBeforeThePatch(t *testing.T) {
	t.Parallel()
	skewed := patch(fake.Fault{Rewrite: rewriteCreated(func(at time.Time) time.Time { return at.Add(2 * time.Second) })})
	play(t, map[string]situation{
		"an action by a person shows": {
			update: fake.ActionRequired("confirm", ""), given: facts{skewed}, ends: "action_required, confirm", patches: 1, took: seconds{0, 3},
		},
		"a failure shows": {
			update: rejected(5 * time.Second), given: facts{skewed}, ends: "failed, rejected, no, shows false", patches: 1, took: seconds{5, 8},
		},
	})
}

func TestAnyStatusOfTheClassMeansNoUpdate(t *testing.T) {
	t.Parallel()
	rows := map[string]situation{}
	for _, code := range []int{400, 404, 410, 422} {
		rows[strconv.Itoa(code)] = situation{given: facts{status(lasting(answers(code)))}, log: "status registration PATCH"}
	}
	for _, code := range []int{401, 403} {
		rows[strconv.Itoa(code)] = situation{given: facts{status(lasting(answers(code)))}, log: "status", ends: "HTTP " + strconv.Itoa(code)}
	}
	play(t, rows)
}

func TestALinkThatFailsIsLeftForGood(t *testing.T) {
	t.Parallel()
	faults := map[string]fake.Fault{
		"403": answers(403), "404": answers(404), "500": answers(500), "a 200 that is not JSON": {Status: 200, Body: "<html>Welcome</html>"},
		"a redirect": {Status: 302, Header: http.Header{"Location": {"https://attacker.example.net"}}},
	}
	each(t, faults, func(t *testing.T, fault fake.Fault) {
		run(t, fake.Slow(10*time.Minute).WithLink(progress), func(env *env) {
			atLink(lasting(fault))(env)
			polls(fake.Fault{After: 2, Status: 503})(env) // after which it is not followed either
			env.set(true, "")
			env.wantPatches(1)
			if got := env.server.Count(http.MethodGet, "/progress"); got != 1 {
				env.t.Errorf("followed the link %d times, want once", got)
			}
			if got := env.server.Count(http.MethodGet, statusPath); got > 50 {
				env.t.Errorf("%d polls in ten minutes", got)
			}
		})
	})
}

func TestAnUpdateThatIsJoinedAfterAnotherHasItsOwnTimeToShow(t *testing.T) {
	t.Parallel()
	for want, patches := range map[bool]int{true: 0, false: 1} {
		t.Run("Set to "+strconv.FormatBool(want), func(t *testing.T) {
			t.Parallel()
			run(t, fake.Immediate(), func(env *env) {
				shows(true)(env)
				running(false, fake.Slow(10*time.Second))(env)
				later(10*time.Second+time.Millisecond, running(true, late(8*time.Second, fake.Slow(20*time.Second))))(env)
				env.set(want, "")
				env.wantPatches(patches)
				env.wantLasting(want)
			})
		})
	}
}

// What an operation has started and not seen to its end, the next one on the domain waits for.
func TestAnOperationHandsOverWithinTheProcess(t *testing.T) {
	t.Parallel()
	type row struct {
		update  fake.Scenario
		fault   func(*env)
		within  time.Duration
		ends    string // of the first, toward true
		want    bool   // of the second
		patches int
	}
	each(t, map[string]row{
		"a PATCH whose response is lost, to one toward the same value": {
			late(20*time.Second, fake.Immediate()), lostResponse, 2 * time.Second, "time is up, sent, HTTP 0", true, 1,
		},
		"a PATCH whose response is lost, to one toward the other value": {
			fake.Immediate(), patch(fake.Fault{ActLater: 5 * time.Second}), 2 * time.Second, "time is up, sent, HTTP 0", false, 2,
		},
		"a success that was not confirmed, to one toward the same value": {
			fake.LateRegistration(40 * time.Second), nothing, 20 * time.Second, "time is up, sent, succeeded", true, 1,
		},
		"a success that was not confirmed, to one toward the other value": {
			fake.LateRegistration(40 * time.Second), nothing, 20 * time.Second, "time is up, sent, succeeded", false, 2,
		},
	}, func(t *testing.T, test row) {
		run(t, test.update, func(env *env) {
			test.fault(env)
			env.setWithin(test.within, true, test.ends)
			nextIsImmediate(env)
			env.set(test.want, "")
			env.wantPatches(test.patches)
			env.wantLasting(test.want)
		})
	})
}
