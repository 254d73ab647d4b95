// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"errors"
	"fmt"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// Attempt holds the fields shared by the errors about an update.
type Attempt struct {
	ID     client.DomainID
	Want   bool
	Joined bool          // no PATCH of this operation started it
	Update client.Update // as last seen; its State is empty if no status showed it
}

// ActionRequiredError reports that the update needs user action.
type ActionRequiredError struct{ Attempt }

// FailedError reports that the update failed, or ended in an unknown state.
type FailedError struct {
	Attempt
	Shows *client.Registration // nil if the read failed
}

// UnconfirmedError reports that the update succeeded but the registration still shows the other value.
type UnconfirmedError struct{ Attempt }

// PollError reports that polling the update failed; it may still be in flight.
type PollError struct {
	Attempt
	Err error
}

// AmbiguousError reports that no PATCH got a usable response. Afterwards no update was in flight and the
// registration had not changed.
type AmbiguousError struct {
	Sent int   // the number of PATCHes
	Err  error // of the last PATCH
}

// StoppedError reports that the deadline passed or that the run was interrupted.
type StoppedError struct {
	Attempt
	Timeout bool // the deadline passed; otherwise the run was interrupted
	Sent    bool // the API has acted on a PATCH of this operation, or may have
	Waited  time.Duration
	Shows   *client.Registration // as last read, nil if never
	LastErr error                // the last transient failure, nil if there was none
	Cause   error                // why the context ended
}

// Error returns the state of the update, with the API's error.
func (a Attempt) Error() string {
	return fmt.Sprintf("the update of %s to auto_renew = %t is %s: %s %q", a.ID.Name, a.Want, a.Update.State, a.Update.ErrorCode, a.Update.ErrorMessage)
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("no PATCH got a usable response (%d sent): %v", e.Sent, e.Err)
}

func (e *PollError) Error() string {
	return fmt.Sprintf("cannot poll the update of %s: %v", e.ID.Name, e.Err)
}

func (e *StoppedError) Error() string {
	return fmt.Sprintf("stopped waiting for the update of %s: %v", e.ID.Name, e.Cause)
}

// Unwrap returns the cause.
func (e *AmbiguousError) Unwrap() error { return e.Err }

// Unwrap returns the cause.
func (e *PollError) Unwrap() error { return e.Err }

// Unwrap returns the cause.
func (e *StoppedError) Unwrap() error { return e.Cause }

// InFlight reports whether an update may still change the registration after Set returned this error.
func InFlight(err error) bool {
	if e, ok := errors.AsType[*StoppedError](err); ok {
		return e.Sent || e.Update.State != ""
	}
	return errors.As(err, new(*ActionRequiredError)) || errors.As(err, new(*UnconfirmedError)) ||
		errors.As(err, new(*PollError)) || errors.As(err, new(*AmbiguousError))
}

// Joined reports whether the error is about another client's update, which can set either value.
func Joined(err error) bool {
	var attempt interface{ joined() bool }
	return errors.As(err, &attempt) && attempt.joined()
}

func (a Attempt) joined() bool { return a.Joined }
