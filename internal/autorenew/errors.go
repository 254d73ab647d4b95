// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// NotRegisteredError says that the account does not hold the domain.
type NotRegisteredError struct {
	ID  client.DomainID
	Err error // the API's answer
}

// ActionRequiredError says that the update stands still until a person acts.
type ActionRequiredError struct {
	ID     client.DomainID
	Want   bool
	Joined bool // nothing was sent by us
	Update client.Update
}

// FailedError says that the registrar ended the update without doing it.
type FailedError struct {
	ID     client.DomainID
	Want   bool
	Joined bool // nothing was sent by us
	Update client.Update
	Shows  *bool // what the registration shows now; nil where that could not be read
}

// UnconfirmedError says that the update succeeded, by its own word, and that the registration
// still shows the other value.
type UnconfirmedError struct {
	ID          client.DomainID
	Want, Shows bool
	Update      client.Update
}

// AmbiguousError says that every PATCH ended without anybody knowing whether the registrar acted,
// and that afterwards no update was in flight and the registration was as before.
type AmbiguousError struct {
	Tries int
	Err   error // the last one
}

// PollError says that the update is in flight and can no longer be watched.
type PollError struct {
	ID     client.DomainID
	Want   bool
	Update client.Update // as last seen
	Err    error         // a *client.Error, or that the registrar asks for more time than there is
}

// StoppedError says that the time was up or the run was interrupted.
type StoppedError struct {
	ID      client.DomainID
	Want    bool
	Timeout bool           // the deadline came; otherwise the run was interrupted
	Sent    bool           // a PATCH was sent that the registrar acted on, or may have
	Update  *client.Update // the update in flight as last seen, nil where none was
	Waited  time.Duration
	LastErr error // the last failure that had not ended the work, nil where there was none
	Cause   error
}

func (e *NotRegisteredError) Error() string {
	return fmt.Sprintf("account %s does not hold the domain %s", e.ID.Account, e.ID.Name)
}

func (e *ActionRequiredError) Error() string {
	return fmt.Sprintf("the update of %s waits for a person", e.ID.Name)
}

func (e *FailedError) Error() string {
	return fmt.Sprintf("the registrar could not update %s: %s %q", e.ID.Name, e.Update.ErrorCode, e.Update.ErrorMessage)
}

func (e *UnconfirmedError) Error() string {
	return fmt.Sprintf("the update of %s succeeded, but the registration shows auto_renew = %t instead of %t", e.ID.Name, e.Shows, e.Want)
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%d attempts to write ended without a usable answer: %v", e.Tries, e.Err)
}

func (e *PollError) Error() string {
	return fmt.Sprintf("the update of %s is in flight but can no longer be watched: %v", e.ID.Name, e.Err)
}

func (e *StoppedError) Error() string {
	return fmt.Sprintf("stopped waiting for the update of %s: %v", e.ID.Name, e.Cause)
}

// Unwrap gives what was underneath.
func (e *NotRegisteredError) Unwrap() error { return e.Err }

// Unwrap gives what was underneath.
func (e *AmbiguousError) Unwrap() error { return e.Err }

// Unwrap gives what was underneath.
func (e *PollError) Unwrap() error { return e.Err }

// Unwrap gives what was underneath.
func (e *StoppedError) Unwrap() error { return e.Cause }

// InFlight reports whether, after this error of Set, an update that the call started, or may have
// started, can still change the registration.
func InFlight(err error) bool {
	if e, ok := errors.AsType[*StoppedError](err); ok {
		return e.Sent
	}
	if e, ok := errors.AsType[*ActionRequiredError](err); ok {
		return !e.Joined
	}
	_, poll := errors.AsType[*PollError](err)
	_, ambiguous := errors.AsType[*AmbiguousError](err)
	_, unconfirmed := errors.AsType[*UnconfirmedError](err)
	return poll || ambiguous || unconfirmed
}

func (j *job) actionRequired(update client.Update) error {
	return &ActionRequiredError{ID: j.id, Want: j.want, Joined: !j.sent, Update: update}
}

// failureLook bounds the look at what a registration shows after its update failed. The failure
// is known; the value only completes its report.
const failureLook = 10 * time.Second

func (j *job) failed(ctx context.Context, update client.Update) error {
	j.accepted = nil
	failure := &FailedError{ID: j.id, Want: j.want, Joined: !j.sent, Update: update}
	ctx, cancel := context.WithTimeout(ctx, failureLook)
	defer cancel()
	if registration, err := j.registrations.Fresh(ctx, j.id); err == nil {
		failure.Shows = new(registration.AutoRenew)
	}
	return failure
}

func (j *job) stopped(ctx context.Context) error {
	return &StoppedError{
		ID: j.id, Want: j.want, Timeout: errors.Is(ctx.Err(), context.DeadlineExceeded), Sent: j.sent,
		Update: j.last, Waited: time.Since(j.began), LastErr: j.trouble, Cause: context.Cause(ctx),
	}
}
