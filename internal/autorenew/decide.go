// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"cmp"
	"errors"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// actionKind is what an operation can do next.
type actionKind int

const (
	_                actionKind = iota
	readStatus                  // GET update-status
	readRegistration            // GET the registration
	sendPatch                   // PATCH auto_renew
	waitFor                     // pause, then go to step 1
	done                        // the registration shows the wanted value
	fail                        // end with an error about the update
	giveUp                      // end with the error of a request
)

// action is what to do next. A field with a kind in its comment applies only to that kind.
type action struct {
	kind         actionKind
	pause        time.Duration // waitFor
	exact        bool          // waitFor: the API asked for this pause, so it gets no jitter
	registration client.Registration
	err          error
}

// next returns the next action for any state.
func next(s *state, now time.Time) action {
	switch {
	case s.err != nil:
		return action{kind: giveUp, err: s.err}
	case s.patchErr != nil:
		return s.afterPatchError(now)
	case s.pollErr != nil:
		return s.pollAgain(s.pollErr, now)
	case s.latest == nil:
		return action{kind: readStatus}
	case inFlight(*s.latest):
		return s.whileInFlight(now)
	case hasFailed(*s.latest) && s.tracked.origin != noUpdate:
		return s.afterFailure()
	case s.confirmsItself():
		return action{kind: done, registration: *s.latest.Registration}
	}
	return s.compare(now)
}

// whileInFlight waits for our update or a joined one (steps 1 and 4). Just before the deadline it also reads
// the registration, so that the error can show it.
func (s *state) whileInFlight(now time.Time) action {
	u := *s.latest
	switch {
	case u.State == client.ActionRequired:
		return action{kind: fail, err: &ActionRequiredError{s.attempt(u)}}
	case isLastPoll(s.deadline.Sub(now)) && s.registration == nil && s.readErr == nil:
		return action{kind: readRegistration}
	}
	return s.wait(pollInterval(u.State, now.Sub(s.tracked.since)), u.RetryAfter, now)
}

// afterFailure ends the operation after a failed update, ours or a joined one, but first reads the registration
// for the error. Cloudflare asks for a review before another attempt.
func (s *state) afterFailure() action {
	if s.registration == nil && s.readErr == nil {
		return action{kind: readRegistration}
	}
	return action{kind: fail, err: &FailedError{s.attempt(*s.latest), s.registration}}
}

// confirmsItself reports whether the status of a finished update contains the changed registration, so that no GET
// is needed. The update must be ours: the status is the response to the PATCH, or has the same created_at.
func (s *state) confirmsItself() bool {
	u, response := s.latest, s.tracked.response
	if response == nil || u.Registration == nil {
		return false
	}
	r := u.Registration
	return u.CreatedAt.Equal(response.CreatedAt) && r.AutoRenew == s.want && r.Complete() && r.ExpiresAt != ""
}

// compare compares the registration with the wanted value, with no update in flight (steps 2 and 5).
func (s *state) compare(now time.Time) action {
	if s.registration == nil {
		return s.read(now)
	}
	changes := s.canChange()
	needsPatch := s.effect.is(!s.want) && !s.sent() && !inFlight(s.lastSeen) // the effect would overwrite the wanted value
	switch {
	case s.registration.AutoRenew == s.want && !changes:
		return action{kind: done, registration: *s.registration}
	case changes && !needsPatch:
		return s.wait(pollInterval("", now.Sub(cmp.Or(s.effect.since, s.tracked.since))), s.latest.RetryAfter, now)
	case s.sent() && s.effect.is(s.want):
		return action{kind: fail, err: &UnconfirmedError{s.attempt(s.lastSeen)}}
	}
	return s.patchOrWait(now)
}

// canChange reports whether the registration can still change without another PATCH. Either update-status no
// longer shows an update that was in flight, or the registration doesn't show a successful update yet.
func (s *state) canChange() bool {
	e, shows, now := s.effect, s.registration.AutoRenew, s.registrationAt
	ourChangeShows := s.sent() && shows == s.want
	if inFlight(s.lastSeen) && !ourChangeShows {
		return now.Before(s.lastSeenAt.Add(confirmTimeout))
	}
	return now.Before(e.settles()) && !e.is(shows)
}

// patchOrWait waits or fails if an earlier PATCH requires it, and otherwise sends a PATCH (step 3).
//
// After an ambiguous PATCH, steps 1 and 2 repeat. An update in flight, or one that has ended since that PATCH,
// counts as ours. The operation is done once a GET shows the wanted value. If update-status shows no update
// until the end of holdOff, another PATCH follows. If the API never answers, the operation sends
// PATCHes at about 0, 12, 24 and 36 s. The reads follow about 1.6, 4.6, 7.6, 10.6 and 12 s after each. It fails
// at 48 s with an AmbiguousError.
func (s *state) patchOrWait(now time.Time) action {
	t := s.tracked
	holdOff := t.holdOff.Sub(s.latestAt)
	switch {
	case t.origin == acceptedPatch:
		return s.wait(pollInterval("", now.Sub(t.since)), s.latest.RetryAfter, now)
	case holdOff > 0:
		return s.wait(min(holdOff, readInterval), 0, now)
	case t.finalErr != nil:
		return action{kind: fail, err: t.finalErr}
	case len(s.conflicts) == maxConflicts:
		return s.giveUpWith(s.conflicts[maxConflicts-1])
	case t.retryAt.After(now):
		return s.wait(0, t.retryAt.Sub(now), now)
	}
	return action{kind: sendPatch}
}

// afterPatchError goes to step 1 if the PATCH can be sent again, or if the API may have acted on it. A
// Retry-After of an ambiguous answer delays only the next PATCH (retryAt), not the reads before it.
func (s *state) afterPatchError(now time.Time) action {
	switch patchOutcomeOf(s.patchErr) {
	case notActedOn, conflict:
		return s.wait(resendInterval(s.unacted), retryAfterOf(s.patchErr), now)
	case accepted, ambiguous, contradictory:
		return s.wait(pollInterval("", now.Sub(s.tracked.since)), 0, now)
	case refused:
	}
	return s.giveUpWith(s.patchErr)
}

// pollAgain polls again if a read failed with a transient error.
func (s *state) pollAgain(err error, now time.Time) action {
	if !transient(err) {
		return s.giveUpWith(err)
	}
	return s.wait(pollInterval("", now.Sub(s.tracked.since)), retryAfterOf(err), now)
}

// read reads the registration. The client has already retried a failed read, so only an operation that waits
// for an update continues.
func (s *state) read(now time.Time) action {
	switch {
	case s.readErr == nil:
		return action{kind: readRegistration}
	case s.tracked.origin == noUpdate, client.IsNotFound(s.readErr):
		return s.giveUpWith(s.readErr)
	}
	return s.pollAgain(s.readErr, now)
}

// wait returns a pause of retryAfter if the API asked for one, and otherwise of the given length. It gives up
// if retryAfter reaches the deadline.
func (s *state) wait(pause, retryAfter time.Duration, now time.Time) action {
	switch {
	case retryAfter == 0:
		return action{kind: waitFor, pause: pause}
	case retryAfter >= s.deadline.Sub(now):
		return s.giveUpWith(s.withRequiredWait(cmp.Or(s.patchErr, s.pollErr, s.readErr, s.lastErr), retryAfter))
	}
	return action{kind: waitFor, pause: retryAfter, exact: true}
}

// withRequiredWait returns the error with the wait that the API asked for.
func (s *state) withRequiredWait(err error, wait time.Duration) error {
	late := client.Error{Kind: client.KindRateLimited, Op: "poll the update of " + string(s.id.Name), ID: s.id}
	if e, ok := errors.AsType[*client.Error](err); ok {
		late = *e
	}
	late.RequiredWait = wait
	return &late
}

// giveUpWith gives up with the error of a request. The error is a PollError if an update may be in flight.
func (s *state) giveUpWith(err error) action {
	if s.sent() || inFlight(s.lastSeen) {
		err = &PollError{s.attempt(s.lastSeen), err}
	}
	return action{kind: giveUp, err: err}
}

// attempt returns the fields that the errors share.
func (s *state) attempt(u client.Update) Attempt {
	return Attempt{ID: s.id, Want: s.want, Joined: !s.sent(), Update: u}
}
