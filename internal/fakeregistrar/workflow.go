// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "time"

// origin is who started a workflow. It decides whether a client could know of it.
type origin int

const (
	// ownPatch is a PATCH whose sender got, or lost, an answer.
	ownPatch origin = iota
	// elsewhere is the dashboard, another client, or a PATCH that acts long after
	// its connection broke: nobody knows before update-status has shown it.
	elsewhere
)

// workflow is one update. Its state is not stored: it follows from the script
// and the time since it started.
type workflow struct {
	scenario  Scenario
	script    []scriptStep
	createdAt time.Time
	since     time.Time // when the script began to play
	want      bool
	origin    origin
	shown     bool // to a client: by update-status or the answer to its PATCH
	applied   bool // its effect has reached the registration
}

func newWorkflow(sc Scenario, want bool, at time.Time, from origin) *workflow {
	return &workflow{scenario: sc, script: scriptOf(sc.Steps), createdAt: at, since: at, want: want, origin: from}
}

// at returns the step that plays at the given instant, and when it began.
func (w *workflow) at(now time.Time) (Step, time.Time) {
	playing := w.script[0]
	for _, step := range w.script {
		if step.after <= now.Sub(w.since) {
			playing = step
		}
	}
	return playing.Step, w.since.Add(playing.after)
}

// inFlight reports whether the workflow is neither succeeded nor failed.
func (w *workflow) inFlight(now time.Time) bool {
	step, _ := w.at(now)
	return !terminal(step.State)
}

// restsIn is how long the workflow will go on changing by itself.
func (w *workflow) restsIn(now time.Time) time.Duration {
	return max(0, w.script[len(w.script)-1].after-now.Sub(w.since))
}

// shownAt is the instant from which the registration shows the wanted value;
// false if it never will.
func (w *workflow) shownAt() (time.Time, bool) {
	for _, step := range w.script {
		if step.State == StateSucceeded {
			return w.since.Add(step.after + w.scenario.ShownAfter), w.scenario.ShownAfter >= 0
		}
	}
	return time.Time{}, false
}

// hidden reports whether update-status does not show the workflow yet.
func (w *workflow) hidden(now time.Time) bool {
	return now.Before(w.createdAt.Add(max(w.scenario.HiddenFor, w.scenario.StaleFor)))
}

// knowable reports whether a careful client knows of the workflow: it was shown,
// or it is a PATCH whose answer was lost and who looks at update-status finds it.
func (w *workflow) knowable(now time.Time) bool {
	return w.shown || (w.origin == ownPatch && !w.hidden(now))
}

// resume plays a second of work and success from now on.
func (w *workflow) resume(now time.Time) {
	w.script, w.since = scriptOf([]Step{{State: StateInProgress, For: time.Second}, {State: StateSucceeded}}), now
}

func terminal(state string) bool {
	return state == StateSucceeded || state == StateFailed
}

// scriptStep is a step and how long after the start it begins.
type scriptStep struct {
	Step

	after time.Duration
}

// scriptOf returns the steps that are ever reached, at least one: the last of
// them lasts for ever.
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
