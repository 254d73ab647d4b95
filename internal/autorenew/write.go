// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// meaning is what a PATCH that failed leaves us with.
type meaning int

const (
	refused  meaning = iota + 1 // it will be refused again: stop
	notActed                    // the server cannot have acted on it: it may go again
	busy                        // another update is under way: find and join it
	unsure                      // nobody knows whether the server acted: find out first
	denied                      // the answer says no and yes at once: find out, do not repeat
)

// doubt is how long no further PATCH is sent after one that the server may have acted on. It
// holds a PATCH for about 10 s, so one whose connection is gone can still begin its work in that
// time, and a second one would double it.
// Source: https://developers.cloudflare.com/registrar/registrar-api/.
const doubt = 12 * time.Second

// unsureLimit is how many PATCHes of one job may end without anybody knowing. A server that
// breaks every one of them is not helped by more.
const unsureLimit = 4

// tries counts the PATCHes that led to nothing, by what they left us with.
type tries struct {
	notActed, busy, unsure int
	final                  error // set once there must be no further PATCH
}

// meaningOf is the table of the failures of a PATCH. Only what shows that the server cannot
// have acted lets it go again unexamined: a change sent twice can mean two charges.
func meaningOf(err error) meaning {
	e, ok := errors.AsType[*client.Error](err)
	if !ok {
		return refused
	}
	switch e.Kind {
	case client.KindUnreachable:
		return notActed
	case client.KindConnectionLost, client.KindAttemptTimeout, client.KindMalformed, client.KindCanceled:
		return unsure
	case client.KindRefused, client.KindNotAPI:
		return meaningOfStatus(e.Status)
	case client.KindInvalid, client.KindRateLimited, client.KindRedirect, client.KindUnknownHost, client.KindTLS:
		return refused
	}
	return refused
}

func meaningOfStatus(status int) meaning {
	switch {
	case status == http.StatusTooManyRequests, status == http.StatusTooEarly:
		return notActed
	case status == http.StatusConflict:
		return busy
	case status < 300: // "success": false beside a status of success
		return denied
	case client.IsTransient(status):
		return unsure
	}
	return refused
}

// write is step 3. It gives the update that the PATCH started, if it is known to have started
// one; if not, and there is no error, the steps begin anew.
func (j *job) write(ctx context.Context) (client.Update, bool, error) {
	if pause := doubt - time.Since(j.doubted); pause > 0 {
		return client.Update{}, false, client.Sleep(ctx, min(pause, pauseAfter(1)))
	}
	if j.tries.final != nil {
		return client.Update{}, false, j.tries.final
	}
	update, failure := j.api.SetAutoRenew(ctx, j.id, j.want)
	j.registrations.Invalidate(j.id)
	if failure == nil {
		j.sent, j.accepted = true, &update
		j.note(ctx, "the registrar accepted the update", update)
		return update, true, nil
	}
	j.troubled(ctx, failure)
	left := meaningOf(failure)
	if left == unsure || left == denied {
		j.sent, j.lost, j.doubted = true, true, time.Now()
	}
	pause, err := j.tries.count(left, failure)
	if err != nil {
		return client.Update{}, false, err
	}
	return client.Update{}, false, rest(ctx, pause, failure)
}

// count takes in a failed PATCH and gives the pause before the steps begin anew, or the error
// where they must not.
func (t *tries) count(m meaning, err error) (time.Duration, error) {
	switch m {
	case notActed:
		t.notActed++
		return pauseAfter(t.notActed), nil
	case busy:
		t.busy++
		return pauseAfter(t.busy), nil
	case unsure:
		t.unsure++
		if t.unsure >= unsureLimit {
			t.final = &AmbiguousError{Tries: t.unsure, Err: err}
		}
		return pauseAfter(t.unsure), nil
	case denied:
		t.final = err
		return pauseAfter(1), nil
	case refused:
	}
	return 0, err
}

// pauseAfter is how long to leave the registrar alone after the given number of failed writes:
// 3 s, doubled each time, at most 48 s. The first must outlast the moment in which a server has
// accepted a change but does not show it yet.
func pauseAfter(failed int) time.Duration {
	const first, most = 3 * time.Second, 48 * time.Second
	if failed > 4 {
		return most
	}
	return first << (failed - 1)
}

// rest keeps a pause, or a longer one that the server asked for. One that the deadline leaves
// no time for is not begun.
func rest(ctx context.Context, pause time.Duration, after error) error {
	e, _ := errors.AsType[*client.Error](after)
	if e != nil {
		pause = cmp.Or(e.RetryAfter, jittered(pause))
	}
	if e != nil && e.RetryAfter > 0 && e.RetryAfter >= timeLeft(ctx) {
		e.RequiredWait = e.RetryAfter
		return e
	}
	return client.Sleep(ctx, pause)
}
