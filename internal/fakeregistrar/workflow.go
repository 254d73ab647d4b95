// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "time"

// origin is who started an update, because a client can't know of every update.
type origin int

const (
	// ownPatch is the client's own PATCH, even if the answer was lost.
	ownPatch origin = iota
	// elsewhere is an update by the dashboard or another client, or a PATCH that takes
	// effect long after its connection broke. A client can't know of it before update-status shows it.
	elsewhere
)

// workflow is one update. Its state follows from the script and the time since its
// start.
type workflow struct {
	scenario  Scenario
	script    []scriptStep
	createdAt time.Time
	since     time.Time // when the script began
	want      bool
	origin    origin
	shown     bool // a client has seen it, in update-status or in the answer to its PATCH
	applied   bool // its effect has reached the registration
}

func newWorkflow(sc Scenario, want bool, at time.Time, from origin) *workflow {
	return &workflow{scenario: sc, script: scriptOf(sc.Steps), createdAt: at, since: at, want: want, origin: from}
}

// at returns the step at the given time and the time when it began.
func (w *workflow) at(now time.Time) (Step, time.Time) {
	current := w.script[0]
	for _, step := range w.script {
		if step.after <= now.Sub(w.since) {
			current = step
		}
	}
	return current.Step, w.since.Add(current.after)
}

// inFlight reports whether the workflow hasn't finished.
func (w *workflow) inFlight(now time.Time) bool {
	step, _ := w.at(now)
	return !ended(step.State, step.Completed != nil && *step.Completed)
}

// untilLastStep returns the time until the last step begins.
func (w *workflow) untilLastStep(now time.Time) time.Duration {
	return max(0, w.script[len(w.script)-1].after-now.Sub(w.since))
}

// shownAt returns the time at which the registration shows the wanted value, and
// false if it never does.
func (w *workflow) shownAt() (time.Time, bool) {
	for _, step := range w.script {
		if step.State == StateSucceeded {
			return w.since.Add(step.after + w.scenario.ShownAfter), w.scenario.ShownAfter >= 0
		}
	}
	return time.Time{}, false
}

// hidden reports whether update-status doesn't show the workflow yet.
func (w *workflow) hidden(now time.Time) bool {
	return now.Before(w.createdAt.Add(max(w.scenario.HiddenFor, w.scenario.StaleFor)))
}

// knowable reports whether a client can know of the workflow: it has seen the workflow,
// or it sent the PATCH, lost the answer, and update-status shows the workflow by now.
func (w *workflow) knowable(now time.Time) bool {
	return w.shown || (w.origin == ownPatch && !w.hidden(now))
}

// resume makes the workflow in_progress for a second and then succeed.
func (w *workflow) resume(now time.Time) {
	w.script, w.since = scriptOf([]Step{{State: StateInProgress, For: time.Second}, {State: StateSucceeded}}), now
}

// ended reports whether a state is final. For an undocumented state, it returns completed.
func ended(state string, completed bool) bool {
	switch state {
	case StateSucceeded, StateFailed:
		return true
	case StatePending, StateInProgress, StateActionRequired, StateBlocked:
		return false
	}
	return completed
}

// scriptStep is a step and how long after the start it begins.
type scriptStep struct {
	Step

	after time.Duration
}

// scriptOf returns the steps that the workflow reaches. There is at least one, and the
// last one lasts forever.
func scriptOf(steps []Step) []scriptStep {
	if len(steps) == 0 {
		return []scriptStep{{Step: Step{State: StateSucceeded}}}
	}
	var script []scriptStep
	var after time.Duration
	for _, step := range steps {
		script = append(script, scriptStep{step, after})
		if step.For <= 0 {
			break
		}
		after += step.For
	}
	return script
}
