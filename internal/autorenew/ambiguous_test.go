// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// TestAmbiguousWhereTheServerActs has each way to be unsure beside each way to see what the server did.
func TestAmbiguousWhereTheServerActs(t *testing.T) {
	t.Parallel()
	doubts := map[string]func(*env){
		"a reset":                  lostResponse,
		"a 502 in HTML":            patch(fake.Fault{Act: true, Status: 502, Body: "<html>Bad Gateway</html>"}),
		"a 503 with Retry-After":   patch(acted(asking(5, answers(503)))),
		"a 200 that says no":       patch(acted(answers(200))),
		"JSON without a state":     patch(fake.Fault{OmitField: "state"}),
		"a body that stops coming": patch(fake.Fault{DelayBody: time.Minute}),
	}
	updates := map[string]fake.Scenario{
		"it acted at once":                        fake.Immediate(),
		"it is at it":                             fake.Slow(20 * time.Second),
		"the status shows that late":              hidden(9*time.Second, fake.Slow(20*time.Second)),
		"the registration shows that late":        late(20*time.Second, fake.Immediate()),
		"the status and the registration do late": late(20*time.Second, hidden(time.Second, fake.Immediate())),
	}
	each(t, doubts, func(t *testing.T, fact func(*env)) {
		each(t, updates, func(t *testing.T, update fake.Scenario) {
			situation{update: update, given: facts{fact}, patches: 1, took: seconds{0, 70}}.play(t)
		})
	})
}

func TestAmbiguousEndings(t *testing.T) {
	t.Parallel()
	const failure = "failed, rejected, no, shows false"
	actsLater := patch(fake.Fault{ActLater: 10 * time.Second})
	old := earlier(time.Hour, true, fake.Failed("old", "old", 0))
	play(t, map[string]situation{
		"the server does not act: another goes":          {given: facts{lostRequest}, patches: 2, took: seconds{12, 16}},
		"it is silent, and does not act":                 {given: facts{patch(fake.Fault{Delay: time.Minute})}, patches: 2, took: seconds{42, 46}},
		"the server acts a moment later":                 {given: facts{patch(fake.Fault{ActLater: 100 * time.Millisecond})}, patches: 1},
		"it acts at the end of its hold":                 {given: facts{actsLater}, patches: 1},
		"it acts at the end of its hold, and is at it":   {update: fake.Slow(20 * time.Second), given: facts{actsLater}, patches: 1},
		"it acts at the end of its hold, and shows late": {update: late(20*time.Second, fake.Immediate()), given: facts{actsLater}, patches: 1},
		"a failure that is seen when it is over is ours": {update: rejected(0), given: facts{old, lostResponse}, ends: failure, patches: 1},
		"a failure that is seen before is ours":          {update: rejected(20 * time.Second), given: facts{old, lostResponse}, ends: failure, patches: 1},
		"a failure that begins later is ours": {
			update: rejected(0), given: facts{old, patch(fake.Fault{ActLater: 5 * time.Second})}, ends: failure, patches: 1,
		},
		"an action by a person is ours": {
			update: fake.ActionRequired("confirm", ""), given: facts{lostResponse}, ends: "action_required, confirm", patches: 1,
		},
		"four are lost": {
			given: facts{patch(lasting(answers(500)))}, ends: "ambiguous, 4, HTTP 500", patches: 4, took: seconds{36, 60},
		},
		"four are lost, and the server acts on the last": {
			given: facts{lostRequest, lostRequest, lostRequest, lostResponse}, patches: 4,
		},
		"its update was in flight, and one odd response shows none": {
			update: fake.Slow(time.Minute), given: facts{lostResponse, status(fake.Fault{After: 9, Status: 422, Body: answers(422).Body})}, patches: 1,
		},
		"it is looked for in as few requests as can be": {
			update: fake.Slow(4 * time.Second), given: facts{lostResponse}, log: "status registration PATCH status status registration",
		},
		"the time is up meanwhile": {
			given: facts{patch(lasting(answers(503)))}, within: 8 * time.Second, ends: "time is up, sent, HTTP 503", patches: 1,
		},
		"somebody else updates toward the other value": {
			given: facts{lostRequest, later(time.Second, running(false, fake.Slow(30*time.Second)))}, patches: 2, took: seconds{30, 50},
		},
		"somebody else updates toward the wanted value": {
			given: facts{lostRequest, later(time.Second, running(true, fake.Slow(30*time.Second)))}, patches: 1,
		},
		"somebody else sets the value without an update": {given: facts{lostRequest, later(time.Second, shows(true))}, patches: 1},
	})
}
