// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// desk is a handler with the domain example.com, and example.net in the sandbox.
func desk(sc fakeregistrar.Scenario) (http.Handler, *fakeregistrar.Server) {
	fake := fakeregistrar.New(
		fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.com", Account: "acc", Scenario: sc}),
		fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.net", Account: "acc", Sandbox: true}),
	)
	return withControl(fake, "acc"), fake
}

func ask(t *testing.T, handler http.Handler, method, path string) *httptest.ResponseRecorder {
	t.Helper()
	out := httptest.NewRecorder()
	req := httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody)
	req.Header.Set("Authorization", "Bearer x")
	handler.ServeHTTP(out, req)
	return out
}

func TestControlChangesDomains(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		path   string
		status int
		body   string
	}{
		"turning on":                   {"/_fake/domains/example.com/auto_renew/true", 200, "example.com auto_renew=true status=active\n"},
		"turning on in the sandbox":    {"/_fake/domains/example.net/auto_renew/true", 200, "example.net auto_renew=true status=active\n"},
		"starting an update":           {"/_fake/domains/example.com/start-update/true", 200, "example.com auto_renew=true status=active\n"},
		"changing the scenario":        {"/_fake/domains/example.com/scenario/slow=30s", 200, "example.com auto_renew=false status=active\n"},
		"a value that is none":         {"/_fake/domains/example.com/auto_renew/maybe", 400, "want true or false, got \"maybe\"\n"},
		"a scenario that is none":      {"/_fake/domains/example.com/scenario/slow=x", 400, "scenario \"slow=x\": want a time such as 5s, got \"x\"\n"},
		"a domain that is none":        {"/_fake/domains/other.com/auto_renew/true", 404, "no such domain: \"other.com\"\n"},
		"no such domain to script":     {"/_fake/domains/other.com/scenario/stuck", 404, "no such domain: \"other.com\"\n"},
		"an action nobody asked for":   {"/_fake/domains/example.com/complete-action", 404, "no update of this domain waits for an action: \"example.com\"\n"},
		"an endpoint that is not here": {"/_fake/domains", 404, "404 page not found\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			handler, _ := desk(fakeregistrar.Immediate())
			out := ask(t, handler, http.MethodPost, test.path)
			if out.Code != test.status || out.Body.String() != test.body {
				t.Errorf("answer = %d %q, want %d %q", out.Code, out.Body, test.status, test.body)
			}
		})
	}
}

func TestControlCompletesAnAction(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		handler, fake := desk(fakeregistrar.ActionRequired("confirm", ""))
		fake.StartUpdate("acc", "example.com", true)
		time.Sleep(time.Minute)
		if out := ask(t, handler, http.MethodPost, "/_fake/domains/example.com/complete-action"); out.Code != http.StatusOK {
			t.Errorf("answer = %d %s", out.Code, out.Body)
		}
		time.Sleep(time.Second)
		if d, _ := fake.Registration("acc", "example.com"); !d.AutoRenew {
			t.Error("the update did not end")
		}
	})
}

func TestControlShowsRequestsAndViolations(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		handler, _ := desk(fakeregistrar.Immediate())
		const path = "/accounts/acc/registrar/registrations/example.com"
		ask(t, handler, http.MethodGet, "/client/v4"+path)
		ask(t, handler, http.MethodDelete, "/client/v4"+path)
		table := strings.Split(ask(t, handler, http.MethodGet, "/_fake/requests").Body.String(), "\n")
		if len(table) != 4 || strings.Join(strings.Fields(table[0]), " ") != "TIME METHOD PATH QUERY BODY STATUS TOOK" {
			t.Errorf("table = %q", table)
		}
		if got := strings.Join(strings.Fields(table[2])[1:], " "); got != "DELETE "+path+" 405 0s" {
			t.Errorf("line = %q", got)
		}
		if got := ask(t, handler, http.MethodGet, "/_fake/requests?format=json").Body.String(); strings.Count(got, `"Method":`) != 2 {
			t.Errorf("JSON = %s", got)
		}
		const deleted = "method that changes more than a setting: DELETE " + path
		if got := ask(t, handler, http.MethodGet, "/_fake/violations").Body.String(); got != deleted+"\n" {
			t.Errorf("violations = %q", got)
		}
		if got := ask(t, handler, http.MethodGet, "/_fake/violations?format=json").Body.String(); got != `["`+deleted+`"]`+"\n" {
			t.Errorf("violations as JSON = %q", got)
		}
	})
}

func TestControlLeavesOddPathsToTheAPI(t *testing.T) {
	t.Parallel()
	handler, fake := desk(fakeregistrar.Immediate())
	if out := ask(t, handler, http.MethodGet, "/client/v4/accounts/acc/registrar/registrations//x"); out.Code != http.StatusNotFound {
		t.Errorf("answer = %d %s, want no redirect", out.Code, out.Body)
	}
	if log := fake.Requests(); len(log) != 1 || log[0].Path != "/accounts/acc/registrar/registrations//x" {
		t.Errorf("log = %+v", log)
	}
}
