// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestParseScenario(t *testing.T) {
	t.Parallel()
	const rejected = "Registry rejected the update request."
	tests := map[string]fake.Scenario{
		"immediate":                         fake.Immediate(),
		"held=4s":                           fake.Held(4 * time.Second),
		"slow=30s":                          fake.Slow(30 * time.Second),
		"blocked=5s":                        fake.BlockedFor(5 * time.Second),
		"action_required":                   fake.ActionRequired("registrant_email_confirmation_pending", ""),
		"action_required=pay:owner@abc.org": fake.ActionRequired("pay", "owner@abc.org"),
		"failed":                            fake.Failed("registry_rejected", rejected, time.Second),
		"failed=payment_declined:5s":        fake.Failed("payment_declined", rejected, 5*time.Second),
		"stuck":                             fake.Stuck(),
		"never":                             fake.Never(),
		"unknown=verifying:5s":              fake.UnknownState("verifying", 5*time.Second),
		"conflict=3s":                       fake.Conflicting(3 * time.Second),
		"late_registration=3s":              fake.LateRegistration(3 * time.Second),
		"never_shown":                       fake.NeverShown(),
		"late_status=3s":                    fake.LateStatus(3 * time.Second),
		"stale_status=3s":                   fake.StaleStatus(3 * time.Second),
		"contradictory=true:in_progress":    fake.Contradictory(true, "in_progress"),
	}
	untried := fake.ScenarioNames()
	for spec, want := range tests {
		name, _, _ := strings.Cut(spec, "=")
		untried = slices.DeleteFunc(untried, func(one string) bool { return one == name })
		if got, err := fake.ParseScenario(spec); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("ParseScenario(%q) = %+v, %v, want %+v", spec, got, err, want)
		}
	}
	if len(untried) > 0 {
		t.Errorf("names without a row: %q", untried)
	}
}

func TestParseScenarioRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"sluggish":           `unknown scenario "sluggish", want one of immediate, held, slow,`,
		"slow":               `scenario "slow": want a duration above zero such as 5s, got ""`,
		"slow=0s":            `want a duration above zero such as 5s, got "0s"`,
		"stuck=5s":           `takes no argument, got "5s"`,
		"failed=x:soon":      `want a duration above zero such as 5s, got "soon"`,
		"unknown=verifying":  "want a state and a duration such as verifying:5s",
		"contradictory=true": "want a boolean and a state such as true:in_progress",
	}
	for spec, want := range tests {
		if _, err := fake.ParseScenario(spec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseScenario(%q): error = %v, want it to contain %q", spec, err, want)
		}
	}
}
