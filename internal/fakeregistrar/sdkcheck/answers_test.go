// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/cloudflare/cloudflare-go/v7/option"
	"github.com/cloudflare/cloudflare-go/v7/registrar"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// newFake returns a fake with five domains in production and five in the sandbox.
func newFake(sc fakeregistrar.Scenario) *fakeregistrar.Server {
	fake := fakeregistrar.New()
	for i, name := range []string{domain, "b.com", "c.com", "d.com", "e.com"} {
		at := time.Date(2024, 1, 1+i, 0, 0, 0, 0, time.UTC)
		d := fakeregistrar.Domain{Name: name, Account: account, Scenario: sc, CreatedAt: at, ExpiresAt: at.AddDate(5, 0, 0), PrivacyMode: "off"}
		fake.AddDomain(d)
		d.Sandbox = true
		fake.AddDomain(d)
	}
	fake.SetStatus(account, "b.com", "transfer_pending")
	fake.Sandbox().SetStatus(account, "b.com", "registration_pending")
	return fake
}

func TestRegistrations(t *testing.T) {
	t.Parallel()
	for name, client := range connect(newChecked(t, newFake(fakeregistrar.Immediate()).Transport(), failing(t))) {
		wantComplete(t, name, client.get)
		all, err := client.list(t.Context())
		if err != nil || len(all) != 5 {
			t.Errorf("%s: list = %d domains, %v, want 5", name, len(all), err)
		}
	}
}

func TestWorkflows(t *testing.T) {
	t.Parallel()
	tests := map[string]fakeregistrar.Scenario{
		"succeeded":       fakeregistrar.Immediate(),
		"held":            fakeregistrar.Held(10 * time.Millisecond),
		"pending":         fakeregistrar.Never(),
		"in_progress":     fakeregistrar.Stuck(),
		"blocked":         {Steps: fakeregistrar.BlockedFor(time.Hour).Steps[1:]},
		"action_required": {Steps: fakeregistrar.ActionRequired("confirm", "owner@example.com").Steps[1:]},
		"failed":          fakeregistrar.Failed("registry_rejected", "Registry rejected the update request.", 0),
	}
	for state, sc := range tests {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			for _, more := range [][]option.RequestOption{nil, {option.WithHeader("Prefer", "respond-async")}} {
				for name, client := range connect(newChecked(t, newFake(sc).Transport(), failing(t)), more...) {
					wantComplete(t, name, client.edit)
					wantComplete(t, name, client.status)
				}
			}
		})
	}
}

func TestNotFoundErrors(t *testing.T) {
	t.Parallel()
	empty := connect(newChecked(t, fakeregistrar.New().Transport(), failing(t)))
	for name, client := range connect(newChecked(t, newFake(fakeregistrar.Immediate()).Transport(), failing(t))) {
		wantRefusal(t, name, client.status, "No workflow found for example.com")
		wantRefusal(t, name, empty[name].get, "Domain not found")
	}
}

func wantRefusal(t *testing.T, name string, call func(context.Context) (any, error), message string) {
	t.Helper()
	_, err := call(t.Context())
	refusal, is := errors.AsType[*registrar.Error](err)
	if !is || refusal.StatusCode != 404 || len(refusal.Errors) != 1 || refusal.Errors[0].Code != 10000 || refusal.Errors[0].Message != message {
		t.Errorf("%s: error = %v, want 404 with code 10000 and %q", name, err, message)
	}
}
