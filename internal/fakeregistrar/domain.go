// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"time"
)

// Domain is a registration and the scenario of its updates.
type Domain struct {
	// Name is the registrable name in lowercase ASCII form.
	Name string
	// Account is the identifier of the account that holds the domain.
	Account string
	// Sandbox puts the domain under /registrar-sandbox/ instead of /registrar/.
	Sandbox bool
	// AutoRenew is the registrar's current value.
	AutoRenew bool
	// Status is the registration's status; empty means "active". The API has
	// active, registration_pending, transfer_pending, expired, suspended,
	// redemption_period and pending_delete.
	Status string
	// CreatedAt is when the domain was registered; zero means a year ago.
	CreatedAt time.Time
	// ExpiresAt is when the registration ends; zero means in a year. The API sends
	// null while a registration or a transfer is pending, and after SetExpiresAt
	// with zero.
	ExpiresAt time.Time
	// Locked is the transfer lock.
	Locked bool
	// PrivacyMode is "redaction", "off", or false, which meant "off" in the API's
	// description until July 2026. Nil means "redaction".
	PrivacyMode any
	// Scenario is how an update of this domain runs; the zero value is Immediate.
	Scenario Scenario
}

// withDefaults fills the unset fields.
func (d Domain) withDefaults(now time.Time) Domain {
	d.Status = cmp.Or(d.Status, "active")
	if d.CreatedAt.IsZero() {
		d.CreatedAt = now.AddDate(-1, 0, 0)
	}
	if d.ExpiresAt.IsZero() {
		d.ExpiresAt = now.AddDate(1, 0, 0)
	}
	if d.PrivacyMode == nil {
		d.PrivacyMode = "redaction"
	}
	return d
}
