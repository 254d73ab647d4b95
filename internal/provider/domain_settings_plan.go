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

// ModifyPlan completes the address in a plan, refuses two resources that would fight over one
// domain, and says what a person wants to know before applying. Terraform calls it again while
// it applies, and twice for a replacement.
func (r *domainSettingsResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state domainSettingsModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if req.Plan.Raw.IsNull() {
		r.say(resp, leftAsItIs(state))
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
		r.say(resp, leftAsItIs(state)) // Terraform plans this leg of the replacement nowhere else
		return
	}
	r.enter(id, plan.AutoRenew.ValueBool(), resp)
	if !resp.Diagnostics.HasError() {
		r.say(resp, r.outlook(ctx, id, state, plan.AutoRenew.ValueBool()))
	}
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

// enter keeps two resources from taking turns at one domain, apply after apply. Two that want
// the same are only told: Terraform plans a resource twice that it is asked to replace, and that
// must not be an error.
func (r *domainSettingsResource) enter(id client.DomainID, want bool, resp *resource.ModifyPlanResponse) {
	other, taken := r.data.plans.enter(id, want)
	switch {
	case taken && other != want:
		resp.Diagnostics.AddAttributeError(path.Root("domain_name"), "Two resources want opposite settings for one domain",
			"domain_name: "+string(id.Name)+" (account "+id.Account+") is managed by two registrar_domain_settings of this configuration, "+
				"one with auto_renew = true and one with auto_renew = false. Each apply would undo the other. Remove one of them.")
	case taken:
		r.say(resp, notice{"Two resources manage one domain",
			"domain_name: " + string(id.Name) + " (account " + id.Account + ") is managed by two registrar_domain_settings of this configuration. " +
				"Remove one of them, before a change to only one makes them undo each other. (If this resource is being replaced, there is only one.)"})
	}
}

// say warns, once in a walk.
func (r *domainSettingsResource) say(resp *resource.ModifyPlanResponse, notices ...notice) {
	for _, n := range notices {
		if n != (notice{}) && (r.data == nil || r.data.plans.first(n.detail)) {
			resp.Diagnostics.AddWarning(n.summary, n.detail)
		}
	}
}
