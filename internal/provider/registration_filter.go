// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// registrationFilter selects registrations. The data source and the list resource share it; the
// API itself filters nothing.
type registrationFilter struct {
	AccountID     types.String   `tfsdk:"account_id"`
	AutoRenew     types.Bool     `tfsdk:"auto_renew"`
	Statuses      []types.String `tfsdk:"statuses"`
	ExpiresBefore types.String   `tfsdk:"expires_before"`
}

// The descriptions of the filter's attributes, wherever they stand.
var (
	filterAutoRenew     = "Only domains whose auto-renew is on (`true`) or off (`false`). Default: all."
	filterStatuses      = "Only domains in one of these statuses, in any case: `" + strings.Join(knownStatuses, "`, `") + "`. Default: all."
	filterExpiresBefore = "Only domains that expire before this time (RFC 3339, such as `2027-01-31T00:00:00Z`). " +
		"A domain without an expiry date, because its registration is pending, is left out. Default: all."
)

// matches reports whether a registration passes every filter.
func (f registrationFilter) matches(registration client.Registration) bool {
	if !f.AutoRenew.IsNull() && f.AutoRenew.ValueBool() != registration.AutoRenew {
		return false
	}
	hasStatus := func(status types.String) bool { return strings.EqualFold(status.ValueString(), registration.Status) }
	if f.Statuses != nil && !slices.ContainsFunc(f.Statuses, hasStatus) {
		return false
	}
	return f.ExpiresBefore.IsNull() || expiresBefore(registration, f.ExpiresBefore.ValueString())
}

func expiresBefore(registration client.Registration, limit string) bool {
	before, errLimit := time.Parse(time.RFC3339, limit)
	expires, errExpires := time.Parse(time.RFC3339, registration.ExpiresAt)
	return errLimit == nil && errExpires == nil && expires.Before(before)
}
