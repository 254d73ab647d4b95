// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// knownStatuses are the statuses of a registration that the API's reference names, in order:
// https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/get/.
var knownStatuses = []string{"active", "expired", "pending_delete", "redemption_period", "registration_pending", "suspended", "transfer_pending"}

// statusesValidator refuses a list of statuses that matches nothing or cannot be read, because a
// check built on it would pass for ever. A status that is not known may be newer than this list.
type statusesValidator struct{}

func (statusesValidator) Description(context.Context) string { return "must name statuses" }

func (v statusesValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (statusesValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	statuses := req.ConfigValue.Elements()
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() && len(statuses) == 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid statuses",
			"statuses is empty, which no domain matches. Name at least one status, or leave statuses out to get every domain.")
	}
	for _, status := range statuses {
		text, _ := status.(types.String)
		switch {
		case status.IsNull():
			resp.Diagnostics.AddAttributeError(req.Path, "Invalid statuses", "statuses contains a null. Remove it; compact() removes every null from a list.")
		case !status.IsUnknown() && !slices.Contains(knownStatuses, strings.ToLower(text.ValueString())):
			resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown status",
				fmt.Sprintf("statuses: this version of the provider does not know %s, which may match no domain. Known: %s.", text, strings.Join(knownStatuses, ", ")))
		}
	}
}
