// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// ModifyPlan completes account_id and id, decides on a replacement, and says what a person wants
// to know before applying.
//
// Terraform plans a replacement in two calls, and drops the warnings of the second: the first, as
// of a change, says everything about both domains. It calls again while it applies; nothing in a
// request tells that, nor whether the plan is one with -refresh=false.
func (r *domainSettingsResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.data == nil {
		return // the provider is not configured
	}
	if req.State.Raw.IsNull() {
		r.planNew(ctx, req, resp)
		return
	}
	var plan, state domainSettingsModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.data.checkAPI(ctx, req.Private, state)...)
	inFlight, diags := updateInFlight(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(keptWarning(state, inFlight)...)
		return
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	id, known := r.planAddress(ctx, req, state, &plan, resp)
	switch {
	case resp.Diagnostics.HasError():
	case len(resp.RequiresReplace) == 0:
		r.planChange(ctx, id, state, plan, inFlight, resp)
	default:
		resp.Diagnostics.Append(keptWarning(state, inFlight)...)
		if known {
			resp.Diagnostics.Append(r.adoptionDiagnostics(ctx, id, plan.AutoRenew)...)
		}
	}
}

// planNew plans a resource that is not in state. In the second call for a replacement, which the
// private state of the first tells, everything has been said.
func (r *domainSettingsResource) planNew(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan domainSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	kept, diags := req.Private.GetKey(ctx, apiKey)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	id, known := r.planAddress(ctx, req, domainSettingsModel{}, &plan, resp)
	if known && kept == nil {
		resp.Diagnostics.Append(r.adoptionDiagnostics(ctx, id, plan.AutoRenew)...)
	}
}

// planChange plans a change of what is in state. While an update of ours may be in flight there
// is always one: the apply then waits for it and sets the wanted value.
func (r *domainSettingsResource) planChange(
	ctx context.Context, id client.DomainID, state, plan domainSettingsModel, inFlight *inFlightUpdate, resp *resource.ModifyPlanResponse,
) {
	if inFlight != nil {
		resp.Diagnostics.Append(resumeWarning(id, *inFlight)...)
		if plan.AutoRenew.IsUnknown() || plan.AutoRenew.Equal(state.AutoRenew) {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("status"), types.StringUnknown())...)
		}
	}
	resp.Diagnostics.Append(r.data.duplicateWarning(id, plan.AutoRenew)...)
	resp.Diagnostics.Append(changeWarning(id, state.registrationModel, plan.AutoRenew, r.data.product)...)
}

// planAddress puts account_id and id into the plan as soon as they are known, so that a review
// shows them; a resource without an account of its own follows the provider's. Another domain, or
// the same one in another account, replaces the resource. It returns the address if the whole of
// it is known. The state of a new resource is empty.
func (r *domainSettingsResource) planAddress(
	ctx context.Context, req resource.ModifyPlanRequest, state domainSettingsModel, plan *domainSettingsModel, resp *resource.ModifyPlanResponse,
) (id client.DomainID, known bool) {
	set := func(attribute string, value any) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(attribute), value)...)
	}
	var configured types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("account_id"), &configured)...)
	if configured.IsNull() && (plan.AccountID.IsUnknown() || r.data.accountID.ValueString() != "") {
		plan.AccountID = r.data.account(configured, &resp.Diagnostics)
		set("account_id", plan.AccountID)
	}
	if !state.AccountID.IsNull() && !plan.AccountID.Equal(state.AccountID) {
		resp.RequiresReplace.Append(path.Root("account_id"))
	}
	switch {
	case state.DomainName.IsNull():
	case !plan.DomainName.IsUnknown() && domainname.Same(state.DomainName.ValueString(), plan.DomainName.ValueString()):
		set("domain_name", state.DomainName) // Terraform accepts the prior value of a required attribute
	default:
		resp.RequiresReplace.Append(path.Root("domain_name"))
	}
	if plan.AccountID.IsUnknown() || plan.DomainName.IsUnknown() || resp.Diagnostics.HasError() {
		return client.DomainID{}, false
	}
	id = r.data.address(plan.AccountID, plan.DomainName, &resp.Diagnostics)
	if plan.ID.IsUnknown() {
		set("id", id.String())
	}
	if plan.UnicodeName.IsUnknown() {
		set("unicode_name", domainname.Unicode(id.Name))
	}
	return id, !resp.Diagnostics.HasError()
}
