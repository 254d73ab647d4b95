// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"cmp"
	"net/url"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// state is what is known of one operation. The record methods keep it up to date; next decides
// on it.
type state struct {
	id       client.DomainID
	want     bool
	began    time.Time
	deadline time.Time

	// What was read since the last wait, nil where it was not.
	status       *client.Update // its State is empty where there is no update
	statusAt     time.Time      // when it was read: reading the registration can take minutes, in several attempts
	registration *client.Registration

	// What failed since the last wait.
	pollErr, readErr, patchErr error

	tracked   *tracked      // the update that is waited for
	update    client.Update // as last seen in flight or ended; its State is empty until then
	attempts  int           // PATCHes that were not acted on
	ambiguous int           // PATCHes that the server may have acted on
	lingers   time.Time     // when an update was first seen that had just ended
	link      *url.URL      // where the server wants to be polled; nil for the documented address
	noLinks   bool          // a link failed: links are not followed any more
	lastErr   error         // the last failure that did not end the operation
	err       error         // why the operation must end
}

// tracked is an update that is waited for: one that a PATCH of ours started or may have started,
// or one that was found in flight and is joined.
type tracked struct {
	ours  bool
	since time.Time // when the PATCH was sent, or the joined update found
	shown *bool     // what the registration showed before the PATCH, or while the joined update was in flight
	ended time.Time // when it was first seen to be no longer in flight; zero until then

	// Of a PATCH:
	before   client.Update  // what update-status showed before it
	accepted *client.Update // the response, nil where it was ambiguous
	holdOff  time.Time      // until when no other may follow: after an ambiguous one, and after its update was seen in flight
	retry    time.Time      // until when the server asked to wait before another
	finalErr error          // why no other may follow at all
}

// sent reports whether a PATCH was sent that the server acted on, or may have.
func (s *state) sent() bool { return s.tracked != nil && s.tracked.ours }

// inFlight reports whether an update is not over. A state not known today counts: giving up on
// it would break every apply on the day it is introduced. Neither "completed" nor the HTTP
// status counts, since either can contradict the state.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
func inFlight(u client.Update) bool {
	return u.State != "" && u.State != client.Succeeded && u.State != client.Failed
}

// shownBy reports whether what update-status shows, not in flight, can be the tracked update.
// Updates have no id, and update-status can show the one from before a PATCH for a while: its
// success taken for ours would report a change that was not made.
func (t *tracked) shownBy(u client.Update) bool {
	if !t.ours {
		return true
	}
	if u.State == "" || u.State == t.before.State && u.CreatedAt.Equal(t.before.CreatedAt) && u.UpdatedAt.Equal(t.before.UpdatedAt) {
		return false
	}
	return t.accepted == nil || u.UpdatedAt.IsZero() || !u.UpdatedAt.Add(dateResolution).Before(t.accepted.CreatedAt)
}

// recordStatus takes in what update-status, or the response to a PATCH, showed.
func (s *state) recordStatus(u client.Update, now time.Time) {
	s.status, s.statusAt = &u, now
	if !s.noLinks {
		s.link = u.Link
	}
	switch {
	case inFlight(u):
		if s.tracked == nil {
			s.tracked = &tracked{since: now}
		}
		if !s.tracked.ours && !u.CreatedAt.Equal(s.update.CreatedAt) {
			s.tracked.shown = nil // of an update that is joined after another
		}
		s.update, s.tracked.ended, s.tracked.holdOff = u, time.Time{}, now.Add(ambiguousHoldOff)
	case s.tracked != nil && s.tracked.shownBy(u):
		if s.tracked.ended.IsZero() {
			s.tracked.ended = now
		}
		if u.State != "" {
			s.update = u
		}
	case recent(u):
		s.lingers = cmp.Or(s.lingers, now)
	}
}

// recordPollError takes in that a poll failed. A link that fails is not followed again: the
// documented address is asked in its place, at once unless the server wants a pause.
func (s *state) recordPollError(err error, now time.Time) {
	followed := s.link != nil
	s.link, s.noLinks = nil, s.noLinks || followed
	switch {
	case followed && retryAfterOf(err) == 0:
	case client.IsNoUpdate(err):
		s.recordStatus(client.Update{}, now)
	default:
		s.pollErr = err
	}
}

// recordRegistration takes in what the registration shows.
func (s *state) recordRegistration(r client.Registration) {
	s.registration = &r
	if s.tracked != nil && s.tracked.shown == nil && s.tracked.ended.IsZero() {
		s.tracked.shown = &r.AutoRenew
	}
}

// recordPatch takes in a PATCH that was accepted.
func (s *state) recordPatch(u client.Update, sent, now time.Time) {
	s.track(&tracked{ours: true, since: sent, before: *s.status, accepted: &u})
	s.recordStatus(u, now)
}

// recordPatchError takes in a PATCH that failed.
func (s *state) recordPatchError(err error, sent, now time.Time) {
	s.patchErr = err
	outcome := patchOutcomeOf(err)
	if outcome == notActedOn || outcome == refused {
		s.attempts++
		return
	}
	t := &tracked{ours: true, since: sent, before: *s.status, holdOff: now.Add(ambiguousHoldOff), retry: now.Add(retryAfterOf(err))}
	if s.ambiguous++; s.ambiguous == maxAmbiguous || outcome == contradictory {
		t.finalErr = &AmbiguousError{Attempts: s.ambiguous, Err: err}
	}
	s.track(t)
}

// track makes the update of a PATCH the one that is waited for.
func (s *state) track(t *tracked) {
	t.shown = &s.registration.AutoRenew
	s.tracked, s.update, s.registration = t, client.Update{}, nil
}

// beginAnew drops what was read and what failed, for step 1 to follow.
func (s *state) beginAnew() {
	s.status, s.registration = nil, nil
	s.pollErr, s.readErr, s.patchErr = nil, nil, nil
}
