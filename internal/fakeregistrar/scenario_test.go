// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// observe returns the state or HTTP status from update-status and the registration's value.
func (c *caller) observe() string {
	c.t.Helper()
	value := map[bool]string{true: "on", false: "off"}[c.autoRenew()]
	r := c.get(statusPath)
	if r.status != http.StatusOK {
		return fmt.Sprintf("%d %s", r.status, value)
	}
	w := decode[workflow](c.t, r)
	if ended := w.State == "succeeded" || w.State == "failed"; w.Completed != ended {
		return fmt.Sprintf("%s completed=%t %s", w.State, w.Completed, value)
	}
	return w.State + " " + value
}

// wantTimeline compares the results of observe at the given times with the wanted ones.
func (c *caller) wantTimeline(want string) {
	c.t.Helper()
	start := time.Now()
	var seen []string
	for one := range strings.SplitSeq(want, ", ") {
		after, _, _ := strings.Cut(one, " ")
		d, err := time.ParseDuration(after)
		if err != nil {
			c.t.Fatal(err)
		}
		time.Sleep(time.Until(start.Add(d)))
		seen = append(seen, after+" "+c.observe())
	}
	if got := strings.Join(seen, ", "); got != want {
		c.t.Errorf("observed %s\nwant %s", got, want)
	}
}

func TestScenario(t *testing.T) {
	t.Parallel()
	const second = time.Second
	unreachable := fake.Scenario{Steps: []fake.Step{{State: "pending", For: second}, {State: "blocked"}, {State: "succeeded"}}}
	type test struct {
		scenario fake.Scenario
		patch    string // status, duration, state
		timeline string // at times since the answer to the PATCH
	}
	each(t, map[string]test{
		"immediate succeeds before the answer":            {fake.Immediate(), "200 0s succeeded", "0s succeeded on"},
		"an update in the sync window returns 200":        {fake.Held(4 * second), "200 4s succeeded", "0s succeeded on"},
		"an update past the sync window returns 202":      {fake.Held(12 * second), "202 10s in_progress", "0s in_progress off, 1.999s in_progress off, 2s succeeded on"},
		"slow can be held":                                {fake.Slow(5 * second).Holding(), "200 5s succeeded", "0s succeeded on"},
		"slow is a fifth pending, the rest in_progress":   {fake.Slow(10 * second), "202 0s pending", "1s pending off, 2s in_progress off, 9s in_progress off, 10s succeeded on"},
		"blocked begins after a second in progress":       {fake.BlockedFor(5 * second), "202 0s in_progress", "1s blocked off, 6s succeeded on"},
		"action_required waits":                           {fake.ActionRequired("confirm", ""), "202 0s in_progress", "1s action_required off, 1000h action_required off"},
		"a failure changes nothing":                       {fake.Failed("rejected", "no", 3*second), "202 0s in_progress", "2s in_progress off, 3s failed off"},
		"the PATCH reports an immediate failure":          {fake.Failed("rejected", "no", 0), "200 0s failed", "0s failed off"},
		"stuck stays in_progress":                         {fake.Stuck(), "202 0s in_progress", "1000h in_progress off"},
		"never stays pending":                             {fake.Never(), "202 0s pending", "1000h pending off"},
		"an unknown state ends in success":                {fake.UnknownState("verifying", 5*second), "202 0s verifying", "4s verifying off, 5s succeeded on"},
		"the registration shows the update late":          {fake.LateRegistration(5 * second), "202 0s pending", "1s succeeded off, 5s succeeded off, 6s succeeded on"},
		"the registration never shows the update":         {fake.NeverShown(), "202 0s pending", "1s succeeded off, 1000h succeeded off"},
		"update-status shows the update late":             {fake.LateStatus(5 * second), "202 0s pending", "0s 404 off, 4s 404 on, 5s succeeded on"},
		"a stale status without an older one returns 404": {fake.StaleStatus(5 * second), "202 0s pending", "0s 404 off, 5s succeeded on"},
		"a step without a duration lasts forever":         {unreachable, "202 0s pending", "0.999s pending off, 1s blocked off, 1h blocked off"},
		"completed can contradict the state":              {fake.Contradictory(true, "in_progress"), "202 0s in_progress", "1h in_progress completed=true off"},
	}, func(t *testing.T, test test) {
		c := withScenario(t, test.scenario)
		start := time.Now()
		r := c.turnOn()
		if got := fmt.Sprintf("%d %s %s", r.status, time.Since(start), decode[workflow](t, r).State); got != test.patch {
			t.Errorf("PATCH = %s, want %s", got, test.patch)
		}
		c.wantTimeline(test.timeline)
		c.wantViolations()
	})
}

func TestConflictingRefusesPatchesForAWhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Conflicting(3*time.Second))
		const busy = "An update of example.com is already in progress"
		time.Sleep(time.Hour) // the conflict starts at the first PATCH, not here
		wantRefusal(t, c.turnOn(), http.StatusConflict, 10000, busy)
		c.wantTimeline("2.999s 404 off")
		wantRefusal(t, c.turnOn(), http.StatusConflict, 10000, busy)
		time.Sleep(time.Millisecond)
		wantStatus(t, c.turnOn(), http.StatusOK)
		c.server.SetScenario(account, domain, fake.Conflicting(time.Second))
		wantRefusal(t, c.turnOn(), http.StatusConflict, 10000, busy)
		c.wantViolations()
	})
}
