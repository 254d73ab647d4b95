// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// An operation that wants true began a minute ago and has nineteen left.
var (
	now   = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	began = now.Add(-time.Minute)
)

func ago(d time.Duration) time.Time { return now.Add(-d) }

// knowing is an operation with what is known of it.
func knowing(facts ...func(*state)) *state {
	s := &state{want: true, began: began, deadline: now.Add(19 * time.Minute)}
	for _, fact := range facts {
		fact(s)
	}
	return s
}

// shows is what update-status shows: "" for no update. An ended one ended an hour ago.
func shows(status client.State, edits ...func(*client.Update)) func(*state) {
	return func(s *state) {
		u := client.Update{State: status, UpdatedAt: ago(time.Hour), ServerTime: now}
		for _, edit := range edits {
			edit(&u)
		}
		s.status, s.statusAt = &u, now
	}
}

func endedAgo(d time.Duration) func(*client.Update) {
	return func(u *client.Update) { u.UpdatedAt = ago(d) }
}

func telling(on bool) func(*client.Update) {
	return func(u *client.Update) {
		u.Registration = &client.Registration{AutoRenew: on, Status: "active", CreatedAt: "x", Locked: new(true), PrivacyMode: "off"}
	}
}

func asking(d time.Duration) func(*client.Update) {
	return func(u *client.Update) { u.RetryAfter = d }
}

// registered is what the registration shows.
func registered(on bool) func(*state) {
	return func(s *state) { s.registration = &client.Registration{AutoRenew: on} }
}

// joining is an update of somebody else, first seen ten seconds ago.
func joining(shown bool) func(*state) {
	return func(s *state) { s.tracked = &tracked{since: ago(10 * time.Second), shown: &shown} }
}

// patched is a PATCH of ours that was accepted ten seconds ago.
func patched(s *state) {
	s.tracked = &tracked{ours: true, since: ago(10 * time.Second), accepted: &client.Update{CreatedAt: ago(10 * time.Second)}}
}

// lost is a PATCH of ours whose response was lost so long ago.
func lost(d time.Duration) func(*state) {
	return func(s *state) {
		s.tracked, s.ambiguous = &tracked{ours: true, since: ago(d), holdOff: ago(d).Add(ambiguousHoldOff), retry: ago(d)}, 1
	}
}

func ended(d time.Duration) func(*state) { return func(s *state) { s.tracked.ended = ago(d) } }

func final(err error) func(*state) { return func(s *state) { s.tracked.finalErr = err } }

func before(status client.State, d time.Duration) func(*state) {
	return func(s *state) { s.tracked.before = client.Update{State: status, UpdatedAt: ago(d)} }
}

func failing(set func(*state, error), kind client.Kind, status int, retryAfter time.Duration) func(*state) {
	return func(s *state) { set(s, &client.Error{Kind: kind, Status: status, RetryAfter: retryAfter}) }
}

func poll(s *state, err error)   { s.pollErr = err }
func patchE(s *state, err error) { s.patchErr, s.attempts = err, 1 }
func read(s *state, err error)   { s.readErr = err }

// words says an action as a person would.
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

// TestDecisions is the five steps of the package, and the waiting between them, as a table.
func TestDecisions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		situation string
		state     *state
		want      string
	}{
		{"Nothing is known yet", knowing(), "read the status"},
		{"No update: look at the registration, only then", knowing(shows("")), "read the registration"},
		{"An update ended long ago: the same", knowing(shows("succeeded")), "read the registration"},
		{"A failed update of before: the same", knowing(shows("failed")), "read the registration"},
		{"Already as wanted: nothing is written", knowing(shows(""), registered(true)), "done"},
		{"Not as wanted", knowing(shows(""), registered(false)), "PATCH"},
		{"Not as wanted, and an update ended long ago", knowing(shows("succeeded"), registered(false)), "PATCH"},

		{"An update is in flight: what does the registration show meanwhile?", knowing(shows("in_progress"), func(s *state) { s.tracked = &tracked{since: now} }), "read the registration"},
		{"An update in flight is joined", knowing(shows("in_progress"), joining(false)), "wait 1.7s"},
		{"Pending", knowing(shows("pending"), patched), "wait 1.7s"},
		{"In progress", knowing(shows("in_progress"), patched), "wait 1.7s"},
		{"A state not known today", knowing(shows("verifying"), patched), "wait 1.7s"},
		{"Blocked: at longer intervals", knowing(shows("blocked"), patched), "wait 5.1s"},
		{"The server names the pause", knowing(shows("in_progress", asking(7*time.Second)), patched), "wait exactly 7s"},
		{"The server names a pause after the deadline", knowing(shows("in_progress", asking(time.Hour)), patched), "give up: *autorenew.PollError"},
		{"A person must act, on our update", knowing(shows("action_required"), patched), "fail: *autorenew.ActionRequiredError"},
		{"A person must act, on somebody else's", knowing(shows("action_required"), joining(false)), "fail: *autorenew.ActionRequiredError"},

		{"Ours succeeded: confirm", knowing(shows("succeeded", endedAgo(0)), patched, ended(0)), "read the registration"},
		{"Ours succeeded, and its own context confirms", knowing(shows("succeeded", endedAgo(0), telling(true)), patched, ended(0)), "done"},
		{"Ours succeeded, and its context shows the other value", knowing(shows("succeeded", endedAgo(0), telling(false)), patched, ended(0)), "read the registration"},
		{"Ours succeeded, and the registration confirms", knowing(shows("succeeded", endedAgo(0)), patched, ended(0), registered(true)), "done"},
		{"Ours succeeded, and the registration lags", knowing(shows("succeeded", endedAgo(0)), patched, ended(time.Second), registered(false)), "wait 1.6s"},
		{"Ours succeeded, and the last look of the minute is due", knowing(shows("succeeded", endedAgo(0)), patched, ended(59*time.Second), registered(false)), "wait 1s"},
		{"Ours succeeded a minute ago, and the registration never showed it", knowing(shows("succeeded", endedAgo(0)), patched, ended(time.Minute), registered(false)), "fail: *autorenew.UnconfirmedError"},
		{"Ours failed: what does the registration show?", knowing(shows("failed", endedAgo(0)), patched, ended(0)), "read the registration"},
		{"Ours failed", knowing(shows("failed", endedAgo(0)), patched, ended(0), registered(false)), "fail: *autorenew.FailedError"},
		{"Ours failed, and the registration cannot be read", knowing(shows("failed", endedAgo(0)), patched, ended(0), failing(read, client.KindConnectionLost, 0, 0)), "fail: *autorenew.FailedError"},

		{"The status is from before the PATCH: look at the registration", knowing(shows("failed", endedAgo(time.Minute)), patched, before("failed", time.Minute)), "read the registration"},
		{"It is from before the PATCH, though the first read did not show it", knowing(shows("failed", endedAgo(time.Hour)), patched), "read the registration"},
		{"It is from before the PATCH, and the registration shows the change", knowing(shows("failed", endedAgo(time.Hour)), patched, registered(true)), "done"},
		{"It is from before the PATCH: wait for ours", knowing(shows("failed", endedAgo(time.Hour)), patched, registered(false)), "wait 1.7s"},
		{"Another state than before the PATCH, of the same moment, is ours", knowing(shows("failed", endedAgo(0)), patched, before("succeeded", 0), registered(false)), "fail: *autorenew.FailedError"},
		{"A 404 while waiting: look at the registration", knowing(shows(""), patched), "read the registration"},
		{"A 404 while waiting: go on", knowing(shows(""), patched, registered(false)), "wait 1.7s"},
		{"A 404 while waiting: the registration shows what it showed before the PATCH, ten seconds later too", knowing(shows(""), patched, func(s *state) { s.tracked.shown = new(true) }, registered(true)), "done"},
		{"The domain has left the account meanwhile", knowing(shows(""), patched, func(s *state) {
			s.readErr = &client.Error{Kind: client.KindRefused, Status: 404, Errors: []client.APIError{{Code: 10000}}}
		}), "give up: *autorenew.PollError"},

		{"The joined update succeeded, and the registration shows its effect", knowing(shows("succeeded", endedAgo(0)), joining(false), ended(0), registered(true)), "done"},
		{"It went toward the other value, and shows it", knowing(shows("succeeded", endedAgo(0)), joining(true), ended(0), registered(false)), "PATCH"},
		{"Its effect does not show yet", knowing(shows("succeeded", endedAgo(0)), joining(false), ended(9*time.Second), registered(false)), "wait 1.6s"},
		{"It showed the wanted value before, and may go away from it", knowing(shows("succeeded", endedAgo(0)), joining(true), ended(9*time.Second), registered(true)), "wait 1.6s"},
		{"Ten seconds later the value stands: not as wanted", knowing(shows("succeeded", endedAgo(0)), joining(false), ended(10*time.Second), registered(false)), "PATCH"},
		{"Ten seconds later the value stands: as wanted", knowing(shows("succeeded", endedAgo(0)), joining(true), ended(10*time.Second), registered(true)), "done"},
		{"Its own context tells: the other value", knowing(shows("succeeded", endedAgo(0), telling(false)), joining(true), ended(0), registered(true)), "PATCH"},
		{"Its own context tells: the wanted value", knowing(shows("succeeded", endedAgo(0), telling(true)), joining(true), ended(0), registered(true)), "done"},
		{"Its own context tells: the wanted value, which does not show yet", knowing(shows("succeeded", endedAgo(0), telling(true)), joining(false), ended(0), registered(false)), "wait 1.6s"},
		{"A joined update that fails is reported as what it is", knowing(shows("failed", endedAgo(0)), joining(false), ended(0), registered(false)), "fail: *autorenew.FailedError"},
		{"A joined update is no longer to be seen: its effect may come", knowing(shows(""), joining(false), ended(2*time.Second), registered(false)), "wait 1.6s"},
		{"A joined update is no longer to be seen for ten seconds", knowing(shows(""), joining(false), ended(10*time.Second), registered(false)), "PATCH"},

		{"An update ended within the last moments: its effect may come", knowing(shows("succeeded", endedAgo(9*time.Second)), registered(false)), "wait 1.6s"},
		{"It ended ten seconds ago", knowing(shows("succeeded", endedAgo(10*time.Second)), registered(false)), "PATCH"},
		{"It goes on saying that it has just ended, for ten seconds", knowing(shows("succeeded", endedAgo(time.Second)), registered(false), func(s *state) { s.lingers = ago(10 * time.Second) }), "PATCH"},
		{"It shows the wanted value, and may go away from it", knowing(shows("succeeded", endedAgo(9*time.Second)), registered(true)), "wait 1.6s"},
		{"It ended within the last moments, and its context tells", knowing(shows("succeeded", endedAgo(time.Second), telling(false)), registered(true)), "PATCH"},
		{"It failed within the last moments: no effect comes", knowing(shows("failed", endedAgo(time.Second)), registered(false)), "PATCH"},
		{"It ended in the server's future: a clock that is off", knowing(shows("succeeded", endedAgo(-time.Hour)), registered(false)), "PATCH"},
		{"It ended in the server's future by as much as rounding explains", knowing(shows("succeeded", endedAgo(-time.Second)), registered(false)), "wait 1.6s"},
		{"It ended in the server's future by more than that", knowing(shows("succeeded", endedAgo(-2*time.Second)), registered(false)), "PATCH"},
		{"The server gives no time", knowing(shows("succeeded", endedAgo(0), func(u *client.Update) { u.ServerTime = time.Time{} }), registered(false)), "PATCH"},
		{"The update gives no time", knowing(shows("succeeded", func(u *client.Update) { u.UpdatedAt = time.Time{} }), registered(false)), "PATCH"},
		{"Neither gives a time", knowing(shows("succeeded", func(u *client.Update) { u.UpdatedAt, u.ServerTime = time.Time{}, time.Time{} }), registered(false)), "PATCH"},

		{"A 409 goes back to step 1", knowing(failing(patchE, client.KindRefused, 409, 0)), "wait 3s"},
		{"The sixth 409", knowing(failing(patchE, client.KindRefused, 409, 0), func(s *state) { s.attempts = 6 }), "wait 1m36s"},
		{"The seventh 409: as rarely as can be", knowing(failing(patchE, client.KindRefused, 409, 0), func(s *state) { s.attempts = 7 }), "wait 1m50s"},
		{"A 429 may go again", knowing(failing(patchE, client.KindRefused, 429, 0)), "wait 3s"},
		{"A 429 names the pause", knowing(failing(patchE, client.KindRefused, 429, 30*time.Second)), "wait exactly 30s"},
		{"A 429 names a pause after the deadline", knowing(failing(patchE, client.KindRefused, 429, time.Hour)), "give up: *client.Error"},
		{"A 429 names a pause that ends at the deadline", knowing(failing(patchE, client.KindRefused, 429, 19*time.Minute)), "give up: *client.Error"},
		{"A refused connection may go again", knowing(failing(patchE, client.KindUnreachable, 0, 0)), "wait 3s"},
		{"A PATCH is refused", knowing(failing(patchE, client.KindRefused, 403, 0)), "give up: *client.Error"},
		{"The response to a PATCH is lost: look first", knowing(lost(0), failing(patchE, client.KindConnectionLost, 0, 0)), "wait 3s"},
		{"It is lost, whatever Retry-After says", knowing(lost(0), failing(patchE, client.KindRefused, 503, time.Hour)), "wait 3s"},
		{"After a lost one: nothing in flight, not as wanted, and it may still begin", knowing(shows(""), lost(6*time.Second), registered(false)), "wait 3s"},
		{"After a lost one: the last look before another", knowing(shows(""), lost(11*time.Second), registered(false)), "wait 1s"},
		{"After a lost one: it cannot begin any more", knowing(shows(""), lost(12*time.Second), registered(false)), "PATCH"},
		{"After a lost one: the registration shows the change", knowing(shows(""), lost(time.Second), registered(true)), "done"},
		{"After a lost one: an update in flight is ours", knowing(shows("in_progress"), lost(10*time.Second)), "wait 1.7s"},
		{"After a lost one: an update that failed is ours", knowing(shows("failed", endedAgo(0)), lost(10*time.Second), registered(false)), "fail: *autorenew.FailedError"},
		{"After a lost one: an update toward the other value is not ours", knowing(shows("succeeded", endedAgo(0), telling(false)), lost(20*time.Second), ended(0), registered(false)), "PATCH"},
		{"After a lost one: an update says the other value, which the registration has not been asked about", knowing(shows("succeeded", endedAgo(0), telling(false)), lost(20*time.Second), ended(0)), "read the registration"},
		{"After a lost one: an update says the other value, and the registration the wanted one", knowing(shows("succeeded", endedAgo(0), telling(false)), lost(20*time.Second), ended(0), registered(true)), "done"},
		{"After a lost one: an update says the other value, the registration the wanted one, and ours may still begin", knowing(shows("succeeded", endedAgo(0), telling(false)), lost(6*time.Second), ended(0), registered(true)), "wait 3s"},
		{"After a lost one: an update toward the other value, and ours may still begin", knowing(shows("succeeded", endedAgo(0), telling(false)), lost(6*time.Second), ended(0), registered(false)), "wait 3s"},
		{"After a lost one that must be the last", knowing(shows(""), lost(20*time.Second), registered(false), final(&AmbiguousError{})), "fail: *autorenew.AmbiguousError"},
		{"After a lost one that asked for more time than there is", knowing(shows(""), lost(20*time.Second), registered(false), func(s *state) { s.tracked.retry = now.Add(time.Hour) }), "give up: *autorenew.PollError"},

		{"A poll fails for the moment", knowing(patched, failing(poll, client.KindRefused, 503, 0)), "wait 1.7s"},
		{"A poll fails, and the server names the pause", knowing(patched, failing(poll, client.KindRefused, 503, 45*time.Second)), "wait exactly 45s"},
		{"A poll fails, and the server names a pause after the deadline", knowing(patched, failing(poll, client.KindRefused, 503, time.Hour)), "give up: *autorenew.PollError"},
		{"A poll fails in a way that does not pass", knowing(patched, failing(poll, client.KindRefused, 403, 0)), "give up: *autorenew.PollError"},
		{"The registration cannot be read in step 2", knowing(shows(""), failing(read, client.KindRefused, 403, 0)), "give up: *client.Error"},
		{"The context has ended", knowing(func(s *state) { s.err = errors.New("interrupted") }), "give up: *errors.errorString"},
	}
	for _, test := range tests {
		t.Run(test.situation, func(t *testing.T) {
			t.Parallel()
			if got := words(next(test.state, now)); got != test.want {
				t.Errorf("next: %s; want: %s", got, test.want)
			}
		})
	}
}

// TestOutcomes is how a failed PATCH and a failed poll are read.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	none := []client.APIError{{Code: 10000}}
	tests := []struct {
		err   client.Error
		patch patchOutcome
		again bool // a poll may go again
		none  bool // a poll shows no update
	}{
		{client.Error{Kind: client.KindUnreachable}, notActedOn, true, false},
		{client.Error{Kind: client.KindConnectionLost}, ambiguous, true, false},
		{client.Error{Kind: client.KindAttemptTimeout}, ambiguous, true, false},
		{client.Error{Kind: client.KindCanceled}, ambiguous, false, false},
		{client.Error{Kind: client.KindUnknownHost}, refused, true, false},
		{client.Error{Kind: client.KindTLS}, refused, false, false},
		{client.Error{Kind: client.KindInvalid}, refused, false, false},
		{client.Error{Kind: client.KindRateLimited}, refused, false, false},
		{client.Error{Kind: client.KindRedirect, Status: 303}, contradictory, false, false},
		{client.Error{Kind: client.KindMalformed, Status: 200}, ambiguous, true, false},
		{client.Error{Kind: client.KindRefused, Status: 200}, contradictory, true, false},
		{client.Error{Kind: client.KindRefused, Status: 400}, refused, false, false},
		{client.Error{Kind: client.KindRefused, Status: 400, Errors: none}, refused, false, true},
		{client.Error{Kind: client.KindRefused, Status: 401, Errors: none}, refused, false, false},
		{client.Error{Kind: client.KindRefused, Status: 404}, refused, true, false},
		{client.Error{Kind: client.KindNotAPI, Status: 404}, refused, true, false},
		{client.Error{Kind: client.KindRefused, Status: 408}, ambiguous, true, false},
		{client.Error{Kind: client.KindRefused, Status: 409}, notActedOn, false, false},
		{client.Error{Kind: client.KindRefused, Status: 425}, notActedOn, true, false},
		{client.Error{Kind: client.KindRefused, Status: 429, Errors: none}, notActedOn, true, false},
		{client.Error{Kind: client.KindRefused, Status: 500}, ambiguous, true, false},
		{client.Error{Kind: client.KindRefused, Status: 501}, refused, false, false},
		{client.Error{Kind: client.KindNotAPI, Status: 502}, ambiguous, true, false},
		{client.Error{Kind: client.KindNotAPI, Status: 524}, ambiguous, true, false},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("kind %d, status %d, %d errors", test.err.Kind, test.err.Status, len(test.err.Errors)), func(t *testing.T) {
			t.Parallel()
			if got := patchOutcomeOf(&test.err); got != test.patch {
				t.Errorf("a PATCH: %d, want %d", got, test.patch)
			}
			if got := transient(&test.err); got != test.again {
				t.Errorf("a poll is transient: %t, want %t", got, test.again)
			}
			if got := client.IsNoUpdate(&test.err); got != test.none {
				t.Errorf("a poll shows no update: %t, want %t", got, test.none)
			}
		})
	}
}

func TestInFlight(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{
		&StoppedError{}:           false,
		&StoppedError{Sent: true}: true,
		&StoppedError{Attempt: Attempt{Update: client.Update{State: client.Pending}}}: true,
		&PollError{}:           true,
		&ActionRequiredError{}: true,
		&AmbiguousError{}:      true,
		&UnconfirmedError{}:    true,
		&FailedError{}:         false,
		&client.Error{}:        false,
	} {
		if got := InFlight(err); got != want {
			t.Errorf("InFlight(%#v) = %t; want %t", err, got, want)
		}
	}
}

func TestJoined(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{&StoppedError{Attempt: Attempt{Joined: true}}: true, &PollError{}: false, &client.Error{}: false} {
		if got := Joined(err); got != want {
			t.Errorf("Joined(%#v) = %t; want %t", err, got, want)
		}
	}
}
