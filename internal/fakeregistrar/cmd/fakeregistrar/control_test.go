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

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const apiPath = "/accounts/acc/registrar/registrations/example.com"

// controlled returns a fake with example.com, action.com with an update that requires
// an action, and example.net in the sandbox.
func controlled() http.Handler {
	fake := fakeregistrar.New(
		fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.com", Account: "acc"}),
		fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "action.com", Account: "acc"}),
		fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.net", Account: "acc", Sandbox: true}),
	)
	fake.StartScenario("acc", "action.com", true, fakeregistrar.Scenario{Steps: []fakeregistrar.Step{{State: fakeregistrar.StateActionRequired}}})
	return withControl(fake, "acc")
}

// send sends a request and returns the status and the body of the answer.
func send(t *testing.T, handler http.Handler, method, path string) string {
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
		"action.com/complete-action":    "200 action.com auto_renew=false status=active\n",
		"example.com/auto_renew/maybe":  "400 want true or false, got \"maybe\"\n",
		"example.com/scenario/slow=x":   "400 scenario \"slow=x\": want a duration above zero such as 5s, got \"x\"\n",
		"other.com/auto_renew/true":     "404 no such domain: \"other.com\"\n",
		"example.com/complete-action":   "404 no update of this domain requires an action: \"example.com\"\n",
	}
	for path, want := range tests {
		if got := send(t, controlled(), http.MethodPost, "/_fake/domains/"+path); got != want {
			t.Errorf("%s: answer = %q, want %q", path, got, want)
		}
	}
}

func TestControlMakesRequestsFail(t *testing.T) {
	t.Parallel()
	handler := controlled()
	for _, step := range [][2]string{
		{"answer/revoked_token", "200 done\n"},
		{"", `403 {"success":false,"errors":[{"code":9109,"message":"Invalid access token"}]`},
		{"answer/unavailable", "200 done\n"},
		{"", "503 <html>"},
		{"answer/nonsense", `400 unknown answer "nonsense", want one of malformed_token, revoked_token, `},
		{"", "503 <html>"},
		{"answer/none", "200 done\n"},
		{"", "200 "},
	} {
		method, path := http.MethodPost, "/_fake/"+step[0]
		if step[0] == "" {
			method, path = http.MethodGet, "/client/v4"+apiPath
		}
		if got := send(t, handler, method, path); !strings.HasPrefix(got, step[1]) {
			t.Errorf("%s %s = %q, want %q", method, path, got, step[1])
		}
	}
}

func TestControlShowsRequestsAndViolations(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		handler := controlled()
		send(t, handler, http.MethodDelete, "/client/v4"+apiPath)
		send(t, handler, http.MethodGet, "/client/v4/accounts//x?y=z") // a mux would redirect it
		const deleted = "method other than GET and PATCH: DELETE " + apiPath
		tests := map[string]string{
			"requests":               "200 00:00:00 DELETE " + apiPath + " 405 0s\n00:00:00 GET /accounts//x?y=z 404 0s\n",
			"violations":             "200 " + deleted + "\n",
			"violations?format=json": `200 ["` + deleted + `"]` + "\n",
		}
		for path, want := range tests {
			if got := send(t, handler, http.MethodGet, "/_fake/"+path); got != want {
				t.Errorf("%s = %q, want %q", path, got, want)
			}
		}
	})
}
