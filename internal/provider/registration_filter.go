// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// registrationFilter selects registrations in registrar_domains and in the list resource. The API
// has no filters.
type registrationFilter struct {
	AccountID     types.String   `tfsdk:"account_id"`
	AutoRenew     types.Bool     `tfsdk:"auto_renew"`
	Statuses      []types.String `tfsdk:"statuses"`
	ExpiresBefore types.String   `tfsdk:"expires_before"`
}

// The descriptions of the filter's attributes.
var (
	filterAutoRenew = "Only domains with auto-renew on (`true`) or off (`false`). Default: all."
	filterStatuses  = "Only domains with one of these statuses (case-insensitive): " +
		"`" + strings.Join(knownStatuses, "`, `") + "`. Default: all."
	filterExpiresBefore = "Only domains that expire before this time (RFC 3339, such as `2027-01-31T00:00:00Z`). " +
		"A domain with a pending registration has no expiry date and never matches. Default: all."
)

// matches reports whether a registration matches every filter.
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

// knownStatuses are the documented statuses of a registration, in alphabetical order. Source:
// https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/get/.
var knownStatuses = []string{"active", "expired", "pending_delete", "redemption_period", "registration_pending", "suspended", "transfer_pending"}

// statusesValidator rejects a list that is empty or contains a null, because a check based on such a filter
// would always pass. An unknown status is a warning, because Cloudflare may have added it.
type statusesValidator struct{}

func (statusesValidator) Description(context.Context) string { return "must be a list of statuses" }

func (v statusesValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (statusesValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	statuses := req.ConfigValue.Elements()
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() && len(statuses) == 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid statuses",
			"statuses is empty, so no domain can match. Add a status, or remove the argument to get all domains.")
	}
	for _, status := range statuses {
		text, _ := status.(types.String)
		switch {
		case status.IsNull():
			resp.Diagnostics.AddAttributeError(req.Path, "Invalid statuses", "statuses contains a null. Remove it; compact() removes every null from a list.")
		case !status.IsUnknown() && !slices.Contains(knownStatuses, strings.ToLower(text.ValueString())):
			resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown status",
				fmt.Sprintf("statuses contains %s, which is unknown to this version of the provider and may match no domain. Known: %s.", text, strings.Join(knownStatuses, ", ")))
		}
	}
}
