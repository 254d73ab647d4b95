// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// domainNamePlan keeps the spelling in state where the configured one means the same domain,
// and replaces the resource where it means another. Terraform accepts the prior value of a
// required attribute in a plan; a custom type's semantic equality would not be asked here.
type domainNamePlan struct{}

var _ planmodifier.String = domainNamePlan{}

func (domainNamePlan) Description(context.Context) string {
	return "another spelling of the same domain is no change; another domain replaces the resource"
}

func (m domainNamePlan) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (domainNamePlan) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	switch {
	case req.StateValue.IsNull() || req.Plan.Raw.IsNull():
	case !req.PlanValue.IsUnknown() && domainname.Same(req.StateValue.ValueString(), req.PlanValue.ValueString()):
		resp.PlanValue = req.StateValue
	default:
		resp.RequiresReplace = true
	}
}
