// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// API is what is asked of the registrar's client.
type API interface {
	UpdateStatus(ctx context.Context, id client.DomainID) (client.Update, error)
	PollUpdate(ctx context.Context, id client.DomainID, self string) (client.Update, error)
	SetAutoRenew(ctx context.Context, id client.DomainID, on bool) (client.Update, error)
}

// Registrations is where registrations are read, and told when one was written to.
type Registrations interface {
	// Fresh gives a registration as it is after the call, never as it was remembered.
	Fresh(ctx context.Context, id client.DomainID) (client.Registration, error)
	// Forget drops what is remembered of a registration.
	Forget(id client.DomainID)
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
	end, err := s.turns.take(ctx, id)
	if err != nil {
		return client.Registration{}, job.stopped(ctx)
	}
	defer end()
	registration, err := job.run(ctx)
	if ctx.Err() != nil && endedBy(ctx, err) {
		return client.Registration{}, job.stopped(ctx)
	}
	return registration, err
}

// endedBy reports whether an error is the context's end and not a finding that came with it.
func endedBy(ctx context.Context, err error) bool {
	e, ok := errors.AsType[*client.Error](err)
	return ok && e.Kind == client.KindStopped || errors.Is(err, context.Cause(ctx))
}

// job is one call of Set, and what it has seen so far.
type job struct {
	*Setter
	id    client.DomainID
	want  bool
	began time.Time

	before  *client.Update // the ended update that stood there before anything was written
	last    *client.Update // the update in flight, as last seen
	sent    bool           // a PATCH was sent that the registrar has, or may have, acted on
	tries   tries          // PATCHes that led to nothing
	trouble error          // the last failure that did not end the work
}

// run goes through the steps until the registration shows the wanted value or there is a reason
// to stop.
func (j *job) run(ctx context.Context) (client.Registration, error) {
	for {
		running, inFlight, err := j.look(ctx)
		if err != nil {
			return client.Registration{}, err
		}
		if inFlight {
			if err := j.join(ctx, running); err != nil {
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

// look is step 1. It gives the registration's update if one is in flight.
func (j *job) look(ctx context.Context) (running client.Update, inFlight bool, err error) {
	update, err := j.api.UpdateStatus(ctx, j.id)
	if client.IsNotFound(err) {
		j.last = nil
		return client.Update{}, false, nil
	}
	if err != nil {
		return client.Update{}, false, err
	}
	switch verdictOn(update.State) {
	case goOn, goOnSlowly:
		return update, true, nil
	case askPerson:
		return client.Update{}, false, j.actionRequired(update)
	case fail:
		if j.sent && !same(j.before, update) {
			return client.Update{}, false, j.failed(ctx, update) // started by a PATCH of ours whose answer was lost
		}
	case succeed:
	}
	if !j.sent {
		j.before = &update
	}
	j.last = nil
	return client.Update{}, false, nil
}

// registration is step 2, after step 1.
func (j *job) registration(ctx context.Context) (client.Registration, error) {
	registration, err := j.registrations.Fresh(ctx, j.id)
	if client.IsNotFound(err) {
		return client.Registration{}, &NotHeldError{ID: j.id, Err: err}
	}
	return registration, err
}

// join waits for an update that is in flight already. What it changed, if anything, the next
// round finds out.
func (j *job) join(ctx context.Context, running client.Update) error {
	j.note(ctx, "an update is in flight already; joining it", running)
	end, err := j.watch(ctx, running, time.Now())
	if err != nil || end.gone {
		return err
	}
	return j.settle(ctx, end)
}

// finish is steps 4 and 5 for an update that our own PATCH started.
func (j *job) finish(ctx context.Context, update client.Update, started time.Time) (client.Registration, error) {
	end, err := j.watch(ctx, update, started)
	if err != nil {
		return client.Registration{}, err
	}
	return j.confirm(ctx, end)
}
