// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// knownStatuses are the statuses of a registration that the API's reference names, in order:
// https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/get/.
var knownStatuses = []string{"active", "expired", "pending_delete", "redemption_period", "registration_pending", "suspended", "transfer_pending"}

// statusesValidator refuses a list of statuses that matches nothing or cannot be read, because a
// check built on it would pass for ever. A status that is not known may be newer than this list.
type statusesValidator struct{}

var (
	_ validator.List = statusesValidator{}
	_ validator.Set  = statusesValidator{}
)

func (statusesValidator) Description(context.Context) string { return "must name statuses" }

func (v statusesValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateList checks the list resource's argument.
func (statusesValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	resp.Diagnostics.Append(checkStatuses(req.Path, req.ConfigValue)...)
}

// ValidateSet checks the data source's argument.
func (statusesValidator) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	resp.Diagnostics.Append(checkStatuses(req.Path, req.ConfigValue)...)
}

func checkStatuses(at path.Path, value interface {
	attr.Value
	Elements() []attr.Value
},
) (diags diag.Diagnostics) {
	if !value.IsNull() && !value.IsUnknown() && len(value.Elements()) == 0 {
		diags.AddAttributeError(at, "Invalid statuses", at.String()+" is empty, which no domain matches. Name at least one status, or leave "+at.String()+" out to get every domain.")
	}
	for _, status := range value.Elements() {
		text, _ := status.(types.String)
		switch {
		case status.IsNull():
			diags.AddAttributeError(at, "Invalid statuses", at.String()+" contains a null. Remove it; compact() removes every null from a list.")
		case !status.IsUnknown() && !slices.Contains(knownStatuses, strings.ToLower(text.ValueString())):
			diags.AddAttributeWarning(at, "Unknown status", fmt.Sprintf("%s: %s is not a status known to this version of the provider, and may match no domain. Known: %s.",
				at, text, strings.Join(knownStatuses, ", ")))
		}
	}
	return diags
}
