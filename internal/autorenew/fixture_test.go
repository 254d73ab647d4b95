// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"cmp"
	"net/http"
	"strconv"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// situation is one call of Set(true) and its result. By default auto-renew starts off, and an update
// succeeds at once. A success must last.
type situation struct {
	update fake.Scenario // what a PATCH starts
	given  facts
	within time.Duration // the timeout, twenty minutes if zero

	ends    string  // how Set ends (see ending)
	log     string  // the requests; if empty, the test only counts PATCHes
	patches int     // how many PATCHes reach the server
	took    seconds // how long Set takes, if the test checks it
}

// seconds is a range of time, because pauses have jitter.
type seconds struct{ least, most float64 }

// facts are earlier updates, faults, and actions of other clients.
type facts []func(*env)

func (s situation) play(t *testing.T, options ...fake.Option) {
	t.Helper()
	run(t, s.update, func(env *env) {
		for _, fact := range s.given {
			fact(env)
		}
		env.setWithin(cmp.Or(s.within, defaultTimeout), true, s.ends)
		if s.log == "" {
			env.wantPatches(s.patches)
		} else if got := env.log(); got != s.log {
			env.t.Errorf("requests: %s\nwant:     %s", got, s.log)
		}
		if s.took != (seconds{}) {
			env.wantTook(s.took)
		}
		if s.ends != "" {
			return
		}
		time.Sleep(time.Hour)
		if d, _ := env.server.Registration(account, domain); !d.AutoRenew {
			env.t.Error("the value changed back within an hour")
		}
	}, options...)
}

// play plays each situation in a subtest.
func play(t *testing.T, situations map[string]situation) {
	t.Helper()
	each(t, situations, func(t *testing.T, s situation) { s.play(t) })
}

// each runs a test on each row in a subtest.
func each[T any](t *testing.T, rows map[string]T, test func(t *testing.T, row T)) {
	t.Helper()
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, row)
		})
	}
}

// shows sets what the registration shows at first.
func shows(on bool) func(*env) {
	return func(env *env) { env.server.SetAutoRenew(account, domain, on) }
}

// running starts another client's update.
func running(toward bool, update fake.Scenario) func(*env) {
	return func(env *env) { env.server.StartScenario(account, domain, toward, update) }
}

// anHourAgo starts another client's update, then waits an hour.
func anHourAgo(toward bool, update fake.Scenario) func(*env) {
	return func(env *env) {
		env.server.StartScenario(account, domain, toward, update)
		time.Sleep(time.Hour)
		env.began = time.Now()
	}
}

// later runs an action after some time.
func later(d time.Duration, act func(*env)) func(*env) {
	return func(env *env) { time.AfterFunc(d, func() { act(env) }) }
}

// interrupted interrupts the run after some time.
func interrupted(after time.Duration) func(*env) { return later(after, interrupt) }

func interrupt(env *env) { env.interrupt(errInterrupted) }

func clearFaults(env *env) { env.server.ClearFaults() }

func removed(env *env) { env.server.RemoveDomain(account, domain) }

// status injects a fault into reads of update-status, starting with the first.
func status(f fake.Fault) func(*env) {
	f.Path = statusPath
	return func(env *env) { env.server.Inject(f) }
}

// polls injects a fault into polls: all reads of update-status except the first, which precedes the PATCH.
func polls(f fake.Fault) func(*env) {
	f.After++
	return status(f)
}

// reads injects a fault into reads of the registration.
func reads(f fake.Fault) func(*env) {
	f.Method, f.Path = http.MethodGet, registrationPath
	return func(env *env) { env.server.Inject(f) }
}

// patch injects a fault into PATCHes.
func patch(f fake.Fault) func(*env) {
	f.Method = http.MethodPatch
	return func(env *env) { env.server.Inject(f) }
}

// Both break the connection of a PATCH: lostResponse after the server acts, lostRequest before.
var (
	lostResponse = patch(fake.Fault{ResetAfter: true})
	lostRequest  = patch(fake.Fault{ResetBefore: true})
)

// answers returns a fault that refuses a request with code 10000, in the API's envelope.
func answers(status int) fake.Fault {
	return fake.Fault{Status: status, Body: `{"success":false,"errors":[{"code":10000,"message":"no"}],"messages":[],"result":null}`}
}

// acted makes the server act before it answers with the fault.
func acted(f fake.Fault) fake.Fault {
	f.Act = true
	return f
}

// withRetryAfter adds a Retry-After to a fault.
func withRetryAfter(seconds int, f fake.Fault) fake.Fault {
	f.Header = http.Header{"Retry-After": {strconv.Itoa(seconds)}}
	return f
}

// lasting applies a fault to every request.
func lasting(f fake.Fault) fake.Fault {
	f.Times = -1
	return f
}

// inProgress returns a fault that answers in_progress. A fault with a header needs its own body.
func inProgress(status int) fake.Fault {
	return fake.Fault{Status: status, Body: `{"success":true,"errors":[],"messages":[],"result":{"state":"in_progress","completed":false,` +
		`"created_at":"2000-01-01T00:00:00Z","updated_at":"2000-01-01T00:00:00Z","links":{"self":""},"context":{}}}`}
}

// steps returns a scenario of states. The last one lasts forever.
func steps(list ...fake.Step) fake.Scenario { return fake.Scenario{Steps: list} }

func lasts(state string, d time.Duration) fake.Step { return fake.Step{State: state, For: d} }

// rejected returns an update that fails after some time.
func rejected(after time.Duration) fake.Scenario { return fake.Failed("rejected", "no", after) }

// hidden hides an update from update-status for some time.
func hidden(d time.Duration, update fake.Scenario) fake.Scenario {
	update.HiddenFor = d
	return update
}

// shownAfter delays the effect of an update on the registration.
func shownAfter(d time.Duration, update fake.Scenario) fake.Scenario {
	update.ShownAfter = d
	return update
}
