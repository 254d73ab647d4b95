// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"strings"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestWaitUntilTheUpdateEnds(t *testing.T) {
	t.Parallel()
	failure := fake.Step{State: "failed", ErrorCode: "rejected", ErrorMessage: "no"}
	completedTrue := fake.Step{State: "in_progress", For: 4 * time.Second, Completed: new(true)}
	actionRequired := fake.Step{State: "action_required", Context: map[string]any{"action": "confirm", "confirmation_sent_to": "x@example.com"}}
	success := lasts("succeeded", 0)
	play(t, map[string]situation{
		"through every state in flight": {
			update: steps(
				lasts("pending", 2*time.Second), lasts("in_progress", 2*time.Second), lasts("blocked", 3*time.Second),
				lasts("verifying", 5*time.Second), success,
			),
			log: "status registration PATCH status status status status status status", took: seconds{12, 14.1},
		},
		"a success with completed: false":    {update: fake.Contradictory(false, "succeeded"), log: "status registration PATCH"},
		"in progress with completed: true":   {update: steps(completedTrue, success), log: "status registration PATCH status status status"},
		"a success without the registration": {update: fake.Immediate().WithoutRegistration(), log: "status registration PATCH registration"},
		"a success with an incomplete registration": {
			given: facts{patch(fake.Fault{OmitField: "context.registration.status"})}, log: "status registration PATCH registration",
		},
		"a success that the registration never shows": {update: fake.NeverShown(), ends: "unconfirmed, succeeded", patches: 1, took: seconds{61, 72}},

		"a failure after four seconds": {update: steps(completedTrue, failure), ends: "failed, rejected, no, shows false", patches: 1},
		"the response to the PATCH is action_required": {
			update: steps(actionRequired), ends: "action_required, confirm, x@example.com", patches: 1, took: seconds{0, 0.02},
		},
		"ten minutes":                        {update: fake.Slow(10 * time.Minute), patches: 1, took: seconds{600, 630}},
		"blocked for ten minutes":            {update: fake.BlockedFor(10 * time.Minute), patches: 1, took: seconds{601, 721}},
		"blocked until the deadline":         {update: fake.BlockedFor(24 * time.Hour), ends: "timed out, sent, blocked", patches: 1},
		"a success just before the deadline": {update: steps(lasts("blocked", 655*time.Second), success), within: 11 * time.Minute, patches: 1},
		"the domain leaves the account": {
			update: fake.Slow(time.Minute), given: facts{later(10*time.Second, removed)}, ends: "poll failed, pending, HTTP 404", patches: 1,
		},
		"the confirming read fails once": {
			update: fake.Slow(10 * time.Second).WithoutRegistration(), given: facts{reads(fake.Fault{After: 1, Status: 200, Body: "<html>"})}, patches: 1,
		},
	})
}

func TestWaitIfPollsFail(t *testing.T) {
	t.Parallel()
	slow, stuck := fake.Slow(10*time.Second), fake.Stuck()
	forbidden := facts{polls(lasting(answers(403)))}
	linked, secondPoll503 := fake.Slow(4*time.Second).WithLink(progress), polls(fake.Fault{After: 1, Status: 503})
	const linkDropped = "status registration PATCH progress status status status" // even if a later poll fails
	play(t, map[string]situation{
		"no connection for a minute": {
			update: slow, given: facts{polls(lasting(fake.Fault{Refuse: true})), later(time.Minute, clearFaults)}, patches: 1, took: seconds{60, 72},
		},
		"polls are refused": {update: stuck, given: forbidden, ends: "poll failed, in_progress, HTTP 403", patches: 1, took: seconds{1, 6}},

		"503s until the deadline": {
			update: stuck, given: facts{polls(answers(500)), polls(lasting(answers(503)))}, ends: "timed out, sent, in_progress, HTTP 503", patches: 1,
		},
		"the first read fails, then gets no answer until the deadline": {
			given: facts{status(answers(503)), status(fake.Fault{Delay: time.Hour})}, within: 20 * time.Second, ends: "timed out, HTTP 503",
		},
		"the first read gets no answer until the deadline": {given: facts{status(fake.Fault{Delay: time.Hour})}, within: 20 * time.Second, ends: "timed out"},
		"a link answers 403":      {update: linked, given: facts{atLink(lasting(answers(403))), secondPoll503}, log: linkDropped},
		"a link answers 404":      {update: linked, given: facts{atLink(lasting(answers(404))), secondPoll503}, log: linkDropped},
		"a Retry-After at a link": {update: slow.WithLink(progress), given: facts{atLink(withRetryAfter(30, answers(503)))}, patches: 1, took: seconds{30, 32}},

		"a long Retry-After":                         {update: slow, given: facts{polls(withRetryAfter(30, inProgress(200)))}, patches: 1, took: seconds{31.5, 31.7}},
		"a Retry-After in the response to the PATCH": {update: slow, given: facts{patch(acted(withRetryAfter(12, inProgress(202))))}, patches: 1, took: seconds{12, 12.1}},
		"a 503 with a Retry-After beyond the deadline": {
			update: stuck, given: facts{polls(withRetryAfter(3600, answers(503)))}, ends: "poll failed, in_progress, HTTP 503, wait 1h0m0s", patches: 1,
		},
		"a Retry-After beyond the deadline": {
			update: stuck, given: facts{polls(withRetryAfter(3600, inProgress(200)))}, ends: "poll failed, in_progress, HTTP 0, wait 1h0m0s", patches: 1, took: seconds{1, 2},
		},
	})
}

// progress returns a link that the client follows. atLink injects a fault there.
func progress(account, domain string) string {
	return "/accounts/" + account + "/registrar/registrations/" + domain + "/progress"
}

func atLink(f fake.Fault) func(*env) {
	f.Path = "/progress"
	return func(env *env) { env.server.Inject(f) }
}

func TestWaitLogsEachChangeOfStateOnce(t *testing.T) {
	t.Parallel()
	run(t, steps(lasts("pending", 5*time.Second), lasts("in_progress", 5*time.Second), lasts("succeeded", 0)), func(env *env) {
		env.set(true, "")
		for _, state := range []string{"pending", "in_progress", "succeeded"} {
			line := `level=INFO msg="update state" account_id=` + account + " domain_name=example.com state=" + state + " joined=false waited="
			if got := strings.Count(env.logged.String(), line); got != 1 {
				env.t.Errorf("logged %s %d times, want once:\n%s", state, got, env.logged.String())
			}
		}
	})
}
