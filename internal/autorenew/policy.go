// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// The interval between polls is a fraction of the time waited so far, within limits. The delay is the time from
// the end of an update to the next poll. For an update that takes T, it is at most about a sixth of T, and the
// number of polls grows with the logarithm of T. A fixed interval would be too long for short updates or too
// short for long ones.
//
// Including jitter, the delay is at most 2 s or 20% of T, whichever is larger. It is never more than 30 s (2 min
// while blocked). That takes at most 20 polls in the first minute and 75 in twenty minutes.
const (
	pollFraction    = 0.17
	minPollInterval = 1600 * time.Millisecond
	maxPollInterval = 27 * time.Second
	jitterPercent   = 5

	// A block ends when a third party acts, often after hours, and the API asks for longer intervals.
	// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
	blockedFactor      = 3
	maxBlockedInterval = 110 * time.Second

	// finalPollReserve is the time from the last poll to the deadline. There is no last poll if less than
	// twice that time is left.
	finalPollReserve = time.Second

	// confirmTimeout is the longest time from the success of an update until the registration shows it. It
	// applies if the update is ours or its status showed the value. It also limits the wait for an update
	// that update-status no longer shows, and the wait after an operation that left an update in flight.
	confirmTimeout = time.Minute

	// effectTimeout replaces confirmTimeout for another client's update whose status never showed the value.
	effectTimeout = 10 * time.Second

	// dateResolution is the largest difference between two API times for the same moment. Each can be
	// rounded up or down to the second.
	dateResolution = 2 * time.Second

	// ambiguousHoldOff is the shortest time between a PATCH that the API may have acted on and the next one. The
	// API holds a PATCH for about 10 s, and can start its update in that time even if the connection broke.
	// Source: https://developers.cloudflare.com/registrar/registrar-api/.
	ambiguousHoldOff = 12 * time.Second

	// maxAmbiguous limits the ambiguous PATCHes in one operation.
	maxAmbiguous = 4

	// maxConflicts limits the 409s in one operation with no update in flight.
	maxConflicts = 4

	// readInterval is the time between reads during ambiguousHoldOff, and the shortest pause before a PATCH is
	// sent again. It must be longer than the API takes to show a change that it accepted.
	readInterval = 3 * time.Second
)

// pollInterval returns the time until the next poll, before jitter.
func pollInterval(state client.State, waited time.Duration) time.Duration {
	interval := max(minPollInterval, time.Duration(pollFraction*float64(waited)))
	if state == client.Blocked {
		return min(interval*blockedFactor, maxBlockedInterval)
	}
	return min(interval, maxPollInterval)
}

// resendInterval returns the time before a PATCH that the API has not acted on is sent again. It doubles with
// each attempt.
func resendInterval(unacted int) time.Duration {
	interval := readInterval
	for range unacted - 1 {
		interval = min(2*interval, maxBlockedInterval)
	}
	return interval
}

// jitter varies a pause, so that operations that start together don't poll together.
func jitter(pause time.Duration) time.Duration {
	spread := pause * jitterPercent / 100
	return pause + rand.N(2*spread+1) - spread
}

// beforeDeadline shortens a pause that would end after the deadline, to leave time for a last poll.
func beforeDeadline(pause, left time.Duration) time.Duration {
	if pause >= left && !isLastPoll(left) {
		return left - finalPollReserve
	}
	return pause
}

// isLastPoll reports whether too little time is left for another poll.
func isLastPoll(left time.Duration) bool { return left <= 2*finalPollReserve }

// patchOutcome classifies a PATCH that failed or whose response was unusable.
type patchOutcome int

const (
	_             patchOutcome = iota
	notActedOn                 // it can be sent again
	conflict                   // the same, because another update is in flight
	accepted                   // the API has acted on it
	ambiguous                  // the API may have acted on it
	contradictory              // the API may have acted on it, and would refuse another
	refused                    // the API has not acted on it, and would refuse another
)

// patchOutcomeOf classifies a failed PATCH. Only a PATCH that the API certainly has not acted on can be sent again
// without a status read. A change sent twice can be charged twice.
func patchOutcomeOf(err error) patchOutcome {
	e, ok := errors.AsType[*client.Error](err)
	if !ok {
		return ambiguous
	}
	switch e.Kind {
	case client.KindUnreachable:
		return notActedOn
	case client.KindRedirect:
		return contradictory
	case client.KindRefused, client.KindNotAPI:
		return patchOutcomeOfStatus(e.Status)
	case client.KindInvalid, client.KindRateLimited, client.KindUnknownHost, client.KindTLS:
		return refused
	case client.KindConnectionLost, client.KindAttemptTimeout, client.KindMalformed, client.KindCanceled:
	}
	if isSuccess(e.Status) { // its body is truncated or cannot be decoded
		return accepted
	}
	return ambiguous
}

func patchOutcomeOfStatus(status int) patchOutcome {
	switch {
	case status == http.StatusConflict:
		return conflict
	case status == http.StatusTooManyRequests, status == http.StatusTooEarly:
		return notActedOn
	case isSuccess(status): // with "success": false
		return contradictory
	case client.IsTransient(status):
		return ambiguous
	}
	return refused
}

func isSuccess(status int) bool { return status/100 == 2 }

// transient reports whether a failed read can succeed later. The update continues anyway, so only a permanent
// failure ends the wait. A malformed response or a proxy's 404 can be temporary. Callers handle the API's own 404
// first.
func transient(err error) bool {
	e, ok := errors.AsType[*client.Error](err)
	if !ok {
		return false
	}
	switch e.Kind {
	case client.KindConnectionLost, client.KindAttemptTimeout, client.KindUnreachable, client.KindUnknownHost, client.KindMalformed:
		return true
	case client.KindRefused, client.KindNotAPI:
		return client.IsTransient(e.Status) || isSuccess(e.Status) || e.Status == http.StatusNotFound
	case client.KindInvalid, client.KindRateLimited, client.KindRedirect, client.KindTLS, client.KindCanceled:
	}
	return false
}

// retryAfterOf returns how long the API asked to wait, or zero if it did not.
func retryAfterOf(err error) time.Duration {
	if e, ok := errors.AsType[*client.Error](err); ok {
		return e.RetryAfter
	}
	return 0
}

// Lag is the longest time until update-status shows an update, and until a registration shows a successful
// update.
const Lag = confirmTimeout

// Pending reports whether an update has not finished.
func Pending(u client.Update) bool { return inFlight(u) }
