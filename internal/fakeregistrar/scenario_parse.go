// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// scenarioForm is a scenario in the program's flags: a name, and in some forms "="
// and an argument.
type scenarioForm struct {
	usage, effect string
	parse         func(argument string) (Scenario, error)
}

func (f scenarioForm) name() string {
	name, _, _ := strings.Cut(f.usage, "=")
	return name
}

func scenarioForms() []scenarioForm {
	return []scenarioForm{
		{"immediate", "succeeds at once: the PATCH returns 200", bare(Immediate)},
		{"held=4s", "the server holds the PATCH for 4s and then returns 200, or 202 after 10s", lasting(Held)},
		{"slow=30s", "the PATCH returns 202, and the update succeeds after 30s", lasting(Slow)},
		{"blocked=20s", "is blocked by the registry for 20s and then succeeds", lasting(BlockedFor)},
		{"action_required=ACTION:ADDRESS", "waits until a person acts (complete-action); both parts are optional", parseActionRequired},
		{"failed=CODE:5s", "fails with CODE after 5s; both parts are optional", parseFailed},
		{"stuck", "stays in_progress forever", bare(Stuck)},
		{"never", "stays pending forever", bare(Never)},
		{"unknown=STATE:5s", "is in an undocumented STATE for 5s and then succeeds", parseUnknownState},
		{"conflict=3s", "each PATCH returns 409 for 3s after the first one; then like immediate", lasting(Conflicting)},
		{"late_registration=5s", "succeeds after 1s; the registration shows the new value 5s later", lasting(LateRegistration)},
		{"never_shown", "succeeds after 1s; the registration keeps the old value", bare(NeverShown)},
		{"late_status=5s", `succeeds after 1s; update-status returns "No workflow found" for 5s`, lasting(LateStatus)},
		{"stale_status=5s", "succeeds after 1s; update-status shows the previous update for 5s", lasting(StaleStatus)},
		{"contradictory=true:canceled", `stays in this state forever, with "completed": true`, parseContradictory},
	}
}

// ParseScenario parses a scenario in the form of the program's flags, such as
// "immediate", "slow=30s" or "failed=registry_rejected:5s".
func ParseScenario(spec string) (Scenario, error) {
	name, argument, _ := strings.Cut(spec, "=")
	forms := scenarioForms()
	i := slices.IndexFunc(forms, func(f scenarioForm) bool { return f.name() == name })
	if i < 0 {
		return Scenario{}, fmt.Errorf("unknown scenario %q, want one of %s", name, strings.Join(ScenarioNames(), ", "))
	}
	sc, err := forms[i].parse(argument)
	if err != nil {
		return Scenario{}, fmt.Errorf("scenario %q: %w", spec, err)
	}
	return sc, nil
}

// ScenarioNames returns the names for ParseScenario.
func ScenarioNames() []string {
	var names []string
	for _, f := range scenarioForms() {
		names = append(names, f.name())
	}
	return names
}

// ScenarioHelp describes each scenario on one line.
func ScenarioHelp() string {
	var text strings.Builder
	for _, f := range scenarioForms() {
		fmt.Fprintf(&text, "  %-30s  %s\n", f.usage, f.effect)
	}
	return text.String()
}

func bare(scenario func() Scenario) func(string) (Scenario, error) {
	return func(argument string) (Scenario, error) {
		if argument != "" {
			return Scenario{}, fmt.Errorf("takes no argument, got %q", argument)
		}
		return scenario(), nil
	}
}

func lasting(scenario func(time.Duration) Scenario) func(string) (Scenario, error) {
	return func(argument string) (Scenario, error) {
		d, err := parseLasting(argument)
		return scenario(d), err
	}
}

// parseLasting parses a duration above zero. A step with zero or less would last
// forever.
func parseLasting(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("want a duration above zero such as 5s, got %q", text)
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
	return Failed(cmp.Or(code, "registry_rejected"), "Registry rejected the update request.", d), err
}

func parseUnknownState(argument string) (Scenario, error) {
	state, lasts, _ := strings.Cut(argument, ":")
	d, err := parseLasting(lasts)
	if state == "" || err != nil {
		return Scenario{}, fmt.Errorf("want a state and a duration such as verifying:5s, got %q", argument)
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
