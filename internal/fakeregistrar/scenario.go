// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "time"

// Workflow states as the API names them.
const (
	StatePending        = "pending"
	StateInProgress     = "in_progress"
	StateActionRequired = "action_required"
	StateBlocked        = "blocked"
	StateSucceeded      = "succeeded"
	StateFailed         = "failed"
)

// neverShown, as Scenario.ShownAfter, keeps the registration's old value for good.
const neverShown = time.Duration(-1)

// Step is one state of an update and how long it lasts.
type Step struct {
	// State is reported as it is, also if the API has no such state.
	State string
	// For is how long the state lasts. Zero, and the last step, last for ever.
	For time.Duration
	// Context is added to the workflow's context while the step lasts.
	Context map[string]any
	// ErrorCode and ErrorMessage fill the workflow's error, if either is set.
	ErrorCode, ErrorMessage string
	// Completed replaces the value that follows from State, if it is not nil.
	Completed *bool
}

// Scenario is what an update of a domain does. The zero value is [Immediate].
type Scenario struct {
	// Steps is the workflow's script, played from the moment the server acts.
	// None means that the update has succeeded at once.
	Steps []Step
	// Hold makes the server keep the connection of a PATCH up to its sync window
	// while the update runs. Without it an unfinished update is a 202 at once.
	Hold bool
	// Conflict makes each PATCH a 409 for this long, counted from the first one.
	Conflict time.Duration
	// HiddenFor makes update-status answer 404 for this long after the start.
	HiddenFor time.Duration
	// StaleFor makes update-status show the workflow before this one for this
	// long after the start.
	StaleFor time.Duration
	// ShownAfter is how long after the success the registration shows the value.
	// Negative means never.
	ShownAfter time.Duration
	// OmitRegistration leaves context.registration out of a success.
	OmitRegistration bool
	// Link replaces the server's links.self for this update.
	Link func(account, domain string) string
}

// Holding returns the scenario with the server's hold of the PATCH.
func (sc Scenario) Holding() Scenario {
	sc.Hold = true
	return sc
}

// WithoutRegistration returns the scenario with no context.registration.
func (sc Scenario) WithoutRegistration() Scenario {
	sc.OmitRegistration = true
	return sc
}

// WithLinkStyle returns the scenario with another kind of links.self.
func (sc Scenario) WithLinkStyle(style LinkStyle) Scenario {
	return sc.WithLink(style.link)
}

// WithLink returns the scenario with a links.self of the caller's making.
func (sc Scenario) WithLink(link func(account, domain string) string) Scenario {
	sc.Link = link
	return sc
}
