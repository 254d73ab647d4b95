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

// statusIs is what update-status shows: "" for no update. An ended one ended an hour ago.
func statusIs(status client.State) func(*state) {
	return func(s *state) {
		s.status, s.statusAt = &client.Update{State: status, UpdatedAt: ago(time.Hour), ServerTime: now}, now
	}
}

// succeeded and failed are updates that ended so long ago.
func succeeded(d time.Duration) func(*state) { return endedAs(client.Succeeded, d) }
func failed(d time.Duration) func(*state)    { return endedAs(client.Failed, d) }

func endedAs(status client.State, d time.Duration) func(*state) {
	return func(s *state) {
		statusIs(status)(s)
		s.status.UpdatedAt = ago(d)
	}
}

// telling is what the context of update-status shows.
func telling(on bool) func(*state) {
	return func(s *state) {
		s.status.Registration = &client.Registration{AutoRenew: on, Status: "active", CreatedAt: "x", ExpiresAt: "y", Locked: new(true), PrivacyMode: "off"}
	}
}

func pausing(d time.Duration) func(*state) { return func(s *state) { s.status.RetryAfter = d } }

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

func before(status client.State, d time.Duration) func(*state) {
	return func(s *state) { s.tracked.before = client.Update{State: status, UpdatedAt: ago(d)} }
}

func failing(set func(*state, error), kind client.Kind, status int, retryAfter time.Duration) func(*state) {
	return func(s *state) { set(s, &client.Error{Kind: kind, Status: status, RetryAfter: retryAfter}) }
}

func refusing(set func(*state, error), status int, retryAfter time.Duration) func(*state) {
	return failing(set, client.KindRefused, status, retryAfter)
}

func poll(s *state, err error)    { s.pollErr = err }
func sending(s *state, err error) { s.patchErr, s.attempts = err, 1 }
func read(s *state, err error)    { s.readErr = err }

// oursSucceeded is an update of ours that was first seen to have succeeded so long ago.
func oursSucceeded(seen time.Duration, more ...func(*state)) *state {
	return knowing(append([]func(*state){succeeded(0), patched, ended(seen)}, more...)...)
}

// joinedSucceeded is the same of one that was joined while the registration showed a value.
func joinedSucceeded(shown bool, seen time.Duration, more ...func(*state)) *state {
	return knowing(append([]func(*state){succeeded(0), joining(shown), ended(seen)}, more...)...)
}

// lostAndOther is a success toward the other value, after a PATCH that was lost so long ago.
func lostAndOther(since time.Duration, more ...func(*state)) *state {
	return knowing(append([]func(*state){succeeded(0), telling(false), lost(since), ended(0)}, more...)...)
}

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
	noServerTime := func(s *state) { s.status.ServerTime = time.Time{} }
	noUpdateTime := func(s *state) { s.status.UpdatedAt = time.Time{} }
	tests := []struct {
		situation string
		state     *state
		want      string
	}{
		{"Nothing is known yet", knowing(), "read the status"},
		{"No update: look at the registration, only then", knowing(statusIs("")), "read the registration"},
		{"An update ended long ago: the same", knowing(statusIs("succeeded")), "read the registration"},
		{"A failed update of before: the same", knowing(statusIs("failed")), "read the registration"},
		{"Already as wanted: nothing is written", knowing(statusIs(""), registered(true)), "done"},
		{"Not as wanted", knowing(statusIs(""), registered(false)), "PATCH"},
		{"Not as wanted, and an update ended long ago", knowing(statusIs("succeeded"), registered(false)), "PATCH"},

		{"An update is in flight: what does the registration show meanwhile?", knowing(statusIs("in_progress"),
			func(s *state) { s.tracked = &tracked{since: now} }), "read the registration"},
		{"An update in flight is joined", knowing(statusIs("in_progress"), joining(false)), "wait 1.7s"},
		{"Pending", knowing(statusIs("pending"), patched), "wait 1.7s"},
		{"In progress", knowing(statusIs("in_progress"), patched), "wait 1.7s"},
		{"A state not known today", knowing(statusIs("verifying"), patched), "wait 1.7s"},
		{"Blocked: at longer intervals", knowing(statusIs("blocked"), patched), "wait 5.1s"},
		{"The server names the pause", knowing(statusIs("in_progress"), pausing(7*time.Second), patched), "wait exactly 7s"},
		{"It names one after the deadline", knowing(statusIs("in_progress"), pausing(time.Hour), patched), "give up: PollError"},
		{"A person must act, on our update", knowing(statusIs("action_required"), patched), "fail: ActionRequiredError"},
		{"A person must act, on a joined one", knowing(statusIs("action_required"), joining(false)), "fail: ActionRequiredError"},

		{"Ours succeeded: confirm", oursSucceeded(0), "read the registration"},
		{"Ours succeeded, and its own context confirms", oursSucceeded(0, telling(true)), "done"},
		{"Ours succeeded, and its context shows the other value", oursSucceeded(0, telling(false)), "read the registration"},
		{"Ours succeeded, and the registration confirms", oursSucceeded(0, registered(true)), "done"},
		{"Ours succeeded, and the registration lags", oursSucceeded(time.Second, registered(false)), "wait 1.6s"},
		{"Ours succeeded, and the last look of the minute is due", oursSucceeded(59*time.Second, registered(false)), "wait 1s"},
		{"Ours succeeded, and did not show in a minute", oursSucceeded(time.Minute, registered(false)), "fail: UnconfirmedError"},
		{"Ours failed: what does the registration show?", knowing(failed(0), patched, ended(0)), "read the registration"},
		{"Ours failed", knowing(failed(0), patched, ended(0), registered(false)), "fail: FailedError"},
		{"Ours failed, and the registration cannot be read", knowing(failed(0), patched, ended(0),
			failing(read, client.KindConnectionLost, 0, 0)), "fail: FailedError"},

		{"The status is from before the PATCH", knowing(failed(time.Hour), patched, before("failed", time.Hour)), "read the registration"},
		{"It is, though the first read did not show it", knowing(failed(time.Hour), patched), "read the registration"},
		{"It is, and the registration shows the change", knowing(failed(time.Hour), patched, registered(true)), "done"},
		{"It is: wait for ours", knowing(failed(time.Hour), patched, registered(false)), "wait 1.7s"},
		{"Another state than before the PATCH, of the same moment, is ours", knowing(failed(0), patched,
			before("succeeded", 0), registered(false)), "fail: FailedError"},
		{"A 404 while waiting: look at the registration", knowing(statusIs(""), patched), "read the registration"},
		{"A 404 while waiting: go on", knowing(statusIs(""), patched, registered(false)), "wait 1.7s"},
		{"A 404 while waiting: the registration shows what it showed before the PATCH, ten seconds later too", knowing(statusIs(""),
			patched, func(s *state) { s.tracked.shown = new(true) }, registered(true)), "done"},
		{"The domain has left the account meanwhile", knowing(statusIs(""), patched, func(s *state) {
			s.readErr = &client.Error{Kind: client.KindRefused, Status: 404, Errors: []client.APIError{{Code: 10000}}}
		}), "give up: PollError"},

		{"The joined update succeeded, and shows its effect", joinedSucceeded(false, 0, registered(true)), "done"},
		{"It went toward the other value, and shows it", joinedSucceeded(true, 0, registered(false)), "PATCH"},
		{"Its effect does not show yet", joinedSucceeded(false, 9*time.Second, registered(false)), "wait 1.6s"},
		{"It may go away from the wanted value", joinedSucceeded(true, 9*time.Second, registered(true)), "wait 1.6s"},
		{"Ten seconds later: not as wanted", joinedSucceeded(false, 10*time.Second, registered(false)), "PATCH"},
		{"Ten seconds later: as wanted", joinedSucceeded(true, 10*time.Second, registered(true)), "done"},
		{"Its own context tells: the other value", joinedSucceeded(true, 0, telling(false), registered(true)), "PATCH"},
		{"Its own context tells: the wanted value", joinedSucceeded(true, 0, telling(true), registered(true)), "done"},
		{"It tells the wanted value, not shown yet", joinedSucceeded(false, 0, telling(true), registered(false)), "wait 1.6s"},
		{"A joined update fails", knowing(failed(0), joining(false), ended(0), registered(false)), "fail: FailedError"},
		{"It is gone: its effect may come", knowing(statusIs(""), joining(false), ended(2*time.Second), registered(false)), "wait 1.6s"},
		{"It is gone for ten seconds", knowing(statusIs(""), joining(false), ended(10*time.Second), registered(false)), "PATCH"},

		{"Another has just ended: its effect may come", knowing(succeeded(9*time.Second), registered(false)), "wait 1.6s"},
		{"It ended ten seconds ago", knowing(succeeded(10*time.Second), registered(false)), "PATCH"},
		{"It goes on saying that it has just ended, for ten seconds", knowing(succeeded(time.Second), registered(false),
			func(s *state) { s.lingers = ago(10 * time.Second) }), "PATCH"},
		{"It may go away from the wanted value that shows", knowing(succeeded(9*time.Second), registered(true)), "wait 1.6s"},
		{"It has just ended, and its context tells", knowing(succeeded(time.Second), telling(false), registered(true)), "PATCH"},
		{"It has just failed: no effect comes", knowing(failed(time.Second), registered(false)), "PATCH"},
		{"It ended in the server's future: a clock that is off", knowing(succeeded(-time.Hour), registered(false)), "PATCH"},
		{"It ended there by as much as rounding explains", knowing(succeeded(-time.Second), registered(false)), "wait 1.6s"},
		{"It ended there by more than that", knowing(succeeded(-2*time.Second), registered(false)), "PATCH"},
		{"The server gives no time", knowing(succeeded(0), noServerTime, registered(false)), "PATCH"},
		{"The update gives no time", knowing(succeeded(0), noUpdateTime, registered(false)), "PATCH"},
		{"Neither gives a time", knowing(succeeded(0), noServerTime, noUpdateTime, registered(false)), "PATCH"},

		{"A 409 goes back to step 1", knowing(refusing(sending, 409, 0)), "wait 3s"},
		{"The sixth 409", knowing(refusing(sending, 409, 0), func(s *state) { s.attempts = 6 }), "wait 1m36s"},
		{"The seventh: as rarely as can be", knowing(refusing(sending, 409, 0), func(s *state) { s.attempts = 7 }), "wait 1m50s"},
		{"A 429 may go again", knowing(refusing(sending, 429, 0)), "wait 3s"},
		{"A 429 names the pause", knowing(refusing(sending, 429, 30*time.Second)), "wait exactly 30s"},
		{"A 429 names a pause after the deadline", knowing(refusing(sending, 429, time.Hour)), "give up: *client.Error"},
		{"A 429 names one that ends at the deadline", knowing(refusing(sending, 429, 19*time.Minute)), "give up: *client.Error"},
		{"A refused connection may go again", knowing(failing(sending, client.KindUnreachable, 0, 0)), "wait 3s"},
		{"A PATCH is refused", knowing(refusing(sending, 403, 0)), "give up: *client.Error"},

		{"A response is lost: look first", knowing(lost(0), failing(sending, client.KindConnectionLost, 0, 0)), "wait 3s"},
		{"Lost, whatever Retry-After says: look first", knowing(lost(0), refusing(sending, 503, time.Hour)), "wait 3s"},
		{"Lost: not as wanted, and it may still begin", knowing(statusIs(""), lost(6*time.Second), registered(false)), "wait 3s"},
		{"Lost: the last look before another", knowing(statusIs(""), lost(11*time.Second), registered(false)), "wait 1s"},
		{"Lost: it cannot begin any more", knowing(statusIs(""), lost(12*time.Second), registered(false)), "PATCH"},
		{"Lost: the registration shows the change", knowing(statusIs(""), lost(time.Second), registered(true)), "done"},
		{"Lost: an update in flight is ours", knowing(statusIs("in_progress"), lost(10*time.Second)), "wait 1.7s"},
		{"Lost: an update that failed is ours", knowing(failed(0), lost(10*time.Second), registered(false)), "fail: FailedError"},
		{"Lost: an update toward the other value is not ours", lostAndOther(20*time.Second, registered(false)), "PATCH"},
		{"Lost: the same, and ours may still begin", lostAndOther(6*time.Second, registered(false)), "wait 3s"},
		{"Lost: the same, before a look at the registration", lostAndOther(20 * time.Second), "read the registration"},
		{"Lost: the same, and that shows the wanted value", lostAndOther(20*time.Second, registered(true)), "done"},
		{"Lost: that shows it, and ours may still begin", lostAndOther(6*time.Second, registered(true)), "wait 3s"},
		{"Lost, and the last that may be: give up", knowing(statusIs(""), lost(20*time.Second), registered(false),
			func(s *state) { s.tracked.finalErr = &AmbiguousError{} }), "fail: AmbiguousError"},
		{"Lost, and more time was asked for than there is", knowing(statusIs(""), lost(20*time.Second), registered(false),
			func(s *state) { s.tracked.retry = now.Add(time.Hour) }), "give up: PollError"},

		{"A poll fails for the moment", knowing(patched, refusing(poll, 503, 0)), "wait 1.7s"},
		{"A poll fails, and the server names the pause", knowing(patched, refusing(poll, 503, 45*time.Second)), "wait exactly 45s"},
		{"It names a pause after the deadline", knowing(patched, refusing(poll, 503, time.Hour)), "give up: PollError"},
		{"A poll fails in a way that does not pass", knowing(patched, refusing(poll, 403, 0)), "give up: PollError"},
		{"The registration cannot be read in step 2", knowing(statusIs(""), refusing(read, 403, 0)), "give up: *client.Error"},
		{"The context has ended", knowing(func(s *state) { s.err = errors.New("interrupted") }), "give up: *errors.errorString"},
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

// TestOutcomes is how a failed PATCH and a failed poll are read.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	none := []client.APIError{{Code: 10000}}
	tests := map[string]struct {
		err   client.Error
		patch patchOutcome
		again bool // a poll may go again
		none  bool // a poll shows no update
	}{
		"unreachable":                     {client.Error{Kind: client.KindUnreachable}, notActedOn, true, false},
		"connection lost":                 {client.Error{Kind: client.KindConnectionLost}, ambiguous, true, false},
		"no answer in time":               {client.Error{Kind: client.KindAttemptTimeout}, ambiguous, true, false},
		"canceled":                        {client.Error{Kind: client.KindCanceled}, ambiguous, false, false},
		"unknown host":                    {client.Error{Kind: client.KindUnknownHost}, refused, true, false},
		"TLS":                             {client.Error{Kind: client.KindTLS}, refused, false, false},
		"invalid":                         {client.Error{Kind: client.KindInvalid}, refused, false, false},
		"no time within the rate limit":   {client.Error{Kind: client.KindRateLimited}, refused, false, false},
		"a redirect with 303":             {client.Error{Kind: client.KindRedirect, Status: 303}, contradictory, false, false},
		"malformed with 200":              {client.Error{Kind: client.KindMalformed, Status: 200}, ambiguous, true, false},
		"refused with 200":                {client.Error{Kind: client.KindRefused, Status: 200}, contradictory, true, false},
		"refused with 400":                {client.Error{Kind: client.KindRefused, Status: 400}, refused, false, false},
		"refused with 400 and code 10000": {client.Error{Kind: client.KindRefused, Status: 400, Errors: none}, refused, false, true},
		"refused with 401 and code 10000": {client.Error{Kind: client.KindRefused, Status: 401, Errors: none}, refused, false, false},
		"refused with 404":                {client.Error{Kind: client.KindRefused, Status: 404}, refused, true, false},
		"not of the API with 404":         {client.Error{Kind: client.KindNotAPI, Status: 404}, refused, true, false},
		"refused with 408":                {client.Error{Kind: client.KindRefused, Status: 408}, ambiguous, true, false},
		"refused with 409":                {client.Error{Kind: client.KindRefused, Status: 409}, notActedOn, false, false},
		"refused with 425":                {client.Error{Kind: client.KindRefused, Status: 425}, notActedOn, true, false},
		"refused with 429 and code 10000": {client.Error{Kind: client.KindRefused, Status: 429, Errors: none}, notActedOn, true, false},
		"refused with 500":                {client.Error{Kind: client.KindRefused, Status: 500}, ambiguous, true, false},
		"refused with 501":                {client.Error{Kind: client.KindRefused, Status: 501}, refused, false, false},
		"not of the API with 502":         {client.Error{Kind: client.KindNotAPI, Status: 502}, ambiguous, true, false},
		"not of the API with 524":         {client.Error{Kind: client.KindNotAPI, Status: 524}, ambiguous, true, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
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
			t.Errorf("%#v is in flight: %t, joined: %t; want %+v", err, inFlight, joined, want)
		}
	}
}
