// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"errors"
	"net/http"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// verdict is what a state of an update means for whoever waits for it.
type verdict int

const (
	goOn       verdict = iota + 1 // it is being worked on
	goOnSlowly                    // a third party is in the way; nobody here can help
	askPerson                     // it stands still until the user acts
	succeed                       // it says it is done
	fail                          // it says it will not be done
)

// verdictOn is the table of the states. It rests on state alone, not on "completed" or on the
// HTTP status, which can contradict it. A state not known today is waited for: what it means
// will show, and giving up on it would break every apply on the day it is introduced.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
func verdictOn(state client.State) verdict {
	switch state {
	case client.Pending, client.InProgress:
		return goOn
	case client.Blocked:
		return goOnSlowly
	case client.ActionRequired:
		return askPerson
	case client.Succeeded:
		return succeed
	case client.Failed:
		return fail
	}
	return goOn
}

// waits reports whether an update in this state can get on by itself.
func waits(state client.State) bool {
	v := verdictOn(state)
	return v == goOn || v == goOnSlowly
}

// ended reports whether an update in this state is over.
func ended(state client.State) bool {
	v := verdictOn(state)
	return v == succeed || v == fail
}

// known reports whether a state is one of the documented ones.
func known(state client.State) bool {
	switch state {
	case client.Pending, client.InProgress, client.Blocked, client.ActionRequired, client.Succeeded, client.Failed:
		return true
	}
	return false
}

// step is what follows a poll that failed.
type step int

const (
	pollAgain          step = iota + 1 // the failure is of the moment
	lookAtRegistration                 // the update is not to be seen: see whether its effect is
	giveUp                             // it would fail the same way for ever
)

// malformedLimit is how many polls in a row may bring an answer that cannot be read. One can be
// a glitch on the way; three are an API that changed.
const malformedLimit = 3

// afterPoll is the table of the failures of a poll. The update runs on without us, so only what
// cannot get better by itself ends the wait.
func afterPoll(err error, malformed int) step {
	e, ok := errors.AsType[*client.Error](err)
	if !ok {
		return giveUp
	}
	switch e.Kind {
	case client.KindConnectionLost, client.KindAttemptTimeout, client.KindUnreachable, client.KindUnknownHost:
		return pollAgain
	case client.KindMalformed, client.KindRefused, client.KindNotAPI:
		if unreadable(e) && malformed < malformedLimit {
			return pollAgain
		}
		return afterStatus(e.Status)
	case client.KindInvalid, client.KindRateLimited, client.KindRedirect, client.KindTLS, client.KindCanceled:
		return giveUp
	}
	return giveUp
}

// unreadable reports whether an answer of success says nothing that could be used, be it that it
// also says "success": false.
func unreadable(e *client.Error) bool {
	return e.Kind == client.KindMalformed || e.Kind == client.KindRefused && e.Status < 300
}

func afterStatus(status int) step {
	switch {
	case status == http.StatusNotFound:
		return lookAtRegistration
	case client.IsTransient(status):
		return pollAgain
	}
	return giveUp
}
