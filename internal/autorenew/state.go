// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"net/url"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// state is what one operation has read and sent. The record methods update it, and next reads it.
type state struct {
	id       client.DomainID
	want     bool
	began    time.Time
	deadline time.Time

	// The reads since the last wait, nil if not yet done.
	latest       *client.Update // its State is empty if there is no update, or a stale one
	registration *client.Registration

	// When those reads were sent. An answer can be as old as its request.
	latestAt, registrationAt time.Time

	// The failures since the last wait.
	pollErr, readErr, patchErr error

	tracked    tracked              // the update that the operation waits for
	lastSeen   client.Update        // its newest status; its State is empty if there was none
	lastSeenAt time.Time            // when update-status showed it
	newest     time.Time            // created_at of the newest update in update-status since the last PATCH
	effect     effect               // the change that the registration may not show yet
	lastShown  *client.Registration // the registration as last read

	unacted   int     // PATCHes that the API has not acted on
	conflicts []error // 409s since an update was last in flight
	ambiguous int     // PATCHes that the API may have acted on
	link      *url.URL
	lastErr   error // the last failure that did not end the operation
	err       error // why the operation must end
}

// origin is who started the update that the operation waits for.
type origin int

const (
	noUpdate       origin = iota // the operation waits for none
	joined                       // another client started it
	acceptedPatch                // the API accepted our PATCH
	ambiguousPatch               // the API may have acted on our PATCH: its answer was lost
)

// tracked identifies the update that the operation waits for.
type tracked struct {
	origin origin
	since  time.Time // when the PATCH was sent or the joined update was found

	// For a PATCH:
	before   client.Update  // the status before it
	response *client.Update // nil if unusable

	// For an ambiguous PATCH:
	holdOff  time.Time // the earliest time of another PATCH
	retryAt  time.Time // the same, from a Retry-After in the answer
	finalErr error     // why no other PATCH follows
}

// effect is the change that a successful update makes to the registration. The registration can still show the
// old value until the time that settles returns.
type effect struct {
	since  time.Time // when the update ended, zero if there is none
	toward *bool     // the value, nil if the API has not shown it
}

// is reports whether the effect is known to set the value.
func (e effect) is(value bool) bool { return e.toward != nil && *e.toward == value }

// settles returns the deadline for the registration to show the effect.
func (e effect) settles() time.Time {
	if e.toward == nil {
		return e.since.Add(effectTimeout)
	}
	return e.since.Add(confirmTimeout)
}

// sent reports whether the API has acted on a PATCH of ours, or may have.
func (s *state) sent() bool {
	return s.tracked.origin == acceptedPatch || s.tracked.origin == ambiguousPatch
}

// inFlight reports whether an update has not finished. An unknown state is in flight unless it is completed;
// otherwise every apply would fail after Cloudflare adds a state. For known states, inFlight ignores
// "completed" and the HTTP status, because either can contradict the state.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
func inFlight(u client.Update) bool {
	switch u.State {
	case "", client.Succeeded, client.Failed:
		return false
	case client.Pending, client.InProgress, client.ActionRequired, client.Blocked:
		return true
	}
	return !u.Completed
}

// hasFailed reports whether an update has finished without success.
func hasFailed(u client.Update) bool {
	return u.State != "" && u.State != client.Succeeded && !inFlight(u)
}

// isStale reports whether an ended update is older than the one that the operation waits for. Updates have
// no ID, and update-status can show an old one for a while. isStale ignores updated_at, because it can
// change with each read.
func (s *state) isStale(u client.Update, now time.Time) bool {
	switch {
	case u.State == "", inFlight(u):
		return false
	case u.CreatedAt.Before(s.newest):
		return true
	}
	return s.sent() && s.tracked.predates(u, now)
}

// predates reports whether an update began before the PATCH, by the server's clock.
func (t *tracked) predates(u client.Update, now time.Time) bool {
	if u.State == t.before.State && u.CreatedAt.Equal(t.before.CreatedAt) {
		return true
	}
	return !u.CreatedAt.IsZero() && u.ServerTime.Sub(u.CreatedAt) > now.Sub(t.since)+dateResolution
}

// recordStatus records update-status, or the response to a PATCH. It ignores a stale status.
func (s *state) recordStatus(u client.Update, now time.Time) {
	if s.isStale(u, now) {
		u = client.Update{RetryAfter: u.RetryAfter}
	}
	s.latest = &u
	switch {
	case u.State == "":
		return
	case inFlight(u):
		s.recordInFlight(u, now)
	case u.State == client.Succeeded:
		s.recordSuccess(u, now)
	}
	s.lastSeen, s.lastSeenAt, s.newest = u, now, u.CreatedAt
}

// recordInFlight records an update in flight, and joins it if it is not ours.
func (s *state) recordInFlight(u client.Update, now time.Time) {
	if s.tracked.origin == noUpdate {
		s.tracked, s.link = tracked{origin: joined, since: now}, u.Link
	}
	s.dropEffect()
	s.conflicts = nil
}

// dropEffect drops the effect of an earlier update. It keeps an effect that would overwrite the wanted value,
// because the registration can show the wanted value until the overwrite.
func (s *state) dropEffect() {
	if !s.effect.is(!s.want) {
		s.effect = effect{}
	}
}

// recordSuccess records an update that has succeeded. Only its first status sets the end time.
func (s *state) recordSuccess(u client.Update, now time.Time) {
	if s.effect.since.IsZero() || inFlight(s.lastSeen) || !u.CreatedAt.Equal(s.newest) {
		s.effect = effect{since: now}
		if s.tracked.origin == noUpdate {
			s.effect.since = endOf(u, now)
		}
	}
	switch shows := u.Registration; {
	case s.tracked.origin == acceptedPatch, shows == nil && s.sent():
		s.effect.toward = &s.want
	case shows != nil:
		s.effect.toward = &shows.AutoRenew
	}
}

// endOf returns when an update ended, by our clock: long ago if updated_at is missing, and now if it is in
// the future.
func endOf(u client.Update, now time.Time) time.Time {
	return now.Add(-max(0, u.ServerTime.Sub(u.UpdatedAt)))
}

// recordLinkError drops a link that failed. The next poll uses the documented address, with no pause unless
// the API asked for one.
func (s *state) recordLinkError(err error) {
	s.link = nil
	if retryAfterOf(err) > 0 {
		s.pollErr = err
	}
}

// recordPatch records a PATCH that the API accepted. Its response does not count as the newest update,
// because created_at can be rounded differently there.
func (s *state) recordPatch(u client.Update, sent, now time.Time) {
	s.track(tracked{origin: acceptedPatch, since: sent, response: &u})
	s.link = u.Link
	s.recordStatus(u, now)
	s.newest = time.Time{}
}

// recordPatchError records a PATCH that failed or whose response was unusable.
func (s *state) recordPatchError(err error, sent, now time.Time) {
	s.patchErr = err
	switch outcome := patchOutcomeOf(err); outcome {
	case conflict:
		s.conflicts = append(s.conflicts, err)
		s.unacted++
	case notActedOn:
		s.unacted++
	case accepted:
		s.track(tracked{origin: acceptedPatch, since: sent})
	case ambiguous, contradictory:
		t := tracked{origin: ambiguousPatch, since: sent, holdOff: now.Add(ambiguousHoldOff), retryAt: now.Add(retryAfterOf(err))}
		if s.ambiguous++; s.ambiguous == maxAmbiguous || outcome == contradictory {
			t.finalErr = &AmbiguousError{Sent: s.ambiguous, Err: err}
		}
		s.track(t)
	case refused:
	}
}

// track makes the operation wait for the update that a PATCH starts.
func (s *state) track(t tracked) {
	t.before = *s.latest
	s.tracked, s.link, s.lastSeen, s.newest, s.registration = t, nil, client.Update{}, time.Time{}, nil
	s.dropEffect()
}

// restart drops the reads and failures before step 1.
func (s *state) restart() {
	s.latest, s.registration = nil, nil
	s.pollErr, s.readErr, s.patchErr = nil, nil, nil
}
