// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// operation runs the actions that next returns, and records their results.
type operation struct {
	*Setter
	state
}

// run performs actions until the registration shows the wanted value or the operation fails.
func (o *operation) run(ctx context.Context) (client.Registration, error) {
	for {
		switch a := next(&o.state, time.Now()); a.kind {
		case readStatus:
			o.readStatus(ctx)
		case readRegistration:
			o.readRegistration(ctx)
		case sendPatch:
			o.sendPatch(ctx)
		case waitFor:
			o.pause(ctx, a)
		case done:
			return a.registration, nil
		case fail:
			return client.Registration{}, a.err
		case giveUp:
			return client.Registration{}, o.unlessStopped(ctx, a.err)
		}
	}
}

// readStatus reads update-status. While the operation waits for an update it reads once, because the next
// poll is the retry. Otherwise the client retries.
func (o *operation) readStatus(ctx context.Context) {
	var u client.Update
	var err error
	polling := o.tracked.origin != noUpdate
	o.latestAt = time.Now()
	if polling {
		u, err = o.api.PollUpdate(ctx, o.id, o.link)
	} else {
		u, err = o.api.UpdateStatus(ctx, o.id)
	}
	before := o.lastSeen.State
	switch {
	case err == nil, o.link == nil && client.IsNoUpdate(err):
		o.recordStatus(u, time.Now())
		o.logState(ctx, before)
	case o.link != nil:
		o.recordLinkError(err)
	case polling:
		o.pollErr = err
	default:
		o.err = err
	}
}

// readRegistration reads the registration from the API, not from the cache.
func (o *operation) readRegistration(ctx context.Context) {
	o.registrationAt = time.Now()
	r, err := o.api.Registration(ctx, o.id)
	if o.readErr = err; err == nil {
		o.registration, o.lastShown = &r, &r
	}
}

// sendPatch sends one PATCH.
func (o *operation) sendPatch(ctx context.Context) {
	sent := time.Now()
	u, err := o.api.SetAutoRenew(ctx, o.id, o.want)
	o.cache.Invalidate(o.id)
	if err != nil {
		o.recordPatchError(err, sent, time.Now())
		return
	}
	o.recordPatch(u, sent, time.Now())
	o.logState(ctx, "")
}

// pause waits, then returns to step 1.
func (o *operation) pause(ctx context.Context, a action) {
	pause := a.pause
	if !a.exact {
		pause = beforeDeadline(o.spread(pause), time.Until(o.deadline))
	}
	if ctx.Err() == nil { // otherwise ctx itself caused the failure
		o.lastErr = cmp.Or(o.pollErr, o.patchErr, o.readErr, o.lastErr)
	}
	if o.err = client.Sleep(ctx, pause); o.err == nil {
		o.restart()
	}
}

// logState logs a change of the update's state.
func (o *operation) logState(ctx context.Context, before client.State) {
	if o.lastSeen.State == before {
		return
	}
	o.logger.LogAttrs(ctx, slog.LevelInfo, "update state",
		slog.String("account_id", o.id.Account), slog.String("domain_name", string(o.id.Name)),
		slog.String("state", string(o.lastSeen.State)), slog.Bool("joined", !o.sent()), slog.Duration("waited", time.Since(o.began)))
}

// unlessStopped returns the error, or a StoppedError if the context has ended.
func (o *operation) unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	timeout := errors.Is(ctx.Err(), context.DeadlineExceeded)
	if e, ok := errors.AsType[*client.Error](err); ok && timeout && e.Kind != client.KindCanceled {
		o.lastErr = err // the client retried it until the deadline
	}
	return &StoppedError{
		Attempt: o.attempt(o.lastSeen), Timeout: timeout, Sent: o.sent(),
		Waited: time.Since(o.began), Shows: o.lastShown, LastErr: o.lastErr, Cause: context.Cause(ctx),
	}
}
