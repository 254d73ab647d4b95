// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "time"

// Immediate succeeds at once: the PATCH returns 200 with context.registration.
func Immediate() Scenario {
	return Scenario{}
}

// Held is an update that takes d while the server holds the PATCH: the answer is 200
// if d fits in the sync window, and otherwise 202 in_progress when the window ends.
func Held(d time.Duration) Scenario {
	return Scenario{Hold: true, Steps: []Step{
		{State: StateInProgress, For: d},
		{State: StateSucceeded},
	}}
}

// Slow returns 202 at once. The update is pending for a fifth of d, in_progress for
// the rest, and then succeeds.
func Slow(d time.Duration) Scenario {
	return Scenario{Steps: []Step{
		{State: StatePending, For: d / 5},
		{State: StateInProgress, For: d - d/5},
		{State: StateSucceeded},
	}}
}

// BlockedFor is in_progress for a second, is blocked by the registry for d, and then
// succeeds.
func BlockedFor(d time.Duration) Scenario {
	return Scenario{Steps: []Step{
		{State: StateInProgress, For: time.Second},
		{State: StateBlocked, For: d, Context: map[string]any{
			"blocked_by": "registry",
			"detail":     "Awaiting registry confirmation. This may take up to 24 hours.",
		}},
		{State: StateSucceeded},
	}}
}

// ActionRequired is in_progress for a second and then waits for CompleteAction. An
// empty sentTo leaves confirmation_sent_to out.
func ActionRequired(action, sentTo string) Scenario {
	details := map[string]any{"action": action}
	if sentTo != "" {
		details["confirmation_sent_to"] = sentTo
	}
	return Scenario{Steps: []Step{
		{State: StateInProgress, For: time.Second},
		{State: StateActionRequired, Context: details},
	}}
}

// Failed fails with the given error after the given time. If the time is
// zero, the answer to the PATCH reports the failure.
func Failed(code, message string, after time.Duration) Scenario {
	failure := Step{State: StateFailed, ErrorCode: code, ErrorMessage: message}
	if after <= 0 {
		return Scenario{Steps: []Step{failure}}
	}
	return Scenario{Steps: []Step{{State: StateInProgress, For: after}, failure}}
}

// Stuck stays in_progress forever.
func Stuck() Scenario {
	return Scenario{Steps: []Step{{State: StateInProgress}}}
}

// Never stays pending forever.
func Never() Scenario {
	return Scenario{Steps: []Step{{State: StatePending}}}
}

// UnknownState is in an undocumented state for d, and then succeeds.
func UnknownState(name string, d time.Duration) Scenario {
	return Scenario{Steps: []Step{{State: name, For: d}, {State: StateSucceeded}}}
}

// Conflicting refuses each PATCH with 409 for d from the first one, while
// update-status shows no pending update. After that it is Immediate.
func Conflicting(d time.Duration) Scenario {
	return Scenario{Conflict: d}
}

// LateRegistration succeeds after a second without context.registration, and the
// registration shows the new value d after that.
func LateRegistration(d time.Duration) Scenario {
	sc := Slow(time.Second).WithoutRegistration()
	sc.ShownAfter = d
	return sc
}

// NeverShown succeeds after a second, and the registration keeps its old value.
func NeverShown() Scenario {
	return LateRegistration(neverShown)
}

// LateStatus takes a second, and update-status returns "No workflow found" for
// d after the 202.
func LateStatus(d time.Duration) Scenario {
	sc := Slow(time.Second)
	sc.HiddenFor = d
	return sc
}

// StaleStatus takes a second, and update-status shows the previous workflow for d
// after the 202.
func StaleStatus(d time.Duration) Scenario {
	sc := Slow(time.Second)
	sc.StaleFor = d
	return sc
}

// Contradictory stays in the given state, with the given value of completed.
func Contradictory(completed bool, state string) Scenario {
	return Scenario{Steps: []Step{{State: state, Completed: new(completed)}}}
}
