// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// Joins are of updates that somebody else has started.

func TestJoinedUpdateSucceeds(t *testing.T) {
	t.Parallel()
	half := fake.Slow(30 * time.Second)
	away := func(update fake.Scenario) facts { return facts{shows(true), running(false, update)} }
	play(t, map[string]situation{
		"toward the same value":                   {given: facts{running(true, half)}, took: seconds{30, 36}},
		"toward the same value, shown late":       {given: facts{running(true, late(9*time.Second, half))}, took: seconds{39, 46}},
		"toward the value that is shown already":  {given: facts{shows(true), running(true, half)}, took: seconds{30, 45}},
		"toward the other value, as it was":       {given: facts{running(false, half)}, patches: 1, took: seconds{30, 45}},
		"away from the wanted value":              {given: away(half), patches: 1, took: seconds{30, 36}},
		"away from it, without the registration":  {given: away(half.WithoutRegistration()), patches: 1, took: seconds{40, 46}},
		"away from it, shown two seconds late":    {given: away(late(2*time.Second, half)), patches: 1, took: seconds{40, 46}},
		"away from it, shown nine seconds late":   {given: away(late(9*time.Second, half)), patches: 1, took: seconds{40, 46}},
		"ours, and then another toward our value": {update: fake.Slow(10 * time.Second), given: afterOurs(true, half), patches: 1},
		"ours, and then another toward another one": {
			update: fake.Slow(10 * time.Second), given: afterOurs(false, half), ends: "unconfirmed, succeeded", patches: 1,
		},
		"ours, and then another that fails": {
			update: fake.Slow(10 * time.Second), given: afterOurs(false, rejected(20*time.Second)), ends: "failed, rejected, no, shows true", patches: 1,
		},
	})
}

// afterOurs starts another update in the moment in which ours ends.
func afterOurs(toward bool, update fake.Scenario) facts {
	return facts{later(10*time.Second, running(toward, update))}
}

func TestJoinedUpdateDoesNotSucceed(t *testing.T) {
	t.Parallel()
	failing, asked := running(true, rejected(20*time.Second)), fake.ActionRequired("confirm", "x@example.com")
	play(t, map[string]situation{
		"it fails":                       {given: facts{failing}, ends: "failed, joined, rejected, no, shows false"},
		"it fails where it is as wanted": {given: facts{shows(true), failing}, ends: "failed, joined, rejected, no, shows true"},
		"a person must act":              {given: facts{running(true, asked)}, ends: "action_required, joined, confirm, x@example.com"},
		"a person was asked to act":      {given: facts{earlier(time.Hour, true, asked)}, ends: "action_required, joined, confirm, x@example.com", log: "status"},
		"nothing within the time":        {given: facts{running(true, fake.Stuck())}, ends: "time is up, in_progress, joined"},
	})
}

func TestJoinedUpdateVanishes(t *testing.T) {
	t.Parallel()
	brief, vanishing := fake.Slow(4*time.Second), polls(lasting(answers(404)))
	moment := fake.Fault{Status: 404, Body: answers(404).Body, Times: 4}
	again := moment
	again.After = 2
	twice := facts{running(true, fake.Slow(25*time.Second).WithLinkStyle(fake.LinkMissing)), polls(moment), status(again)}
	play(t, map[string]situation{
		"toward the wanted value":    {given: facts{running(true, brief), vanishing}},
		"toward the other value":     {given: facts{running(false, brief), vanishing}, patches: 1, took: seconds{61, 65}},
		"away from the wanted value": {given: facts{shows(true), running(false, brief), vanishing}, patches: 1},
		"for four looks, twice":      {given: twice, took: seconds{25, 31}},
		"for a moment, away from the wanted value": {
			given: facts{shows(true), running(false, fake.Slow(10*time.Second)), polls(answers(404)), polls(answers(404))}, patches: 1,
		},
	})
}
