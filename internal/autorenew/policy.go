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

// The interval between polls is a fraction of the time waited so far, within bounds. An update
// that takes T is noticed within a sixth of T, for a number of polls that grows with the
// logarithm of T. A fixed interval would be late for short updates or wasteful for long ones.
//
// With the jitter this holds the contract: noticed within the larger of 2 s and 20 % of T, never
// later than 30 s (2 min while blocked), at most 20 polls in the first minute and 75 in twenty.
const (
	pollFraction    = 0.17
	minPollInterval = 1600 * time.Millisecond
	maxPollInterval = 27 * time.Second
	jitterPercent   = 5

	// A block ends when a third party acts, often after hours, and the API asks for longer
	// intervals.
	// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
	blockedFactor      = 3
	maxBlockedInterval = 110 * time.Second

	// finalPollReserve is kept before the deadline for one more poll, where twice as much is left.
	finalPollReserve = time.Second

	// confirmTimeout is how long an update of ours that succeeded has to show in the
	// registration. It is also how long an operation waits after one on the same domain that did
	// not see its update take effect.
	confirmTimeout = time.Minute

	// effectTimeout is how long an update of somebody else that has ended has to show in the
	// registration. Until then, the registration may still show the value from before.
	effectTimeout = 10 * time.Second

	// dateResolution is by how much two of the server's times can differ for one moment: each
	// may be rounded to the second, either way.
	dateResolution = 2 * time.Second

	// ambiguousHoldOff is how long no other PATCH follows one that the server may have acted on.
	// The server holds a PATCH for about 10 s, so one whose connection is gone can still start
	// its update in that time.
	// Source: https://developers.cloudflare.com/registrar/registrar-api/.
	ambiguousHoldOff = 12 * time.Second

	// maxAmbiguous is how many ambiguous PATCHes one operation sends. A server that breaks every
	// one of them is not helped by more.
	maxAmbiguous = 4

	// lookInterval is the time between reads after an ambiguous PATCH. It must outlast the moment
	// in which a server has accepted a change but does not show it yet.
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

// jitter spreads a pause, so that operations which began together do not poll together, and cuts
// one that would end after the deadline, so that an update which ends shortly before it is still
// noticed.
func jitter(pause, left time.Duration) time.Duration {
	spread := pause * jitterPercent / 100
	pause += rand.N(2*spread+1) - spread
	if pause >= left && left > 2*finalPollReserve {
		return left - finalPollReserve
	}
	return pause
}

// patchOutcome is what became of a PATCH that failed.
type patchOutcome int

const (
	notActedOn    patchOutcome = iota + 1 // it may be sent again
	ambiguous                             // the server may have acted on it
	contradictory                         // it may have, and would refuse another
	refused                               // it has not, and would refuse another
)

// patchOutcomeOf is the table of failed PATCHes. Only what shows that the server has not acted
// lets another go without a look: a change sent twice can be charged twice. A 409 says that
// another update is in flight.
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
	return ambiguous
}

func patchOutcomeOfStatus(status int) patchOutcome {
	switch {
	case status == http.StatusTooManyRequests, status == http.StatusTooEarly, status == http.StatusConflict:
		return notActedOn
	case status < 300: // "success": false with a status of success
		return contradictory
	case client.IsTransient(status):
		return ambiguous
	}
	return refused
}

// transient is the table of failed polls: whether another can end differently. The update runs on
// without us, so only what cannot get better by itself ends the wait. A malformed response can be
// a glitch on the way. So can a 404 that is not the API's own (client.IsNoUpdate): taken for the end
// of the update, a proxy's would let a PATCH go while one is in flight.
func transient(err error) bool {
	e, ok := errors.AsType[*client.Error](err)
	if !ok {
		return false
	}
	switch e.Kind {
	case client.KindConnectionLost, client.KindAttemptTimeout, client.KindUnreachable, client.KindUnknownHost, client.KindMalformed:
		return true
	case client.KindRefused, client.KindNotAPI:
		return client.IsTransient(e.Status) || e.Status < 300 || e.Status == http.StatusNotFound
	case client.KindInvalid, client.KindRateLimited, client.KindRedirect, client.KindTLS, client.KindCanceled:
	}
	return false
}

// retryAfterOf is how long the server asked to wait; zero where it did not.
func retryAfterOf(err error) time.Duration {
	if e, ok := errors.AsType[*client.Error](err); ok {
		return e.RetryAfter
	}
	return 0
}

// Lag is how long update-status can take to show an update, and a registration to show the effect
// of one that succeeded.
const Lag = confirmTimeout
