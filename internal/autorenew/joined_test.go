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
	half := fake.Slow(30 * time.Second)
	asked := fake.ActionRequired("confirm", "x@example.com")
	away := func(update fake.Scenario) facts { return facts{shows(true), running(false, update)} }
	proxy := polls(lasting(fake.Fault{Status: 404, Body: "<html>Not Found</html>"}))
	play(t, map[string]situation{
		"toward the same value":                     {given: facts{running(true, half)}, took: seconds{30, 36}},
		"toward the other value":                    {given: facts{running(false, half)}, patches: 1, took: seconds{30, 36}},
		"toward the other value, already as wanted": {given: away(half), patches: 1, took: seconds{30, 36}},
		"the same, shown late":                      {given: away(shownAfter(20*time.Second, half)), patches: 1, took: seconds{30, 36}},
		"it fails":                                  {given: facts{running(true, rejected(20*time.Second))}, ends: "failed, joined, rejected, no, shows false"},
		"it ends in an unknown state":               {given: facts{running(true, unknownEnd)}, ends: "abandoned, joined, shows false"},
		"it has needed user action for an hour":     {given: facts{anHourAgo(true, asked)}, ends: "action_required, joined, confirm, x@example.com", log: "status"},
		"it does not end in time, as wanted":        {given: facts{shows(true), running(true, fake.Stuck())}, ends: "time is up, in_progress, joined, shows it"},
		"update-status stops showing it":            {given: facts{running(false, half), polls(lasting(answers(404)))}, patches: 1, took: seconds{60, 75}},
		"a proxy answers 404 for a while":           {given: facts{running(true, half), proxy, later(20*time.Second, clearFaults)}, took: seconds{30, 36}},
		"just ended, and updated_at moves":          {given: facts{anHourAgo(false, fake.Immediate().WithoutRegistration()), updatedNow}, patches: 1, took: seconds{0, 1}},
	})
}

// unknownEnd ends in a state that Cloudflare does not document.
var unknownEnd = steps(lasts("in_progress", 5*time.Second), fake.Step{State: "abandoned", Completed: new(true)})

// updatedNow sets updated_at to the current time in all but the first status.
func updatedNow(env *env) {
	status(lasting(fake.Fault{After: 1, SetField: "updated_at", Value: time.Now().Format(time.RFC3339)}))(env)
}
