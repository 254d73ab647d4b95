// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const apiPath = "/accounts/acc/registrar/registrations/example.com"

// controlled holds example.com, and example.net in the sandbox.
func controlled(sc fakeregistrar.Scenario) http.Handler {
	return withControl(fakeregistrar.New(
		fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.com", Account: "acc", Scenario: sc}),
		fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.net", Account: "acc", Sandbox: true}),
	), "acc")
}

// ask returns the number and the text of an answer.
func ask(t *testing.T, handler http.Handler, method, path string) string {
	t.Helper()
	out := httptest.NewRecorder()
	req := httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody)
	req.Header.Set("Authorization", "Bearer x")
	handler.ServeHTTP(out, req)
	return fmt.Sprintf("%d %s", out.Code, out.Body)
}

func TestControlChangesDomains(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"example.com/auto_renew/true":   "200 example.com auto_renew=true status=active\n",
		"example.net/auto_renew/true":   "200 example.net auto_renew=true status=active\n",
		"example.com/start-update/true": "200 example.com auto_renew=true status=active\n",
		"example.com/scenario/slow=30s": "200 example.com auto_renew=false status=active\n",
		"example.com/auto_renew/maybe":  "400 want true or false, got \"maybe\"\n",
		"example.com/scenario/slow=x":   "400 scenario \"slow=x\": want a time above zero such as 5s, got \"x\"\n",
		"other.com/auto_renew/true":     "404 no such domain: \"other.com\"\n",
		"example.com/complete-action":   "404 no update of this domain waits for an action: \"example.com\"\n",
	}
	for path, want := range tests {
		if got := ask(t, controlled(fakeregistrar.Immediate()), http.MethodPost, "/_fake/domains/"+path); got != want {
			t.Errorf("%s: answer = %q, want %q", path, got, want)
		}
	}
}

func TestControlCompletesAnAction(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		handler := controlled(fakeregistrar.ActionRequired("confirm", ""))
		ask(t, handler, http.MethodPost, "/_fake/domains/example.com/start-update/true")
		time.Sleep(time.Minute)
		ask(t, handler, http.MethodPost, "/_fake/domains/example.com/complete-action")
		time.Sleep(time.Second)
		if got := ask(t, handler, http.MethodGet, "/client/v4"+apiPath); !strings.Contains(got, `"auto_renew":true`) {
			t.Errorf("the update did not end: %s", got)
		}
	})
}

func TestControlShowsRequestsAndViolations(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		handler := controlled(fakeregistrar.Immediate())
		ask(t, handler, http.MethodDelete, "/client/v4"+apiPath)
		ask(t, handler, http.MethodGet, "/client/v4/accounts//x?y=z") // the API's, also where a mux would redirect
		const deleted = "method that changes more than a setting: DELETE " + apiPath
		tests := map[string]string{
			"requests":               "200 00:00:00 DELETE " + apiPath + " 405 0s\n00:00:00 GET /accounts//x?y=z 404 0s\n",
			"violations":             "200 " + deleted + "\n",
			"violations?format=json": `200 ["` + deleted + `"]` + "\n",
		}
		for path, want := range tests {
			if got := ask(t, handler, http.MethodGet, "/_fake/"+path); got != want {
				t.Errorf("%s = %q, want %q", path, got, want)
			}
		}
		if got := ask(t, handler, http.MethodGet, "/_fake/requests?format=json"); strings.Count(got, `"Method":`) != 2 {
			t.Errorf("requests as JSON = %s", got)
		}
	})
}
