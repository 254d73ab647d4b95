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

// The interval between polls is a fraction of the time waited so far, within bounds. An update that takes
// T is noticed within a sixth of T, and the number of polls grows with the logarithm of T. A fixed interval
// would be late for short updates or wasteful for long ones.
//
// With the jitter this keeps the contract: noticed within the larger of 2 s and 20 % of T, never later than
// 30 s (2 min while blocked), with at most 20 polls in the first minute and 75 in twenty.
const (
	pollFraction    = 0.17
	minPollInterval = 1600 * time.Millisecond
	maxPollInterval = 27 * time.Second
	jitterPercent   = 5

	// A block ends when a third party acts, often after hours, and the API asks for longer intervals.
	// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
	blockedFactor      = 3
	maxBlockedInterval = 110 * time.Second

	// finalPollReserve is kept before the deadline for a last poll, if twice as much is left.
	finalPollReserve = time.Second

	// confirmTimeout is how long an update that succeeded has to show in the registration, if the API has
	// shown its value or it is ours. An update in flight that update-status stops showing has as long. An
	// operation also waits so long after one on the same domain that did not see its update end.
	confirmTimeout = time.Minute

	// effectTimeout is the same for an update of another client whose value the API has not shown.
	effectTimeout = 10 * time.Second

	// dateResolution is by how much two of the API's times can differ for one moment: each can be rounded
	// to the second, either way.
	dateResolution = 2 * time.Second

	// ambiguousHoldOff is the time without another PATCH after one that the API may have acted on. The API
	// holds a PATCH for about 10 s, so one whose connection broke can still start its update in that time.
	// Source: https://developers.cloudflare.com/registrar/registrar-api/.
	ambiguousHoldOff = 12 * time.Second

	// maxAmbiguous is the number of ambiguous PATCHes in one operation. If the API breaks every one of them,
	// more do not help.
	maxAmbiguous = 4

	// maxConflicts is the number of 409s in one operation with no update in flight.
	maxConflicts = 4

	// lookInterval is the time between reads after an ambiguous PATCH, and before a PATCH is sent again. It
	// must outlast the moment between the API accepting a change and showing it.
	lookInterval = 3 * time.Second
)

// pollInterval returns the time until the next poll, before jitter.
func pollInterval(state client.State, waited time.Duration) time.Duration {
	interval := max(minPollInterval, time.Duration(pollFraction*float64(waited)))
	if state == client.Blocked {
		return min(interval*blockedFactor, maxBlockedInterval)
	}
	return min(interval, maxPollInterval)
}

// resendInterval returns the time before a PATCH that the API has not acted on is sent again: it doubles
// with each attempt.
func resendInterval(attempts int) time.Duration {
	interval := lookInterval
	for ; attempts > 1 && interval < maxBlockedInterval; attempts-- {
		interval *= 2
	}
	return min(interval, maxBlockedInterval)
}

// jitter spreads a pause, so that operations that began together do not poll together.
func jitter(pause time.Duration) time.Duration {
	spread := pause * jitterPercent / 100
	return pause + rand.N(2*spread+1) - spread
}

// beforeDeadline shortens a pause that would end after the deadline, so that an update that ends shortly
// before is still noticed.
func beforeDeadline(pause, left time.Duration) time.Duration {
	if pause >= left && !isLastPoll(left) {
		return left - finalPollReserve
	}
	return pause
}

// isLastPoll reports whether so little time is left that no other poll follows.
func isLastPoll(left time.Duration) bool { return left <= 2*finalPollReserve }

// patchOutcome is what became of a PATCH whose response is an error or not usable.
type patchOutcome int

const (
	notActedOn    patchOutcome = iota + 1 // it can be sent again
	conflict                              // the same: another update is in flight
	accepted                              // the API has acted on it
	ambiguous                             // the API may have acted on it
	contradictory                         // it may have, and would refuse another
	refused                               // it has not, and would refuse another
)

// patchOutcomeOf is the table of failed PATCHes. A PATCH can be sent again without a look only if the API
// has certainly not acted, because a change sent twice can be charged twice.
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
	if isSuccess(e.Status) { // its body was cut, or cannot be decoded
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

func isSuccess(status int) bool { return status >= 200 && status < 300 }

// transient is the table of failed reads: whether another can end differently. The update continues in any
// case, so only a permanent failure ends the wait. A malformed response can be a glitch of the network. So
// can a 404 that is not the API's own (client.IsNoUpdate): taken for the end of the update, a proxy's
// would cause a PATCH while one is in flight.
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

// retryAfterOf returns how long the API asked to wait, zero if it did not.
func retryAfterOf(err error) time.Duration {
	if e, ok := errors.AsType[*client.Error](err); ok {
		return e.RetryAfter
	}
	return 0
}

// Lag is how long update-status can take to show an update, and a registration to show the effect
// of one that succeeded.
const Lag = confirmTimeout

// Pending reports whether an update has not finished.
func Pending(u client.Update) bool { return inFlight(u) }
