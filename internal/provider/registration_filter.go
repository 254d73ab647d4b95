// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// registrationFilter is which registrations are wanted. The data source and the list resource
// share it; the API itself filters nothing.
type registrationFilter struct {
	AccountID     types.String      `tfsdk:"account_id"`
	AutoRenew     types.Bool        `tfsdk:"auto_renew"`
	Statuses      []string          `tfsdk:"statuses"`
	ExpiresBefore timetypes.RFC3339 `tfsdk:"expires_before"`
}

// The descriptions of the filter's attributes, wherever they stand.
const (
	filterAccount       = "Identifier of the account to list, at most 32 characters. Default: the provider's `account_id`."
	filterAutoRenew     = "Only domains whose auto-renew is on (`true`) or off (`false`). Default: all."
	filterStatuses      = "Only domains in one of these statuses, spelt as the registrar does, such as `active` or `expired`. Default: all."
	filterExpiresBefore = "Only domains that expire before this time (RFC 3339, such as `2027-01-31T00:00:00Z`). " +
		"A domain without an expiry date, because its registration is pending, is left out. Default: all."
)

// wants reports whether a registration passes.
func (f registrationFilter) wants(registration client.Registration) bool {
	if !f.AutoRenew.IsNull() && f.AutoRenew.ValueBool() != registration.AutoRenew {
		return false
	}
	if f.Statuses != nil && !slices.Contains(f.Statuses, registration.Status) {
		return false
	}
	return f.ExpiresBefore.IsNull() || expiresBefore(registration, f.ExpiresBefore)
}

func expiresBefore(registration client.Registration, limit timetypes.RFC3339) bool {
	before, diags := limit.ValueRFC3339Time()
	expires, err := time.Parse(time.RFC3339, registration.ExpiresAt)
	return !diags.HasError() && err == nil && expires.Before(before)
}
