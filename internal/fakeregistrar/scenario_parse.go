// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ParseScenario reads a scenario as the program's flags write it: a name, and
// for some "=" and an argument. Examples: "immediate", "held=4s", "slow=30s",
// "blocked=5s", "action_required", "action_required=pay:owner@example.com",
// "failed=registry_rejected", "failed=registry_rejected:5s", "stuck", "never",
// "unknown=verifying:5s", "conflict=3s", "late_registration=5s", "never_shown",
// "late_status=5s", "stale_status=5s", "contradictory=true:in_progress".
func ParseScenario(spec string) (Scenario, error) {
	name, argument, _ := strings.Cut(spec, "=")
	parse, known := scenarioParsers()[name]
	if !known {
		return Scenario{}, fmt.Errorf("unknown scenario %q, want one of %s", name, strings.Join(ScenarioNames(), ", "))
	}
	sc, err := parse(argument)
	if err != nil {
		return Scenario{}, fmt.Errorf("scenario %q: %w", spec, err)
	}
	return sc, nil
}

// ScenarioNames lists the names that ParseScenario knows, sorted.
func ScenarioNames() []string {
	return slices.Sorted(maps.Keys(scenarioParsers()))
}

type scenarioParser func(argument string) (Scenario, error)

func scenarioParsers() map[string]scenarioParser {
	return map[string]scenarioParser{
		"immediate":         bare(Immediate),
		"held":              lasting(Held),
		"slow":              lasting(Slow),
		"blocked":           lasting(BlockedFor),
		"action_required":   parseActionRequired,
		"failed":            parseFailed,
		"stuck":             bare(Stuck),
		"never":             bare(Never),
		"unknown":           parseUnknownState,
		"conflict":          lasting(Conflicting),
		"late_registration": lasting(LateRegistration),
		"never_shown":       bare(NeverShown),
		"late_status":       lasting(LateStatus),
		"stale_status":      lasting(StaleStatus),
		"contradictory":     parseContradictory,
	}
}

func bare(scenario func() Scenario) scenarioParser {
	return func(argument string) (Scenario, error) {
		if argument != "" {
			return Scenario{}, fmt.Errorf("takes no argument, got %q", argument)
		}
		return scenario(), nil
	}
}

func lasting(scenario func(time.Duration) Scenario) scenarioParser {
	return func(argument string) (Scenario, error) {
		d, err := parseLasting(argument)
		if err != nil {
			return Scenario{}, err
		}
		return scenario(d), nil
	}
}

// parseLasting refuses zero and negative times: as a step's length they would
// mean "for ever".
func parseLasting(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("want a time above zero such as 5s, got %q", text)
	}
	return d, nil
}

func parseActionRequired(argument string) (Scenario, error) {
	action, sentTo, _ := strings.Cut(argument, ":")
	return ActionRequired(cmp.Or(action, "registrant_email_confirmation_pending"), sentTo), nil
}

func parseFailed(argument string) (Scenario, error) {
	code, after, _ := strings.Cut(argument, ":")
	d, err := parseLasting(cmp.Or(after, "1s"))
	if err != nil {
		return Scenario{}, err
	}
	return Failed(cmp.Or(code, "registry_rejected"), "Registry rejected the update request.", d), nil
}

func parseUnknownState(argument string) (Scenario, error) {
	state, lasts, _ := strings.Cut(argument, ":")
	d, err := parseLasting(lasts)
	if state == "" || err != nil {
		return Scenario{}, fmt.Errorf("want a state and a time such as verifying:5s, got %q", argument)
	}
	return UnknownState(state, d), nil
}

func parseContradictory(argument string) (Scenario, error) {
	completed, state, _ := strings.Cut(argument, ":")
	value, err := strconv.ParseBool(completed)
	if err != nil || state == "" {
		return Scenario{}, fmt.Errorf("want a boolean and a state such as true:in_progress, got %q", argument)
	}
	return Contradictory(value, state), nil
}
