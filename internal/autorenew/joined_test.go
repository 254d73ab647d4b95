// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestJoinedUpdate(t *testing.T) {
	t.Parallel()
	halfMinute := fake.Slow(30 * time.Second)
	actionRequired := fake.ActionRequired("confirm", "x@example.com")
	towardFalse := func(update fake.Scenario) facts { return facts{shows(true), running(false, update)} }
	proxy := polls(lasting(fake.Fault{Status: 404, Body: "<html>Not Found</html>"}))
	play(t, map[string]situation{
		"toward the same value":                              {given: facts{running(true, halfMinute)}, took: seconds{30, 36}},
		"toward the other value":                             {given: facts{running(false, halfMinute)}, patches: 1, took: seconds{30, 36}},
		"toward the other value, while the wanted one shows": {given: towardFalse(halfMinute), patches: 1, took: seconds{30, 36}},
		"toward the other value, shown late":                 {given: towardFalse(shownAfter(20*time.Second, halfMinute)), patches: 1, took: seconds{30, 36}},
		"a failure":                                          {given: facts{running(true, rejected(20*time.Second))}, ends: "failed, joined, rejected, no, shows false"},
		"an unknown final state":                             {given: facts{running(true, unknownEnd)}, ends: "abandoned, joined, shows false"},
		"an hour of waiting for user action":                 {given: facts{anHourAgo(true, actionRequired)}, ends: "action_required, joined, confirm, x@example.com", log: "status"},
		"a timeout while the wanted value shows":             {given: facts{shows(true), running(true, fake.Stuck())}, ends: "timed out, in_progress, joined, as wanted"},
		"update-status stops showing it":                     {given: facts{running(false, halfMinute), polls(lasting(answers(404)))}, patches: 1, took: seconds{60, 75}},
		"a proxy answers 404 for a while":                    {given: facts{running(true, halfMinute), proxy, later(20*time.Second, clearFaults)}, took: seconds{30, 36}},
		"ended an hour ago, with a changing updated_at":      {given: facts{anHourAgo(false, fake.Immediate().WithoutRegistration()), updatedNow}, patches: 1, took: seconds{0, 1}},
	})
}

// unknownEnd ends in an undocumented state.
var unknownEnd = steps(lasts("in_progress", 5*time.Second), fake.Step{State: "abandoned", Completed: new(true)})

// updatedNow sets updated_at to the current time in all but the first status.
func updatedNow(env *env) {
	status(lasting(fake.Fault{After: 1, SetField: "updated_at", Value: time.Now().Format(time.RFC3339)}))(env)
}
