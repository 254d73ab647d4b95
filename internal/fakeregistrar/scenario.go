// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "time"

// The API's workflow states.
const (
	StatePending        = "pending"
	StateInProgress     = "in_progress"
	StateActionRequired = "action_required"
	StateBlocked        = "blocked"
	StateSucceeded      = "succeeded"
	StateFailed         = "failed"
)

// neverShown is a Scenario.ShownAfter that keeps the registration's old value.
const neverShown = time.Duration(-1)

// Step is one state of an update and how long it lasts.
type Step struct {
	// State can be one that the API doesn't document.
	State string
	// For is how long the state lasts. Zero means forever. The last step always
	// lasts forever.
	For time.Duration
	// Context is added to the workflow's context while the step lasts.
	Context map[string]any
	// ErrorCode and ErrorMessage fill the workflow's error, if either is set.
	ErrorCode, ErrorMessage string
	// Completed overrides the value that State implies, unless it is nil.
	Completed *bool
}

// Scenario is how an update of a domain runs. The zero value is [Immediate].
type Scenario struct {
	// Steps are the workflow's states. Without any, the update succeeds at once.
	Steps []Step
	// Hold makes the server hold the connection of a PATCH, up to its sync window.
	// Otherwise the answer to an unfinished update is an immediate 202.
	Hold bool
	// Conflict is how long the server refuses PATCHes with 409, from the first one.
	Conflict time.Duration
	// HiddenFor makes update-status return 404 for this long after the start.
	HiddenFor time.Duration
	// StaleFor makes update-status show the previous workflow for this long after the
	// start.
	StaleFor time.Duration
	// ShownAfter is the time from the success until the registration shows the value.
	// Negative means never.
	ShownAfter time.Duration
	// OmitRegistration leaves context.registration out of a success.
	OmitRegistration bool
	// Link replaces the server's links.self for this update.
	Link func(account, domain string) string
}

// Holding returns the scenario with Hold set.
func (sc Scenario) Holding() Scenario {
	sc.Hold = true
	return sc
}

// WithoutRegistration returns the scenario without context.registration.
func (sc Scenario) WithoutRegistration() Scenario {
	sc.OmitRegistration = true
	return sc
}

// WithLinkStyle returns the scenario with another form of links.self.
func (sc Scenario) WithLinkStyle(style LinkStyle) Scenario {
	return sc.WithLink(style.link)
}

// WithLink returns the scenario with link's result as links.self.
func (sc Scenario) WithLink(link func(account, domain string) string) Scenario {
	sc.Link = link
	return sc
}
