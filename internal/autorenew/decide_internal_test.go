// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// now is the time of each decision. The operation began a minute ago and has 19 minutes left.
var now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) time.Time { return now.Add(-d) }

// given returns the state of an operation that turns auto-renew on, with these facts.
func given(facts ...func(*state)) *state {
	s := &state{want: true, began: ago(time.Minute), deadline: now.Add(19 * time.Minute)}
	for _, fact := range facts {
		fact(s)
	}
	return s
}

// statusIs sets the state in the latest status, empty if there is no update.
func statusIs(status client.State) func(*state) {
	return func(s *state) {
		s.latest, s.latestAt = &client.Update{State: status, CreatedAt: ago(10 * time.Second)}, now
	}
}

// contextShows puts a registration with the wanted value into the context of that status.
func contextShows(s *state) { s.latest.Registration = complete(true) }

func pausing(d time.Duration) func(*state) { return func(s *state) { s.latest.RetryAfter = d } }

// registered sets what the registration shows.
func registered(on bool) func(*state) {
	return func(s *state) { s.registration, s.registrationAt = &client.Registration{AutoRenew: on}, now }
}

// joining records another client's update that was first seen 10 s ago.
func joining(s *state) { s.tracked = tracked{origin: joined, since: ago(10 * time.Second)} }

// patched records a PATCH that the API accepted 10 s ago.
func patched(s *state) {
	s.tracked = tracked{origin: acceptedPatch, since: ago(10 * time.Second), response: &client.Update{CreatedAt: ago(10 * time.Second)}}
}

// lost records a PATCH that was sent d ago, with its response lost.
func lost(d time.Duration) func(*state) {
	return func(s *state) {
		s.tracked = tracked{origin: ambiguousPatch, since: ago(d), holdOff: ago(d).Add(ambiguousHoldOff), retryAt: ago(d)}
	}
}

// ended records an update that succeeded d ago, toward true, false or an unknown value (nil).
func ended(d time.Duration, toward *bool) func(*state) {
	return func(s *state) { s.effect = effect{since: ago(d), toward: toward} }
}

// unseen records an update that was last seen in flight d ago.
func unseen(d time.Duration) func(*state) {
	return func(s *state) { s.lastSeen.State, s.lastSeenAt = client.InProgress, ago(d) }
}

func fails(set func(*state, error), kind client.Kind, status int, retryAfter time.Duration) func(*state) {
	return func(s *state) { set(s, &client.Error{Kind: kind, Status: status, RetryAfter: retryAfter}) }
}

func refuses(set func(*state, error), status int, retryAfter time.Duration) func(*state) {
	return fails(set, client.KindRefused, status, retryAfter)
}

func poll(s *state, err error)    { s.pollErr = err }
func sending(s *state, err error) { s.patchErr, s.unacted = err, 1 }
func read(s *state, err error)    { s.readErr = err }

func unacted(n int) func(*state) { return func(s *state) { s.unacted = n } }

// words describes an action.
func words(a action) string {
	switch a.kind {
	case readStatus:
		return "read the status"
	case readRegistration:
		return "read the registration"
	case sendPatch:
		return "PATCH"
	case waitFor:
		if a.exact {
			return "wait exactly " + a.pause.String()
		}
		return "wait " + a.pause.String()
	case done:
		return "done"
	case fail:
		return fmt.Sprintf("fail: %T", a.err)
	case giveUp:
		return fmt.Sprintf("give up: %T", a.err)
	}
	return "?"
}

// TestDecisions covers the five steps of the package and the waits between them.
func TestDecisions(t *testing.T) {
	t.Parallel()
	on, off := new(true), new(false)
	gone := func(s *state) {
		s.readErr = &client.Error{Kind: client.KindRefused, Status: 404, Errors: []client.APIError{{Code: 10000}}}
	}
	tests := []struct {
		situation string
		state     *state
		want      string
	}{
		{"Nothing has been read yet", given(), "read the status"},
		{"No update: read the registration next", given(statusIs("")), "read the registration"},
		{"An old failed update: read the registration next", given(statusIs("failed")), "read the registration"},
		{"The registration has the wanted value: no PATCH", given(statusIs(""), registered(true)), "done"},
		{"The registration has the other value", given(statusIs(""), registered(false)), "PATCH"},
		{"The registration cannot be read", given(statusIs(""), refuses(read, 503, 0)), "give up: *client.Error"},

		{"Another client's update is in flight: join it", given(statusIs("in_progress"), joining), "wait 1.7s"},
		{"An unknown state", given(statusIs("odd"), patched), "wait 1.7s"},
		{"Blocked: poll at longer intervals", given(statusIs("blocked"), patched), "wait 5.1s"},
		{"The API asks for a pause", given(statusIs("in_progress"), pausing(time.Second), patched), "wait exactly 1s"},
		{"The API asks for a pause beyond the deadline", given(statusIs("in_progress"), pausing(time.Hour), patched), "give up: PollError"},
		{"Just before the deadline: read the registration for the error", given(statusIs("pending"), patched,
			func(s *state) { s.deadline = now.Add(2 * time.Second) }), "read the registration"},
		{"Our update needs user action", given(statusIs("action_required"), patched), "fail: ActionRequiredError"},

		{"Our update succeeded: read the registration", given(statusIs("succeeded"), patched, ended(0, on)), "read the registration"},
		{"Our update succeeded, with the wanted value in its context", given(statusIs("succeeded"), contextShows, patched, ended(0, on)), "done"},
		{"Our update succeeded, with no expiry date in its context", given(statusIs("succeeded"), contextShows, patched, ended(0, on),
			func(s *state) { s.latest.Registration.ExpiresAt = "" }), "read the registration"},
		{"Another update succeeded, with another created_at", given(statusIs("succeeded"), contextShows, patched, ended(0, on),
			func(s *state) { s.latest.CreatedAt = now }), "read the registration"},
		{"The registration shows our update", given(statusIs("succeeded"), patched, ended(0, on), registered(true)), "done"},
		{"The registration does not show our update yet", given(statusIs("succeeded"), patched, ended(time.Second, on), registered(false)), "wait 1.6s"},
		{"The registration does not show our update after 59 s", given(statusIs("succeeded"), patched, ended(59*time.Second, on), registered(false)), "wait 10.03s"},
		{"The registration does not show our update after a minute", given(statusIs("succeeded"), patched, ended(time.Minute, on), registered(false)), "fail: UnconfirmedError"},
		{"The confirming read is refused", given(statusIs("succeeded"), patched, ended(0, on), refuses(read, 403, 0)), "give up: PollError"},
		{"The domain has left the account", given(statusIs(""), patched, gone), "give up: PollError"},
		{"Our update failed: read the registration", given(statusIs("failed"), patched), "read the registration"},
		{"Our update failed", given(statusIs("failed"), patched, registered(false)), "fail: FailedError"},
		{"Our update failed, and the registration cannot be read", given(statusIs("failed"), patched, refuses(read, 503, 0)), "fail: FailedError"},
		{"The status does not show our update", given(statusIs(""), patched), "read the registration"},
		{"Neither the status nor the registration shows our update", given(statusIs(""), patched, registered(false)), "wait 1.7s"},
		{"Only the registration still shows our update", given(statusIs(""), patched, unseen(0), registered(true)), "done"},

		{"Joined, and the update failed", given(statusIs("failed"), joining, registered(false)), "fail: FailedError"},
		{"Joined, and the wanted value shows", given(statusIs(""), joining, ended(0, on), registered(true)), "done"},
		{"Joined, and the wanted value does not show after a minute", given(statusIs(""), joining, ended(time.Minute, on), registered(false)), "PATCH"},
		{"Joined, and the other value shows", given(statusIs(""), joining, ended(0, off), registered(false)), "PATCH"},
		{"Joined, and the other value does not show yet", given(statusIs(""), joining, ended(0, off), registered(true)), "PATCH"},
		{"Joined, and an update to an unknown value ended 9 s ago", given(statusIs(""), joining, ended(9*time.Second, nil), registered(true)), "wait 1.6s"},
		{"Joined, and an update to an unknown value ended 10 s ago", given(statusIs(""), joining, ended(10*time.Second, nil), registered(true)), "done"},
		{"Joined, and the status has shown no update for 10 s", given(statusIs(""), joining, unseen(10*time.Second), registered(true)), "wait 1.7s"},
		{"Joined, and the status has shown no update for a minute", given(statusIs(""), joining, unseen(time.Minute), registered(false)), "PATCH"},

		{"A PATCH gets a 409", given(refuses(sending, 409, 0)), "wait 3s"},
		{"Four 409s with no update in flight", given(statusIs(""), registered(false),
			func(s *state) { s.conflicts = make([]error, 4) }), "give up: <nil>"},
		{"A PATCH gets a 429", given(refuses(sending, 429, 0)), "wait 3s"},
		{"The seventh 429: the longest pause", given(refuses(sending, 429, 0), unacted(7)), "wait 1m50s"},
		{"A 429 with a Retry-After that ends at the deadline", given(refuses(sending, 429, 19*time.Minute)), "give up: *client.Error"},
		{"A PATCH is refused", given(refuses(sending, 403, 0)), "give up: *client.Error"},
		{"A PATCH is refused after an ambiguous one", given(refuses(sending, 403, 0), lost(20*time.Second)), "give up: PollError"},
		{"A PATCH gets a 202 with an unusable body: poll", given(patched, fails(sending, client.KindMalformed, 202, 0)), "wait 1.7s"},

		{"The response to a PATCH is lost: poll before another PATCH", given(lost(0), fails(sending, client.KindConnectionLost, 0, 0)), "wait 1.6s"},
		{"Lost 6 s ago: the API can still start the update", given(statusIs(""), lost(6*time.Second), registered(false)), "wait 3s"},
		{"Lost 11 s ago: wait one more second", given(statusIs(""), lost(11*time.Second), registered(false)), "wait 1s"},
		{"Lost 12 s ago", given(statusIs(""), lost(12*time.Second), registered(false)), "PATCH"},
		{"Lost, and the registration shows the change", given(statusIs(""), lost(time.Second), registered(true)), "done"},
		{"Lost, and an earlier update can still set the other value", given(statusIs(""), lost(20*time.Second), ended(30*time.Second, off),
			registered(true)), "wait 5.1s"},
		{"Lost, and an update succeeded: confirm with a GET", given(statusIs("succeeded"), contextShows, lost(time.Second), ended(0, on)), "read the registration"},
		{"Lost, and an update that succeeded a minute ago does not show", given(statusIs(""), lost(time.Hour), ended(time.Minute, on),
			registered(false)), "fail: UnconfirmedError"},
		{"Lost, and an update toward the other value succeeded", given(statusIs(""), lost(20*time.Second), ended(0, off), registered(false)), "PATCH"},
		{"Lost, and an update failed", given(statusIs("failed"), lost(10*time.Second), registered(false)), "fail: FailedError"},
		{"Lost, and no other PATCH is allowed", given(statusIs(""), lost(20*time.Second), registered(false),
			func(s *state) { s.tracked.finalErr = &AmbiguousError{} }), "fail: AmbiguousError"},
		{"Lost, with a Retry-After beyond the deadline", given(statusIs(""), lost(20*time.Second), registered(false),
			func(s *state) { s.tracked.retryAt = now.Add(time.Hour) }), "give up: PollError"},

		{"A poll fails with a transient error", given(patched, refuses(poll, 503, 0)), "wait 1.7s"},
		{"A poll fails with a Retry-After", given(patched, refuses(poll, 503, 45*time.Second)), "wait exactly 45s"},
		{"A poll is refused", given(patched, refuses(poll, 403, 0)), "give up: PollError"},
		{"A poll of a joined update is refused", given(joining, unseen(0), refuses(poll, 403, 0)), "give up: PollError"},
		{"The context has ended", given(func(s *state) { s.err = errors.New("interrupted") }), "give up: *errors.errorString"},
	}
	for _, test := range tests {
		t.Run(test.situation, func(t *testing.T) {
			t.Parallel()
			if got := strings.ReplaceAll(words(next(test.state, now)), "*autorenew.", ""); got != test.want {
				t.Errorf("next: %s; want: %s", got, test.want)
			}
		})
	}
}

// TestPredates allows for API times in whole seconds: created_at can be a second too early.
func TestPredates(t *testing.T) {
	t.Parallel()
	patch := tracked{since: ago(3100 * time.Millisecond), before: client.Update{State: client.Failed, CreatedAt: ago(time.Minute)}}
	for name, test := range map[string]struct {
		update client.Update
		want   bool
	}{
		"created two seconds before":         {client.Update{CreatedAt: ago(5100 * time.Millisecond), ServerTime: now}, false},
		"ours, with created_at rounded down": {client.Update{CreatedAt: ago(4 * time.Second), ServerTime: now}, false},
		"created six seconds before":         {client.Update{CreatedAt: ago(9 * time.Second), ServerTime: now}, true},
		"the last status before the PATCH":   {client.Update{State: client.Failed, CreatedAt: ago(time.Minute)}, true},
		"no created_at":                      {client.Update{State: client.Failed, ServerTime: now}, false},
		"created in the future":              {client.Update{CreatedAt: now.Add(time.Hour), ServerTime: now}, false},
	} {
		if got := patch.predates(test.update, now); got != test.want {
			t.Errorf("%s: predates the PATCH: %t, want %t", name, got, test.want)
		}
	}
}

// TestOutcomes checks how failed PATCHes and polls are classified.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err   client.Error
		patch patchOutcome
		again bool // the operation polls again
	}{
		"unreachable":               {client.Error{Kind: client.KindUnreachable}, notActedOn, true},
		"connection lost":           {client.Error{Kind: client.KindConnectionLost}, ambiguous, true},
		"attempt timeout":           {client.Error{Kind: client.KindAttemptTimeout}, ambiguous, true},
		"canceled":                  {client.Error{Kind: client.KindCanceled}, ambiguous, false},
		"unknown host":              {client.Error{Kind: client.KindUnknownHost}, refused, true},
		"TLS":                       {client.Error{Kind: client.KindTLS}, refused, false},
		"invalid":                   {client.Error{Kind: client.KindInvalid}, refused, false},
		"rate limited":              {client.Error{Kind: client.KindRateLimited}, refused, false},
		"a redirect with 303":       {client.Error{Kind: client.KindRedirect, Status: 303}, contradictory, false},
		"malformed":                 {client.Error{Kind: client.KindMalformed}, ambiguous, true},
		"malformed with 200":        {client.Error{Kind: client.KindMalformed, Status: 200}, accepted, true},
		"refused with 200":          {client.Error{Kind: client.KindRefused, Status: 200}, contradictory, true},
		"refused with 400":          {client.Error{Kind: client.KindRefused, Status: 400}, refused, false},
		"not from the API with 404": {client.Error{Kind: client.KindNotAPI, Status: 404}, refused, true},
		"refused with 408":          {client.Error{Kind: client.KindRefused, Status: 408}, ambiguous, true},
		"refused with 409":          {client.Error{Kind: client.KindRefused, Status: 409}, conflict, false},
		"refused with 425":          {client.Error{Kind: client.KindRefused, Status: 425}, notActedOn, true},
		"refused with 429":          {client.Error{Kind: client.KindRefused, Status: 429}, notActedOn, true},
		"refused with 500":          {client.Error{Kind: client.KindRefused, Status: 500}, ambiguous, true},
		"refused with 501":          {client.Error{Kind: client.KindRefused, Status: 501}, refused, false},
		"not from the API with 502": {client.Error{Kind: client.KindNotAPI, Status: 502}, ambiguous, true},
	}
	for name, test := range tests {
		if got := patchOutcomeOf(&test.err); got != test.patch {
			t.Errorf("%s: outcome of a PATCH: %d, want %d", name, got, test.patch)
		}
		if got := transient(&test.err); got != test.again {
			t.Errorf("%s: polls again: %t, want %t", name, got, test.again)
		}
	}
}

func TestInFlightAndJoined(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]struct{ inFlight, joined bool }{
		&StoppedError{}:                               {false, false},
		&StoppedError{Sent: true}:                     {true, false},
		&StoppedError{Attempt: Attempt{Joined: true}}: {false, true},
		&StoppedError{Attempt: Attempt{Update: client.Update{State: client.Pending}}}: {true, false},
		&PollError{}:           {true, false},
		&ActionRequiredError{}: {true, false},
		&AmbiguousError{}:      {true, false},
		&UnconfirmedError{}:    {true, false},
		&FailedError{}:         {false, false},
		&client.Error{}:        {false, false},
	} {
		if inFlight, joined := InFlight(err), Joined(err); inFlight != want.inFlight || joined != want.joined {
			t.Errorf("%#v: in flight %t, joined %t; want %+v", err, inFlight, joined, want)
		}
	}
}
