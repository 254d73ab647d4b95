// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestPatchBodies(t *testing.T) {
	t.Parallel()
	const (
		implicit = "PATCH without an explicit boolean auto_renew: " + account + "/example.com"
		noJSON   = "PATCH whose body isn't a JSON object: " + account + "/example.com"
		locked   = `PATCH with a field other than auto_renew, "locked": ` + account + "/example.com"
		refusal  = `{"errors":[{"code":10000,"message":"%s","source":{"pointer":"%s"}}],"messages":[],"result":null,"success":false}`
	)
	type test struct {
		body, message, pointer string // without a message, the server accepts the body
		violations             []string
	}
	each(t, map[string]test{
		"a boolean":     {`{"auto_renew":true}`, "", "", nil},
		"another field": {`{"auto_renew":true,"locked":false}`, "", "", []string{locked}},
		"null":          {`{"auto_renew":null}`, "Must be a boolean if present", "/auto_renew", []string{implicit}},
		"nothing":       {`{}`, "At least one field to update is required", "", []string{implicit}},
		"invalid JSON":  {`auto_renew=true`, "Invalid JSON body", "", []string{noJSON}},
	}, func(t *testing.T, test test) {
		c := withScenario(t, fake.Immediate())
		r := c.do(http.MethodPatch, domainPath, test.body)
		accepted := test.message == ""
		if want := fmt.Sprintf(refusal, test.message, test.pointer); !accepted && (r.status != http.StatusBadRequest || string(r.raw) != want) {
			t.Errorf("answer = %d %s, want 400 %s", r.status, r.raw, want)
		}
		if c.autoRenew() != accepted || accepted != (r.status == http.StatusOK) {
			t.Errorf("auto-renew = %t, status = %d; want accepted: %t", c.autoRenew(), r.status, accepted)
		}
		c.wantViolations(test.violations...)
	})
}

func TestPatchWithoutContentType(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.header.Del("Content-Type")
	wantStatus(t, c.turnOn(), http.StatusOK)
	c.wantViolations(`PATCH with content type "": ` + account + "/example.com")
}

func TestPatchWithPreferHeader(t *testing.T) {
	t.Parallel()
	type test struct {
		scenario fake.Scenario
		prefer   string
		want     string // status, duration, state, Preference-Applied
	}
	each(t, map[string]test{
		"a held update":               {fake.Held(5 * time.Second), "respond-async", "202 0s in_progress respond-async"},
		"several preferences":         {fake.Held(5 * time.Second), "wait=5, Respond-Async", "202 0s in_progress respond-async"},
		"an update that ends at once": {fake.Immediate(), "respond-async", "202 0s in_progress respond-async"},
		"another preference":          {fake.Held(5 * time.Second), "wait=5", "200 5s succeeded "},
	}, func(t *testing.T, test test) {
		c := withScenario(t, test.scenario)
		c.header.Set("Prefer", test.prefer)
		start := time.Now()
		r := c.turnOn()
		w := decode[workflow](t, r)
		if got := fmt.Sprintf("%d %s %s %s", r.status, time.Since(start), w.State, r.header.Get("Preference-Applied")); got != test.want {
			t.Errorf("answer = %s, want %s", got, test.want)
		}
		if ended := w.State == "succeeded"; w.Completed != ended || strings.Contains(string(w.Context), "registration") != ended {
			t.Errorf("workflow = %+v", w)
		}
	})
}

func TestPatchWhileAnUpdateIsInFlight(t *testing.T) {
	t.Parallel()
	violation := []string{"PATCH while an update is in flight: " + account + "/example.com"}
	answered := func(c *caller) { c.turnOn() }
	lost := func(c *caller) {
		c.server.Inject(fake.Fault{ResetAfter: true})
		_ = c.tryTurnOn()
	}
	replaced := func(c *caller) {
		c.server.Inject(fake.Fault{Act: true, Status: http.StatusBadGateway})
		c.turnOn()
	}
	elsewhere := func(c *caller) { c.server.StartUpdate(account, domain, true) }
	read := func(c *caller) { elsewhere(c); c.get(statusPath) }
	type test struct {
		scenario   fake.Scenario
		prepare    func(c *caller)
		violations []string // only if the client could know of the update
	}
	each(t, map[string]test{
		"after its own PATCH":                                            {fake.Stuck(), answered, violation},
		"after a 202, before update-status shows it":                     {fake.LateStatus(time.Hour), answered, violation},
		"after a lost answer, once update-status shows it":               {fake.Stuck(), lost, violation},
		"after a lost answer, before update-status shows it":             {fake.LateStatus(time.Hour), lost, nil},
		"after a lost answer, while update-status shows an older update": {fake.StaleStatus(time.Hour), lost, nil},
		"after a 502, before update-status shows it":                     {fake.LateStatus(time.Hour), replaced, nil},
		"after another client's update, never read":                      {fake.Stuck(), elsewhere, nil},
		"after another client's update, read":                            {fake.Stuck(), read, violation},
	}, func(t *testing.T, test test) {
		c := withScenario(t, test.scenario)
		test.prepare(c)
		wantRefusal(t, c.turnOn(), http.StatusConflict, 10000, "An update of example.com is already in progress")
		c.wantViolations(test.violations...)
	})
}

func TestPatchAfterAnUnknownCompletedState(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Contradictory(true, "abandoned"))
	c.server.StartUpdate(account, domain, true)
	c.get(statusPath)
	if r := c.turnOn(); r.status != http.StatusOK {
		t.Errorf("HTTP %d, want 200", r.status)
	}
	c.wantViolations()
}
