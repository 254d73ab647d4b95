// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestPatchBodies(t *testing.T) {
	t.Parallel()
	const implicit = "PATCH without an explicit boolean auto_renew: " + account + "/example.com"
	tests := map[string]struct {
		body       string
		status     int
		message    string
		pointer    string
		violations []string
	}{
		"a boolean":           {`{"auto_renew":true}`, http.StatusOK, "", "", nil},
		"a word":              {`{"auto_renew":"yes"}`, http.StatusBadRequest, "Must be a boolean if present", "/auto_renew", []string{implicit}},
		"null":                {`{"auto_renew":null}`, http.StatusBadRequest, "Must be a boolean if present", "/auto_renew", []string{implicit}},
		"nothing":             {`{}`, http.StatusOK, "", "", []string{implicit}},
		"no JSON":             {`auto_renew=true`, http.StatusBadRequest, "Invalid JSON body", "", []string{"PATCH whose body is no JSON object: " + account + "/example.com"}},
		"more than it should": {`{"auto_renew":true,"locked":false}`, http.StatusOK, "", "", []string{`PATCH with another field than auto_renew, "locked": ` + account + "/example.com"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withScenario(t, fake.Immediate())
			r := c.do(http.MethodPatch, domainPath, test.body)
			wantStatus(t, r, test.status)
			if test.message != "" && (r.body.Errors[0].Message != test.message || r.body.Errors[0].Source.Pointer != test.pointer) {
				t.Errorf("error = %+v, want %q at %q", r.body.Errors, test.message, test.pointer)
			}
			c.wantViolations(test.violations...)
		})
	}
}

func TestPatchWithoutAValueKeepsTheValue(t *testing.T) {
	t.Parallel()
	c := newCaller(t, fake.WithDomain(fake.Domain{Name: domain, Account: account, AutoRenew: true}))
	wantStatus(t, c.do(http.MethodPatch, domainPath, `{}`), http.StatusOK)
	if !c.autoRenew() {
		t.Error("an empty PATCH turned auto-renew off")
	}
}

func TestPatchOfAnUnknownDomain(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	wantRefusal(t, c.do(http.MethodPatch, listPath+"/other.com", `{"auto_renew":true}`), http.StatusNotFound, 10000, "Domain not found")
}

func TestPreferenceForAnImmediateAnswer(t *testing.T) {
	t.Parallel()
	tests := map[string]fake.Scenario{
		"of an update that would be held":   fake.Held(5 * time.Second),
		"of an update that is over at once": fake.Immediate(),
	}
	for name, sc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := withScenario(t, sc)
				c.header.Set("Prefer", "respond-async")
				start := time.Now()
				r := c.turnOn()
				wantStatus(t, r, http.StatusAccepted)
				w := decode[workflow](t, r)
				if w.Completed || w.State != "in_progress" || w.Context.Registration != nil || time.Since(start) != 0 {
					t.Errorf("answer after %s = %+v", time.Since(start), w)
				}
				if r.header.Get("Location") != statusPath || r.header.Get("Preference-Applied") != "respond-async" {
					t.Errorf("headers = %v", r.header)
				}
			})
		})
	}
}

func TestWithoutThePreferenceThereIsALocationOnlyWith202(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Never())
	r := c.turnOn()
	if r.header.Get("Location") != statusPath || r.header.Get("Preference-Applied") != "" {
		t.Errorf("headers of a 202 = %v", r.header)
	}
	if r = withScenario(t, fake.Immediate()).turnOn(); r.header.Get("Location") != "" {
		t.Errorf("headers of a 200 = %v", r.header)
	}
}

func TestTheSyncWindowCanBeChanged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Held(time.Minute), fake.WithSyncWindow(3*time.Second))
		start := time.Now()
		wantStatus(t, c.turnOn(), http.StatusAccepted)
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("held for %s, want 3s", took)
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
	const doubled = "PATCH while an update is in flight: " + account + "/example.com"
	tests := map[string]struct {
		prepare    func(c *caller)
		violations []string
	}{
		"after a PATCH of one's own":                                  {func(c *caller) { c.turnOn() }, []string{doubled}},
		"after a lost answer, and update-status does not show it yet": {hidden, nil},
		"after a lost answer, and update-status would show it": {func(c *caller) {
			c.server.Inject(fake.Fault{ResetAfter: true})
			if err := c.tryTurnOn(); err == nil {
				c.t.Error("the connection was not reset")
			}
		}, []string{doubled}},
		"after a 202, although update-status does not show it yet": {func(c *caller) {
			c.server.SetScenario(account, domain, fake.LateStatus(time.Hour))
			c.turnOn()
		}, []string{doubled}},
		"after one from elsewhere that was never looked at": {func(c *caller) {
			c.server.StartUpdate(account, domain, true)
		}, nil},
		"after one from elsewhere that update-status showed": {func(c *caller) {
			c.server.StartUpdate(account, domain, true)
			c.get(statusPath)
		}, []string{doubled}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := withScenario(t, fake.Stuck())
				test.prepare(c)
				wantStatus(t, c.turnOn(), http.StatusConflict)
				c.wantViolations(test.violations...)
			})
		})
	}
}

func hidden(c *caller) {
	c.server.SetScenario(account, domain, fake.LateStatus(time.Hour))
	c.server.Inject(fake.Fault{ResetAfter: true})
	if err := c.tryTurnOn(); err == nil {
		c.t.Error("the connection was not reset")
	}
}

func TestRestartInFlightReplacesTheUpdate(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Stuck(), fake.WithRestartInFlight())
	c.turnOn()
	c.server.SetScenario(account, domain, fake.Immediate())
	wantStatus(t, c.turnOn(), http.StatusOK)
	if !c.autoRenew() {
		t.Error("the second update had no effect")
	}
	c.wantViolations("PATCH while an update is in flight: " + account + "/example.com")
}
