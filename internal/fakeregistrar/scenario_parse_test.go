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
		"action_required":                   fake.ActionRequired("confirm_by_email", ""),
		"action_required=pay:owner@abc.org": fake.ActionRequired("pay", "owner@abc.org"),
		"failed":                            fake.Failed("registry_rejected", rejected, time.Second),
		"failed=payment_declined":           fake.Failed("payment_declined", rejected, time.Second),
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
	for spec, want := range tests {
		t.Run(spec, func(t *testing.T) {
			t.Parallel()
			got, err := fake.ParseScenario(spec)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("ParseScenario = %+v, %v, want %+v", got, err, want)
			}
		})
	}
}

func TestParseScenarioRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ spec, want string }{
		"a name that is none":             {"sluggish", `unknown scenario "sluggish", want one of action_required, blocked,`},
		"a time that is missing":          {"slow", `scenario "slow": want a time such as 5s, got ""`},
		"a time that is none":             {"slow=fast", `want a time such as 5s, got "fast"`},
		"a time that would be for ever":   {"slow=0s", `want a time above zero, got 0s`},
		"a negative time":                 {"conflict=-1s", `want a time above zero, got -1s`},
		"an argument that has no use":     {"stuck=5s", `takes no argument, got "5s"`},
		"a failure with a bad time":       {"failed=x:soon", `want a time such as 5s, got "soon"`},
		"an unknown state without a time": {"unknown=verifying", `want a state and a time such as verifying:5s`},
		"an unknown state with a bad one": {"unknown=verifying:x", `want a time such as 5s, got "x"`},
		"a contradiction without a state": {"contradictory=true", `want a boolean and a state`},
		"a contradiction without a value": {"contradictory=maybe:failed", `want a boolean and a state`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := fake.ParseScenario(test.spec); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want it to contain %q", err, test.want)
			}
		})
	}
}

func TestScenarioNamesAreSorted(t *testing.T) {
	t.Parallel()
	if names := fake.ScenarioNames(); len(names) != 15 || !slices.IsSorted(names) {
		t.Errorf("names = %q, want 15 sorted ones", names)
	}
}
