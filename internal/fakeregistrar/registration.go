// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"slices"
	"time"
)

// registration is a domain with its updates. Callers of its methods must hold the
// Registrar's lock.
type registration struct {
	domain        Domain
	before        bool // auto_renew before its last change
	current       *workflow
	previous      *workflow
	scheduled     []scheduledUpdate
	conflictUntil time.Time
}

// scheduledUpdate is a PATCH that takes effect later.
type scheduledUpdate struct {
	at   time.Time
	want bool
}

// advance brings the registration up to the given time: it starts due updates and
// applies successful ones, in order.
func (r *registration) advance(now time.Time) {
	slices.SortStableFunc(r.scheduled, func(a, b scheduledUpdate) int { return a.at.Compare(b.at) })
	for len(r.scheduled) > 0 && !r.scheduled[0].at.After(now) {
		next := r.scheduled[0]
		r.scheduled = r.scheduled[1:]
		r.start(r.domain.Scenario, next.want, next.at, elsewhere)
	}
	r.apply(now)
}

// apply sets the current workflow's value if it is due.
func (r *registration) apply(now time.Time) {
	w := r.current
	if w == nil || w.applied {
		return
	}
	if due, ever := w.shownAt(); ever && !due.After(now) {
		w.applied = true
		r.set(w.want)
	}
}

func (r *registration) set(value bool) {
	r.before, r.domain.AutoRenew = r.domain.AutoRenew, value
}

// start replaces the current workflow. If the old one succeeded, the registration
// shows its value now, because only its display was delayed.
func (r *registration) start(sc Scenario, want bool, at time.Time, from origin) *workflow {
	r.apply(at)
	if r.current != nil && !r.current.inFlight(at) && r.current.scenario.ShownAfter > 0 {
		r.apply(at.Add(r.current.scenario.ShownAfter))
	}
	r.previous, r.current = r.current, newWorkflow(sc, want, at, from)
	r.separateCreatedAt()
	r.apply(at)
	return r.current
}

// separateCreatedAt keeps created_at distinct at the API's resolution, because clients
// distinguish workflows only by this field. With a fake clock, two updates can start
// at the same time.
func (r *registration) separateCreatedAt() {
	if r.previous == nil {
		return
	}
	if soonest := r.previous.createdAt.Add(time.Millisecond); r.current.createdAt.Before(soonest) {
		r.current.createdAt = soonest
	}
}

// inFlight reports whether an update is running or waiting for the user.
func (r *registration) inFlight(now time.Time) bool {
	return r.current != nil && r.current.inFlight(now)
}

// visible returns the workflow that update-status shows now, or nil.
func (r *registration) visible(now time.Time) *workflow {
	w := r.current
	switch {
	case w == nil:
		return nil
	case now.Before(w.createdAt.Add(w.scenario.HiddenFor)):
		return nil
	case now.Before(w.createdAt.Add(w.scenario.StaleFor)):
		return r.previous
	default:
		return w
	}
}

// conflicts reports whether the scenario refuses a PATCH with 409. The conflict
// starts at the first PATCH, so that a test doesn't depend on the client's timing.
func (r *registration) conflicts(now time.Time) bool {
	if r.domain.Scenario.Conflict <= 0 {
		return false
	}
	r.conflictUntil = cmp.Or(r.conflictUntil, now.Add(r.domain.Scenario.Conflict))
	return now.Before(r.conflictUntil)
}
