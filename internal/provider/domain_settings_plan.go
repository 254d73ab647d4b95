// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// ModifyPlan completes the address in a plan and says what a person wants to know before
// applying. Terraform calls it again while it applies, and twice for a replacement: once as for
// a change of what is there, which is the only time it can be told what becomes of the old
// domain, and once as for something new.
func (r *domainSettingsResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state domainSettingsModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if req.Plan.Raw.IsNull() {
		warn(resp, leftAsItIs(state))
		return
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if r.data == nil || resp.Diagnostics.HasError() {
		return
	}
	id, known := r.planAddress(ctx, req, &plan, resp)
	if !known || plan.AutoRenew.IsUnknown() {
		return
	}
	if movesAway(state, id) {
		warn(resp, leftAsItIs(state)) // Terraform plans this leg of the replacement nowhere else
		return
	}
	want := plan.AutoRenew.ValueBool()
	warn(resp, r.shared(id, want), r.outlook(ctx, id, state, want))
}

// planAddress puts account_id and id into the plan as soon as they are known, so that a review
// shows them. It gives the address if the whole of it is known.
func (r *domainSettingsResource) planAddress(
	ctx context.Context, req resource.ModifyPlanRequest, plan *domainSettingsModel, resp *resource.ModifyPlanResponse,
) (client.DomainID, bool) {
	var configured types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("account_id"), &configured)...)
	if configured.IsUnknown() {
		return client.DomainID{}, false
	}
	if plan.AccountID.IsUnknown() {
		plan.AccountID = types.StringValue(r.data.account(types.StringNull(), &resp.Diagnostics))
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("account_id"), plan.AccountID)...)
	}
	if plan.DomainName.IsUnknown() || resp.Diagnostics.HasError() {
		return client.DomainID{}, false
	}
	id := r.data.address(plan.AccountID, plan.DomainName, &resp.Diagnostics)
	if plan.ID.IsUnknown() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), id.String())...)
	}
	return id, !resp.Diagnostics.HasError()
}

// movesAway reports whether a plan leaves the domain of the state for another.
func movesAway(state domainSettingsModel, id client.DomainID) bool {
	if state.DomainName.IsNull() {
		return false
	}
	otherAccount := !state.AccountID.IsNull() && state.AccountID.ValueString() != id.Account
	return otherAccount || domainname.Fold(state.DomainName.ValueString()) != id.Name
}

// shared tells of two resources for one domain. It is no error, because Terraform also plans a
// resource twice that it is asked to replace.
func (r *domainSettingsResource) shared(id client.DomainID, want bool) notice {
	other, taken := r.data.plans.add(id, want)
	text := fmt.Sprintf("domain_name: %s (account %s) is managed by two registrar_domain_settings of this configuration", id.Name, id.Account)
	switch {
	case taken && other != want:
		return notice{
			"Two resources want opposite settings for one domain",
			text + ", one with auto_renew = true and one with auto_renew = false. Every apply undoes what the other did, " +
				"and the domain ends up as whichever comes last. Remove one of them.",
		}
	case taken:
		return notice{
			"Two resources manage one domain",
			text + ". They agree for now; a change to only one of them makes them undo each other. Remove one. " +
				"(Where this resource is only being replaced, there is no second one.)",
		}
	}
	return notice{}
}

// warn adds the notices that say something.
func warn(resp *resource.ModifyPlanResponse, notices ...notice) {
	for _, n := range notices {
		if n != (notice{}) {
			resp.Diagnostics.AddWarning(n.summary, n.detail)
		}
	}
}
