// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// API is what is asked of the registrar's client.
type API interface {
	Registration(ctx context.Context, id client.DomainID) (client.Registration, error)
	UpdateStatus(ctx context.Context, id client.DomainID) (client.Update, error)
	PollUpdate(ctx context.Context, id client.DomainID, link *url.URL) (client.Update, error)
	SetAutoRenew(ctx context.Context, id client.DomainID, on bool) (client.Update, error)
}

// Registrations is the cache that is told when a registration was written to.
type Registrations interface {
	Invalidate(id client.DomainID)
}

// Setter sets auto-renew. It is safe for concurrent use; calls for one domain take turns.
type Setter struct {
	api           API
	registrations Registrations
	logger        *slog.Logger
	turns         turns
}

// NewSetter makes a Setter.
func NewSetter(api API, registrations Registrations, logger *slog.Logger) *Setter {
	return &Setter{api: api, registrations: registrations, logger: logger}
}

// Set brings a registration's auto-renew to the wanted value and gives the registration that
// shows it. It returns when that is confirmed, when it cannot be, or when the context ends; the
// context's deadline is the only limit to the waiting. Its errors are the types of this package
// and *client.Error.
func (s *Setter) Set(ctx context.Context, id client.DomainID, want bool) (client.Registration, error) {
	job := &job{Setter: s, id: id, want: want, began: time.Now()}
	turn, err := s.turns.take(ctx, id)
	if err != nil {
		return client.Registration{}, job.stopped(ctx)
	}
	defer func() { turn.end(job.unfinished) }()
	job.unfinished = turn.left
	registration, err := job.run(ctx)
	if job.sent || job.joined {
		s.registrations.Invalidate(id) // what others read while the update ran is from before its end
	}
	if ctx.Err() != nil && endedBy(ctx, err) {
		return client.Registration{}, job.stopped(ctx)
	}
	return registration, err
}

// endedBy reports whether an error is the context's end and not a finding that came with it.
func endedBy(ctx context.Context, err error) bool {
	e, ok := errors.AsType[*client.Error](err)
	return ok && e.Kind == client.KindCanceled || errors.Is(err, context.Cause(ctx))
}

// job is one call of Set, and what it has seen so far.
type job struct {
	*Setter
	id    client.DomainID
	want  bool
	began time.Time

	unfinished

	last    *client.Update // the update in flight, as last seen
	sent    bool           // a PATCH was sent that the registrar has, or may have, acted on
	joined  bool           // an update was joined
	lost    bool           // the answer to one was, and the update that it may have started not found yet
	tries   tries          // PATCHes that led to nothing
	trouble error          // the last failure that did not end the work
}

// run goes through the steps until the registration shows the wanted value or there is a reason
// to stop.
func (j *job) run(ctx context.Context) (client.Registration, error) {
	for {
		found, join, err := j.look(ctx)
		if err != nil {
			return client.Registration{}, err
		}
		if join {
			if err := j.join(ctx, found); err != nil {
				return client.Registration{}, err
			}
			continue
		}
		registration, err := j.registration(ctx)
		if err != nil || registration.AutoRenew == j.want {
			return registration, err
		}
		started := time.Now()
		update, accepted, err := j.write(ctx)
		if err != nil {
			return client.Registration{}, err
		}
		if accepted {
			return j.finish(ctx, update, started)
		}
	}
}

// look is step 1. It gives the registration's update if that is one to join: one in flight, one
// that the call before this one left in flight, or one that a PATCH of ours started whose answer
// was lost.
func (j *job) look(ctx context.Context) (found client.Update, join bool, err error) {
	update, err := j.api.UpdateStatus(ctx, j.id)
	none := client.IsNotFound(err)
	if err != nil && !none {
		return client.Update{}, false, err
	}
	if j.accepted != nil && (none || ended(update.State) && stale(update, *j.accepted, j.before)) {
		return *j.accepted, true, nil // it was accepted, and can only be late to appear
	}
	if none {
		j.last = nil
		return client.Update{}, false, nil
	}
	if !ended(update.State) || j.lost && !same(j.before, update) {
		return update, true, nil
	}
	j.before, j.last = &update, nil
	return client.Update{}, false, nil
}

// registration looks at the registration.
func (j *job) registration(ctx context.Context) (client.Registration, error) {
	registration, err := j.api.Registration(ctx, j.id)
	if client.IsNotFound(err) {
		return client.Registration{}, &NotRegisteredError{ID: j.id, Err: err}
	}
	return registration, err
}

// join waits for an update that was found. What it changed, if anything, the next round sees.
func (j *job) join(ctx context.Context, found client.Update) error {
	j.note(ctx, "an update is there already; joining it", found)
	j.joined = true
	shown, err := j.shownAt(ctx, found)
	if err != nil {
		return err
	}
	end, err := j.watch(ctx, found, shown, time.Now())
	if err != nil {
		return err
	}
	j.accepted = nil
	if end.gone {
		return nil
	}
	j.lost = false
	return j.settle(ctx, end, shown)
}

// shownAt is what the registration shows while an update that was found has yet to change it.
// Without that, nobody could tell a change that shows late from one toward the other value.
func (j *job) shownAt(ctx context.Context, found client.Update) (bool, error) {
	if j.sent || !waits(found.State) {
		return !j.want, nil // step 2 saw so before our PATCH; or there is nothing to wait for
	}
	registration, err := j.registration(ctx)
	return registration.AutoRenew, err
}

// finish is steps 4 and 5 for an update that our own PATCH started.
func (j *job) finish(ctx context.Context, accepted client.Update, started time.Time) (client.Registration, error) {
	end, err := j.watch(ctx, accepted, !j.want, started)
	if err != nil {
		return client.Registration{}, err
	}
	j.accepted = nil
	return j.confirm(ctx, end)
}
