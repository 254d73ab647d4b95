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
	readStatus       actionKind = iota + 1 // GET update-status
	readRegistration                       // GET the registration
	sendPatch                              // PATCH auto_renew
	waitFor                                // pause, then go to step 1
	done                                   // the registration shows the wanted value
	fail                                   // end with an error about the update
	giveUp                                 // end with the error of a request
)

// action is what to do next. The other fields belong to some kinds only.
type action struct {
	kind         actionKind
	pause        time.Duration // waitFor
	exact        bool          // waitFor: the API asked for the pause, which gets no jitter
	registration client.Registration
	err          error
}

// next decides what to do. It is total: every state leads to an action.
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

// whileInFlight waits for an update of ours or a joined one (steps 1 and 4). The last look before the
// deadline includes the registration, for the error.
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

// afterFailure reports a failed update, ours or a joined one, with the value that the registration shows.
// The API asks for a review before another attempt.
func (s *state) afterFailure() action {
	if s.registration == nil && s.readErr == nil {
		return action{kind: readRegistration}
	}
	return action{kind: fail, err: &FailedError{s.attempt(*s.latest), s.registration}}
}

// confirmsItself reports whether the status shows the changed registration, so that it need not be read.
// The update must be ours without doubt: the response to the PATCH, or a status with its created_at.
func (s *state) confirmsItself() bool {
	u, response := s.latest, s.tracked.response
	if response == nil || u.State != client.Succeeded || u.Registration == nil {
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
	needsPatch := s.effect.is(!s.want) && !s.sent() && !inFlight(s.lastSeen) // the effect takes the wanted value away
	switch {
	case s.registration.AutoRenew == s.want && !changes:
		return action{kind: done, registration: *s.registration}
	case changes && !needsPatch:
		return s.wait(pollInterval("", now.Sub(cmp.Or(s.effect.since, s.tracked.since))), s.latest.RetryAfter, now)
	case s.sent() && s.effect.is(s.want):
		return action{kind: fail, err: &UnconfirmedError{s.attempt(s.lastSeen)}}
	}
	return s.patch(now)
}

// canChange reports whether the registration can change without another PATCH: an update that was in flight
// does not show, or the effect of one that succeeded does not.
func (s *state) canChange() bool {
	e, shows, now := s.effect, s.registration.AutoRenew, s.registrationAt
	ourChangeShows := s.sent() && shows == s.want && !e.is(!s.want)
	if inFlight(s.lastSeen) && !ourChangeShows {
		return now.Before(s.lastSeenAt.Add(confirmTimeout))
	}
	return now.Before(e.settles()) && !e.is(shows)
}

// patch sends a PATCH (step 3), unless an earlier one forbids it. After an ambiguous PATCH, update-status
// must first be read at a time when the API has begun what it was going to do.
func (s *state) patch(now time.Time) action {
	t := s.tracked
	holdOff := t.holdOff.Sub(s.latestAt)
	switch {
	case t.origin == acceptedPatch:
		return s.wait(pollInterval("", now.Sub(t.since)), s.latest.RetryAfter, now)
	case holdOff > 0:
		return s.wait(min(holdOff, lookInterval), 0, now)
	case t.finalErr != nil:
		return action{kind: fail, err: t.finalErr}
	case len(s.conflicts) == maxConflicts:
		return s.stopPolling(s.conflicts[maxConflicts-1])
	case t.retry.After(now):
		return s.wait(0, t.retry.Sub(now), now)
	}
	return action{kind: sendPatch}
}

// afterPatchError goes to step 1 if the PATCH can be sent again, or if the API may have acted on it. A
// Retry-After counts only if the API has not acted.
func (s *state) afterPatchError(now time.Time) action {
	switch patchOutcomeOf(s.patchErr) {
	case notActedOn, conflict:
		return s.wait(resendInterval(s.attempts), retryAfterOf(s.patchErr), now)
	case accepted, ambiguous, contradictory:
		return s.wait(lookInterval, 0, now)
	case refused:
	}
	return s.stopPolling(s.patchErr)
}

// pollAgain polls again if the failure of a read is transient.
func (s *state) pollAgain(err error, now time.Time) action {
	if !transient(err) {
		return s.stopPolling(err)
	}
	return s.wait(pollInterval("", now.Sub(s.tracked.since)), retryAfterOf(err), now)
}

// read reads the registration. If that has failed, the client has retried it already, so only an operation
// that waits for an update goes on.
func (s *state) read(now time.Time) action {
	switch {
	case s.readErr == nil:
		return action{kind: readRegistration}
	case s.tracked.origin == noUpdate, client.IsNotFound(s.readErr):
		return s.stopPolling(s.readErr)
	}
	return s.pollAgain(s.readErr, now)
}

// wait pauses as the API asked, or else for the pause. It gives up if the API asks for more time than
// is left.
func (s *state) wait(pause, retryAfter time.Duration, now time.Time) action {
	switch {
	case retryAfter == 0:
		return action{kind: waitFor, pause: pause}
	case retryAfter >= s.deadline.Sub(now):
		return s.stopPolling(s.requiring(cmp.Or(s.patchErr, s.pollErr, s.readErr, s.lastErr), retryAfter))
	}
	return action{kind: waitFor, pause: retryAfter, exact: true}
}

// requiring adds the time that the API asks for to an error.
func (s *state) requiring(err error, wait time.Duration) error {
	late := client.Error{Kind: client.KindRateLimited, Op: "poll the update of " + string(s.id.Name), ID: s.id}
	if e, ok := errors.AsType[*client.Error](err); ok {
		late = *e
	}
	late.RequiredWait = wait
	return &late
}

// stopPolling gives up. The error is a PollError if an update may be in flight.
func (s *state) stopPolling(err error) action {
	if s.sent() || inFlight(s.lastSeen) {
		err = &PollError{s.attempt(s.lastSeen), err}
	}
	return action{kind: giveUp, err: err}
}

// attempt returns what the errors have in common.
func (s *state) attempt(u client.Update) Attempt {
	return Attempt{ID: s.id, Want: s.want, Joined: !s.sent(), Update: u}
}
