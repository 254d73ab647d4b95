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
	waitFor                                // pause, then begin anew at step 1
	done                                   // the registration shows the wanted value
	fail                                   // end with what was found out
	giveUp                                 // end with the failure of a request
)

// action is one thing to do, with what belongs to its kind.
type action struct {
	kind         actionKind
	pause        time.Duration // waitFor
	exact        bool          // waitFor: the server named the pause, which gets no jitter
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
		return s.afterPollError(now)
	case s.status == nil:
		return action{kind: readStatus}
	case inFlight(*s.status):
		return s.whileInFlight(now)
	case s.tracked != nil && s.tracked.shownBy(*s.status) && s.status.State == client.Failed:
		return s.afterFailure()
	case s.sent() && s.tracked.shownBy(*s.status):
		return s.afterOurSuccess(now)
	case s.sent():
		return s.whileUnseen(now)
	}
	return s.withNothingInFlight(now)
}

// whileInFlight waits for an update of ours or joins another (steps 1 and 4). What the
// registration shows while a joined update is in flight tells later whether its effect has come.
func (s *state) whileInFlight(now time.Time) action {
	u := *s.status
	switch {
	case u.State == client.ActionRequired:
		return action{kind: fail, err: &ActionRequiredError{s.attempt(u)}}
	case !s.tracked.ours && s.tracked.shown == nil:
		return s.read()
	}
	return s.wait(pollInterval(u.State, now.Sub(s.tracked.since)), u.RetryAfter, now)
}

// afterOurSuccess confirms (step 5). Whose update followed an ambiguous PATCH, only the
// registration in its context can tell; no PATCH goes without a look at the registration itself.
func (s *state) afterOurSuccess(now time.Time) action {
	u, shows, told := *s.status, s.registration, s.status.Registration
	if told != nil && told.Complete() && told.AutoRenew == s.want {
		shows = told
	}
	waited := now.Sub(s.tracked.ended)
	switch {
	case shows == nil:
		return s.read()
	case s.tracked.accepted == nil && told != nil && told.AutoRenew != s.want && (shows.AutoRenew != s.want || s.statusAt.Before(s.tracked.holdOff)):
		return s.patchAgain(now)
	case shows.AutoRenew == s.want:
		return action{kind: done, registration: *shows}
	case waited >= confirmTimeout:
		return action{kind: fail, err: &UnconfirmedError{s.attempt(u)}}
	}
	return s.wait(min(pollInterval(u.State, waited), confirmTimeout-waited), u.RetryAfter, now)
}

// afterFailure reports a failed update, ours or a joined one, with the value that the
// registration shows. The API asks not to retry it without review.
func (s *state) afterFailure() action {
	if s.registration == nil && s.readErr == nil {
		return action{kind: readRegistration}
	}
	return action{kind: fail, err: &FailedError{s.attempt(*s.status), s.registration}}
}

// whileUnseen goes on after a PATCH whose update is not to be seen: the registration may show the
// change first. The update of an accepted PATCH is only late to appear.
func (s *state) whileUnseen(now time.Time) action {
	switch {
	case s.registration == nil:
		return s.read()
	case s.showsChange(now):
		return action{kind: done, registration: *s.registration}
	case s.tracked.accepted != nil:
		return s.wait(pollInterval("", now.Sub(s.tracked.since)), 0, now)
	}
	return s.patchAgain(now)
}

// showsChange reports whether the registration shows what a PATCH was sent for. Where it showed that
// before the PATCH too, another update was about to take it away and may still do so.
func (s *state) showsChange(now time.Time) bool {
	return s.registration.AutoRenew == s.want &&
		(s.tracked.shown == nil || *s.tracked.shown != s.want || now.Sub(s.tracked.since) >= effectTimeout)
}

// patchAgain sends another PATCH after an ambiguous one, but not before update-status was read at a
// time when the server must have begun what it was going to do. Until then it looks; only then does
// a Retry-After count.
func (s *state) patchAgain(now time.Time) action {
	switch left := s.tracked.holdOff.Sub(s.statusAt); {
	case left > 0:
		return s.wait(min(left, lookInterval), 0, now)
	case s.tracked.finalErr != nil:
		return action{kind: fail, err: s.tracked.finalErr}
	case s.tracked.retry.After(now):
		return s.wait(0, s.tracked.retry.Sub(now), now)
	}
	return action{kind: sendPatch}
}

// withNothingInFlight compares the registration with the wanted value (step 2), and sends the
// PATCH (step 3). Where an update has just ended, the registration may still show the value from
// before, unless the update itself tells.
func (s *state) withNothingInFlight(now time.Time) action {
	if s.registration == nil {
		return s.read()
	}
	told, asWanted, effect := s.status.Registration, s.registration.AutoRenew == s.want, s.showsEffect(now)
	switch {
	case asWanted && (effect || told != nil && told.AutoRenew == s.want):
		return action{kind: done, registration: *s.registration}
	case effect, told != nil && told.AutoRenew != s.want:
		return action{kind: sendPatch}
	}
	return s.wait(minPollInterval, 0, now)
}

// showsEffect reports whether the registration shows what the last update has done.
func (s *state) showsEffect(now time.Time) bool {
	t := s.tracked
	if t == nil {
		return s.status.State != client.Succeeded || !recent(*s.status) || !s.lingers.IsZero() && now.Sub(s.lingers) >= effectTimeout
	}
	return now.Sub(t.ended) >= effectTimeout || t.shown != nil && *t.shown != s.registration.AutoRenew
}

// recent reports whether an update ended within the last moments, by the server's own times, which
// are centuries apart where one is missing. A time in the server's future is a clock that is off.
func recent(u client.Update) bool {
	age := u.ServerTime.Sub(u.UpdatedAt)
	return !u.UpdatedAt.IsZero() && age > -dateResolution && age < effectTimeout
}

// afterPatchError goes back to step 1 where the PATCH may be sent again or may have been acted
// on. A Retry-After counts only where it was not acted on.
func (s *state) afterPatchError(now time.Time) action {
	switch patchOutcomeOf(s.patchErr) {
	case notActedOn:
		return s.wait(min(lookInterval<<min(s.attempts-1, 10), maxBlockedInterval), retryAfterOf(s.patchErr), now)
	case ambiguous, contradictory:
		return s.wait(lookInterval, 0, now)
	case refused:
	}
	if !s.sent() {
		return action{kind: giveUp, err: s.patchErr}
	}
	return s.stopPolling(s.patchErr) // an earlier one may have been acted on
}

// afterPollError goes on polling where the failure passes.
func (s *state) afterPollError(now time.Time) action {
	if transient(s.pollErr) {
		return s.wait(pollInterval("", now.Sub(s.tracked.since)), retryAfterOf(s.pollErr), now)
	}
	return s.stopPolling(s.pollErr)
}

// wait pauses as the server asked, or else for the pause. It gives up where the server asks for
// more time than there is: to come back sooner would be against its word.
func (s *state) wait(pause, retryAfter time.Duration, now time.Time) action {
	switch {
	case retryAfter == 0:
		return action{kind: waitFor, pause: pause}
	case retryAfter >= s.deadline.Sub(now):
		return s.stopPolling(s.requiring(cmp.Or(s.patchErr, s.pollErr, s.lastErr), retryAfter))
	}
	return action{kind: waitFor, pause: retryAfter, exact: true}
}

// requiring adds to an error how long the server asks to wait.
func (s *state) requiring(err error, wait time.Duration) error {
	late := client.Error{Kind: client.KindRateLimited, Op: "poll the update of " + string(s.id.Name), ID: s.id}
	if e, ok := errors.AsType[*client.Error](err); ok {
		late = *e
	}
	late.RequiredWait = wait
	return &late
}

// stopPolling gives up with an error that is a PollError where an update may be in flight.
func (s *state) stopPolling(err error) action {
	if s.tracked != nil {
		err = &PollError{s.attempt(s.update), err}
	}
	return action{kind: giveUp, err: err}
}

// read reads the registration, unless that has failed: the client has tried again already.
func (s *state) read() action {
	if s.readErr != nil {
		return s.stopPolling(s.readErr)
	}
	return action{kind: readRegistration}
}

// Attempt is what the errors say of an attempt to set auto-renew.
func (s *state) attempt(u client.Update) Attempt {
	return Attempt{ID: s.id, Want: s.want, Joined: !s.sent(), Update: u}
}
