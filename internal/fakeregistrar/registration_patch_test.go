// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestPatchBodies(t *testing.T) {
	t.Parallel()
	const (
		implicit = "PATCH without an explicit boolean auto_renew: " + account + "/example.com"
		noJSON   = "PATCH whose body is no JSON object: " + account + "/example.com"
		locked   = `PATCH with another field than auto_renew, "locked": ` + account + "/example.com"
		untyped  = `PATCH with content type "": ` + account + "/example.com"
	)
	type test struct {
		body, contentType string
		message, pointer  string // empty: it is taken
		violation         string
	}
	each(t, map[string]test{
		"a boolean":           {`{"auto_renew":true}`, "application/json", "", "", ""},
		"no content type":     {`{"auto_renew":true}`, "", "", "", untyped},
		"more than it should": {`{"auto_renew":true,"locked":false}`, "application/json", "", "", locked},
		"a word":              {`{"auto_renew":"yes"}`, "application/json", "Must be a boolean if present", "/auto_renew", implicit},
		"null":                {`{"auto_renew":null}`, "application/json", "Must be a boolean if present", "/auto_renew", implicit},
		"nothing":             {`{}`, "application/json", "At least one field to update is required", "", implicit},
		"no JSON":             {`auto_renew=true`, "application/json", "Invalid JSON body", "", noJSON},
	}, func(t *testing.T, test test) {
		c := withScenario(t, fake.Immediate())
		c.header.Set("Content-Type", test.contentType)
		r := c.do(http.MethodPatch, domainPath, test.body)
		if test.message != "" {
			wantRefusal(t, r, http.StatusBadRequest, 10000, test.message)
		}
		if taken := test.message == ""; c.autoRenew() != taken || !taken && r.body.Errors[0].Source.Pointer != test.pointer {
			t.Errorf("taken = %t, answer = %s", c.autoRenew(), r.raw)
		}
		if test.violation == "" {
			c.wantViolations()
			return
		}
		c.wantViolations(test.violation)
	})
}

func TestPreferenceForAnImmediateAnswer(t *testing.T) {
	t.Parallel()
	type test struct {
		scenario fake.Scenario
		prefer   string
		status   int
		applied  string
		took     time.Duration
	}
	eachInBubble(t, map[string]test{
		"of an update that would be held":   {fake.Held(5 * time.Second), "respond-async", 202, "respond-async", 0},
		"among others":                      {fake.Held(5 * time.Second), "wait=5, Respond-Async", 202, "respond-async", 0},
		"of an update that is over at once": {fake.Immediate(), "respond-async", 202, "respond-async", 0},
		"that is none":                      {fake.Held(5 * time.Second), "wait=5", 200, "", 5 * time.Second},
		"that is not needed":                {fake.Never(), "", 202, "", 0},
	}, func(t *testing.T, test test) {
		c := withScenario(t, test.scenario)
		c.header.Set("Prefer", test.prefer)
		start := time.Now()
		r := c.turnOn()
		wantStatus(t, r, test.status)
		if took := time.Since(start); took != test.took || r.header.Get("Preference-Applied") != test.applied {
			t.Errorf("after %s with headers %v", took, r.header)
		}
		w := decode[workflow](t, r)
		if finished := test.status == 200; w.Completed != finished || strings.Contains(string(w.Context), "registration") != finished || (r.header.Get("Location") != statusPath) != finished {
			t.Errorf("workflow = %+v, Location = %q", w, r.header.Get("Location"))
		}
	})
}

func TestHangingUpDoesNotStopTheUpdate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Held(5*time.Second))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		req := c.request(http.MethodPatch, domainPath, `{"auto_renew":true}`).WithContext(ctx)
		if _, err := c.try(req); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error = %v, want the deadline's", err)
		}
		time.Sleep(4 * time.Second)
		if !c.autoRenew() {
			t.Error("the update stopped with its client")
		}
		if log := c.server.Requests(); len(log) != 1 || log[0].Status != 0 || log[0].Duration != time.Second {
			t.Errorf("log = %+v, want one request without an answer after a second", log)
		}
	})
}

func TestPatchWhileAnUpdateIsInFlight(t *testing.T) {
	t.Parallel()
	loseAnswer := func(c *caller) {
		c.server.Inject(fake.Fault{ResetAfter: true})
		if err := c.tryTurnOn(); err == nil {
			c.t.Error("the connection was not reset")
		}
	}
	type test struct {
		scenario  fake.Scenario
		prepare   func(c *caller)
		violation bool // the client could know of the update
	}
	eachInBubble(t, map[string]test{
		"after a PATCH of one's own":                                  {fake.Stuck(), func(c *caller) { c.turnOn() }, true},
		"after a lost answer, and update-status does not show it yet": {fake.LateStatus(time.Hour), loseAnswer, false},
		"after a lost answer, and update-status would show it":        {fake.Stuck(), loseAnswer, true},
		"after a 202, although update-status does not show it yet":    {fake.LateStatus(time.Hour), func(c *caller) { c.turnOn() }, true},
		"after one from elsewhere that was never looked at":           {fake.Stuck(), func(c *caller) { c.server.StartUpdate(account, domain, true) }, false},
		"after one from elsewhere that update-status showed": {fake.Stuck(), func(c *caller) {
			c.server.StartUpdate(account, domain, true)
			c.get(statusPath)
		}, true},
	}, func(t *testing.T, test test) {
		c := withScenario(t, test.scenario)
		test.prepare(c)
		wantRefusal(t, c.turnOn(), http.StatusConflict, 10000, "An update of example.com is already in progress")
		if test.violation {
			c.wantViolations("PATCH while an update is in flight: " + account + "/example.com")
			return
		}
		c.wantViolations()
	})
}
