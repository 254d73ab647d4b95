// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/cloudflare/cloudflare-go/v7/option"
	"github.com/cloudflare/cloudflare-go/v7/registrar"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// worlds are the two APIs.
func worlds() map[string]bool {
	return map[string]bool{"production": false, "sandbox": true}
}

// holding is a fake with one domain, and four more of later registration.
func holding(sandbox bool, sc fakeregistrar.Scenario) *fakeregistrar.Server {
	fake := fakeregistrar.New()
	for i, name := range []string{domain, "b.com", "c.com", "d.com", "e.com"} {
		at := time.Date(2024, 1, 1+i, 0, 0, 0, 0, time.UTC)
		fake.AddDomain(fakeregistrar.Domain{
			Name: name, Account: account, Sandbox: sandbox, Scenario: sc, CreatedAt: at, ExpiresAt: at.AddDate(5, 0, 0),
		})
	}
	return fake
}

func TestRegistrations(t *testing.T) {
	t.Parallel()
	for name, sandbox := range worlds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := connect(t, sandbox, holding(sandbox, fakeregistrar.Immediate()))
			one, err := client.get(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			wantComplete(t, one)
			page, err := client.page(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			wantComplete(t, page)
			all, err := client.list(t.Context())
			if err != nil || len(all) != 5 {
				t.Fatalf("list = %d domains, %v, want 5", len(all), err)
			}
			for _, entry := range all {
				wantComplete(t, entry)
			}
		})
	}
}

func TestWorkflows(t *testing.T) {
	t.Parallel()
	scenarios := map[string]fakeregistrar.Scenario{
		"that succeed at once":      fakeregistrar.Immediate(),
		"that are held":             fakeregistrar.Held(10 * time.Millisecond),
		"that are pending":          fakeregistrar.Never(),
		"that are in progress":      fakeregistrar.Stuck(),
		"that are blocked":          {Steps: []fakeregistrar.Step{{State: fakeregistrar.StateBlocked}}},
		"that wait for the user":    {Steps: fakeregistrar.ActionRequired("confirm", "owner@example.com").Steps[1:]},
		"that fail":                 fakeregistrar.Failed("registry_rejected", "Registry rejected the update request.", 0),
		"that are of unknown state": fakeregistrar.UnknownState("verifying", time.Hour),
	}
	for name, sandbox := range worlds() {
		for kind, sc := range scenarios {
			t.Run(name+" updates "+kind, func(t *testing.T) {
				t.Parallel()
				client := connect(t, sandbox, holding(sandbox, sc))
				edited, err := client.edit(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				wantComplete(t, edited)
				status, err := client.status(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				wantComplete(t, status)
			})
		}
	}
}

func TestPreferenceForAnImmediateAnswer(t *testing.T) {
	t.Parallel()
	for name, sandbox := range worlds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var res *http.Response
			client := connect(t, sandbox, holding(sandbox, fakeregistrar.Held(time.Hour)),
				option.WithHeader("Prefer", "respond-async"), option.WithResponseInto(&res))
			edited, err := client.edit(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			wantComplete(t, edited)
			if res.StatusCode != http.StatusAccepted || res.Header.Get("Location") == "" {
				t.Errorf("answer = %d with Location %q, want a 202 with one", res.StatusCode, res.Header.Get("Location"))
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, sandbox := range worlds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := holding(sandbox, fakeregistrar.Immediate())
			client := connect(t, sandbox, fake)
			_, err := client.status(t.Context())
			wantError(t, err, http.StatusNotFound, "No workflow found for example.com")
			fake.RemoveDomain(account, domain)
			fake.Sandbox().RemoveDomain(account, domain)
			_, err = client.get(t.Context())
			wantError(t, err, http.StatusNotFound, "Domain not found")
		})
	}
}

func wantError(t *testing.T, err error, status int, message string) {
	t.Helper()
	refusal, is := errors.AsType[*registrar.Error](err)
	if !is || refusal.StatusCode != status || len(refusal.Errors) != 1 || refusal.Errors[0].Code != 10000 || refusal.Errors[0].Message != message {
		t.Errorf("error = %v, want %d with code 10000 and %q", err, status, message)
	}
}

// A check that finds nothing is worth something only if it finds what is there.
func TestTheCheckFindsFlaws(t *testing.T) {
	t.Parallel()
	faults := map[string]fakeregistrar.Fault{
		"a missing field":            {OmitField: "locked"},
		"a field of another type":    {SetField: "auto_renew", Value: "yes"},
		"a field that the SDK lacks": {SetField: "price", Value: 1},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := holding(false, fakeregistrar.Immediate())
			fake.Inject(fault)
			one, err := connect(t, false, fake).get(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if found := flaws(one); len(found) != 1 {
				t.Errorf("flaws = %q, want one", found)
			}
		})
	}
}
