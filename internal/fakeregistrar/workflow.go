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
	steps     []Step
	createdAt time.Time
	since     time.Time // when steps began to play
	want      bool
	origin    origin
	shown     bool // to a client: by update-status or the answer to its PATCH
	applied   bool // its effect has reached the registration
}

func newWorkflow(sc Scenario, want bool, at time.Time, from origin) *workflow {
	return &workflow{scenario: sc, steps: sc.script(), createdAt: at, since: at, want: want, origin: from}
}

// at returns the step that plays at the given instant, and when it began.
func (w *workflow) at(now time.Time) (Step, time.Time) {
	index, began := playing(w.steps, now.Sub(w.since))
	return w.steps[index], w.since.Add(began)
}

// inFlight reports whether the workflow is neither succeeded nor failed.
func (w *workflow) inFlight(now time.Time) bool {
	step, _ := w.at(now)
	return !terminal(step.State)
}

// restsIn is how long the workflow will go on changing by itself.
func (w *workflow) restsIn(now time.Time) time.Duration {
	return max(0, restsAfter(w.steps)-now.Sub(w.since))
}

// shownAt is the instant from which the registration shows the wanted value;
// false if it never will.
func (w *workflow) shownAt() (time.Time, bool) {
	after, succeeds := succeedsAfter(w.steps)
	if !succeeds || w.scenario.ShownAfter < 0 {
		return time.Time{}, false
	}
	return w.since.Add(after + w.scenario.ShownAfter), true
}

// hidden reports whether update-status does not show the workflow yet.
func (w *workflow) hidden(now time.Time) bool {
	return now.Before(w.createdAt.Add(max(w.scenario.HiddenFor, w.scenario.StaleFor)))
}

// knowable reports whether a careful client knows of the workflow: it was shown,
// or it is a PATCH whose answer was lost and who looks at update-status finds it.
func (w *workflow) knowable(now time.Time) bool {
	if w.origin == elsewhere {
		return w.shown
	}
	return w.shown || !w.hidden(now)
}

// resume plays the scenario's second script from now on.
func (w *workflow) resume(now time.Time) {
	w.steps, w.since = w.scenario.afterAction(), now
}

func terminal(state string) bool {
	return state == StateSucceeded || state == StateFailed
}

// playing returns the index of the step that plays after the elapsed time, and
// when, counted from the start, it began.
func playing(steps []Step, elapsed time.Duration) (int, time.Duration) {
	var began time.Duration
	for i, step := range steps {
		if rests(steps, i) || elapsed < began+step.For {
			return i, began
		}
		began += step.For
	}
	return len(steps) - 1, began
}

// restsAfter is the time until the script reaches the step that lasts for ever.
func restsAfter(steps []Step) time.Duration {
	var elapsed time.Duration
	for i, step := range steps {
		if rests(steps, i) {
			break
		}
		elapsed += step.For
	}
	return elapsed
}

// succeedsAfter is the time until the script reaches success, if it does.
func succeedsAfter(steps []Step) (time.Duration, bool) {
	var elapsed time.Duration
	for i, step := range steps {
		if step.State == StateSucceeded {
			return elapsed, true
		}
		if rests(steps, i) {
			break
		}
		elapsed += step.For
	}
	return 0, false
}

func rests(steps []Step, i int) bool {
	return steps[i].For <= 0 || i == len(steps)-1
}
