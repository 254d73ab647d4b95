// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"math/rand/v2"
	"time"
)

// The pause before the next look is a share of the time waited so far, within bounds. An update
// that takes T is so noticed within a sixth of T, whatever T is, for a number of polls that
// grows with the logarithm of T; doubling would be late by as long as the update took, a fixed
// interval either late for short updates or wasteful for long ones.
//
// With the jitter the bounds hold that the project promises: noticed within the larger of 2 s
// and 20 % of T and never later than 30 s (2 min while blocked), with at most 20 polls in the
// first minute and 75 in twenty.
const (
	share         = 0.17
	shortest      = 1600 * time.Millisecond
	longest       = 27 * time.Second
	jitterPercent = 5

	// A third party's block ends when that party acts, often after hours: a look is worth less,
	// and the API asks for a longer interval.
	blockedTimes   = 3
	longestBlocked = 110 * time.Second

	// soonest bounds what the server can ask for: a date that is nearly over must not become a
	// loop without a pause.
	soonest = time.Second

	// lastLook is the time kept for one more look before the deadline, and leastForIt is the
	// time that must be left for it to be worth one.
	lastLook   = time.Second
	leastForIt = 2 * time.Second
)

// interval is the pause before the next look at an update.
func interval(v verdict, waited time.Duration) time.Duration {
	pause := min(max(shortest, time.Duration(share*float64(waited))), longest)
	if v == goOnSlowly {
		pause = min(max(shortest, time.Duration(share*float64(waited)))*blockedTimes, longestBlocked)
	}
	return pause
}

// jittered spreads a pause, so that operations which began together do not stay together.
func jittered(pause time.Duration) time.Duration {
	spread := pause * jitterPercent / 100
	return pause - spread + rand.N(2*spread+1)
}

// nextLook is the pause that is kept in the end. What the server asked for wins over ours. One
// of ours that would end behind the deadline is cut, so that an update which ends shortly before
// it is still noticed.
func nextLook(v verdict, waited, asked, left time.Duration) time.Duration {
	if asked > 0 {
		return max(asked, soonest)
	}
	pause := jittered(interval(v, waited))
	if pause >= left && left > leastForIt {
		return left - lastLook
	}
	return pause
}
