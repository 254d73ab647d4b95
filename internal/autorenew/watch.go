// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// end is how a wait ended without an error.
type end struct {
	update       client.Update
	registration *client.Registration // set where it shows the wanted value already
	gone         bool                 // the joined update is no longer to be seen
}

// goneLimit is how many looks in a row may find no update before a joined one counts as gone.
// One of ours never does: it was accepted, and can only be late to appear.
const goneLimit = 5

// looks is the state of a wait.
type looks struct {
	accepted  client.Update // as the PATCH or the first look showed it
	last      client.Update
	shown     bool // what the registration shows while the update has not changed it
	began     time.Time
	asked     time.Duration // what the server asked us to wait, once
	malformed int           // answers in a row that could not be read
	missing   int           // answers in a row that knew no update
}

// watch is step 4: it looks at an update until it ends.
func (j *job) watch(ctx context.Context, accepted client.Update, shown bool, began time.Time) (end, error) {
	l := &looks{accepted: accepted, last: accepted, shown: shown, began: began, asked: accepted.RetryAfter}
	for {
		j.last = &l.last
		if ended, done, err := j.judge(ctx, l); done || err != nil {
			return ended, err
		}
		if err := j.pause(ctx, l); err != nil {
			return end{}, err
		}
		if ended, done, err := j.poll(ctx, l); done || err != nil {
			return ended, err
		}
	}
}

// pause waits until the next look. Where the server asks for more time than there is, it ends at
// once: to look sooner would be against its word, and to wait for nothing helps nobody.
func (j *job) pause(ctx context.Context, l *looks) error {
	left := timeLeft(ctx)
	if l.asked > 0 && l.asked >= left {
		err := fmt.Errorf("the registrar asks to look again only in %s, and the time is up before that", l.asked)
		return &PollError{ID: j.id, Want: j.want, Update: l.last, Err: err}
	}
	pause := nextLook(verdictOn(l.last.State), time.Since(l.began), l.asked, left)
	l.asked = 0
	return client.Sleep(ctx, pause)
}

// judge acts on the state last seen. It is done where that says the update succeeded.
func (j *job) judge(ctx context.Context, l *looks) (ended end, done bool, err error) {
	switch verdictOn(l.last.State) {
	case succeed:
		return end{update: l.last}, true, nil
	case fail:
		return end{}, false, j.failed(ctx, l.last)
	case askPerson:
		return end{}, false, j.actionRequired(l.last)
	case goOn, goOnSlowly:
	}
	return end{}, false, nil
}

// poll looks once. It is done where the registration shows the wanted value already, or where
// the joined update is gone.
func (j *job) poll(ctx context.Context, l *looks) (ended end, done bool, err error) {
	seen, err := j.api.PollUpdate(ctx, j.id, l.last.Link)
	if err != nil {
		return j.missed(ctx, l, err)
	}
	l.malformed, l.missing, l.asked = 0, 0, seen.RetryAfter
	if stale(seen, l.accepted, j.before) {
		return j.askRegistry(ctx, l)
	}
	if seen.State != l.last.State {
		j.note(ctx, "the update changed its state", seen)
	}
	l.last = seen
	if seen.Completed && !known(seen.State) {
		return j.askRegistry(ctx, l)
	}
	return end{}, false, nil
}

// missed acts on a look that failed.
func (j *job) missed(ctx context.Context, l *looks, err error) (ended end, done bool, _ error) {
	if ctx.Err() != nil {
		return end{}, false, err
	}
	j.troubled(ctx, err)
	e, _ := errors.AsType[*client.Error](err)
	if e != nil && unreadable(e) {
		l.malformed++
	}
	switch afterPoll(err, l.malformed) {
	case pollAgain:
		return end{}, false, j.heed(ctx, l, e)
	case lookAtRegistration:
		l.missing++
		return j.askRegistry(ctx, l)
	case giveUp:
	}
	return end{}, false, &PollError{ID: j.id, Want: j.want, Update: l.last, Err: err}
}

// heed keeps what a failed look asked us to wait, and gives up at once where that is longer than
// there is time: waiting for a certain failure helps nobody.
func (j *job) heed(ctx context.Context, l *looks, e *client.Error) error {
	if e.RetryAfter > 0 && e.RetryAfter >= timeLeft(ctx) {
		e.RequiredWait = e.RetryAfter
		return &PollError{ID: j.id, Want: j.want, Update: l.last, Err: e}
	}
	l.asked = e.RetryAfter
	return nil
}

// registryLook bounds the look at a registration that stands in for a look at its update.
const registryLook = 30 * time.Second

// askRegistry looks whether the registration has come to show the wanted value although no status says
// that the update succeeded: none is to be seen, or it is of an earlier update, or in a final
// state that is not known today. A failure of this look is only remembered, unless it says that
// the domain has left the account: no update of it will be seen any more.
func (j *job) askRegistry(ctx context.Context, l *looks) (ended end, done bool, err error) {
	look, cancel := context.WithTimeout(ctx, registryLook)
	defer cancel()
	registration, err := j.registration(look)
	if notHeld, ok := errors.AsType[*NotRegisteredError](err); ok {
		return end{}, false, notHeld
	}
	if err != nil {
		j.troubled(ctx, err)
	}
	if err == nil && registration.AutoRenew == j.want && l.shown != j.want {
		return end{update: l.last, registration: &registration}, true, nil
	}
	gone := !j.sent && l.missing >= goneLimit
	return end{gone: gone}, gone, nil
}

// troubled remembers a failure, unless it is only the context's end in other words.
func (j *job) troubled(ctx context.Context, err error) {
	if ctx.Err() == nil {
		j.trouble = err
	}
}

// note logs a change of an update's state.
func (j *job) note(ctx context.Context, what string, update client.Update) {
	j.logger.LogAttrs(ctx, slog.LevelInfo, what,
		slog.String("account_id", j.id.Account), slog.String("domain_name", string(j.id.Name)),
		slog.String("state", string(update.State)), slog.Duration("waited", time.Since(j.began)))
}

// timeLeft is the time to the context's deadline, without end where it has none.
func timeLeft(ctx context.Context) time.Duration {
	deadline, ok := ctx.Deadline()
	if !ok {
		return math.MaxInt64
	}
	return time.Until(deadline)
}
