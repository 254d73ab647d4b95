// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// ModifyPlan completes the address, requires a replacement if the address changes, and warns about what
// the apply does.
//
// Terraform plans a replacement in two calls and drops the warnings of the second, so the first
// warns about both domains. Terraform calls ModifyPlan again during the apply. The request doesn't show
// whether the call belongs to an apply or to a plan with -refresh=false.
func (r *domainSettingsResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.data == nil {
		return // the provider is not configured
	}
	facts := planFacts{product: r.data.product, now: time.Now(), accountFrom: r.data.accountFrom}
	secondCall := r.readState(ctx, req, &facts, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() && !req.Plan.Raw.IsNull() {
		r.planSettings(ctx, req, &facts, resp)
	}
	if secondCall || resp.Diagnostics.HasError() {
		return
	}
	if facts.to != nil && facts.to.id != nil {
		r.readDomain(ctx, &facts)
	}
	if facts.losesState() {
		_, facts.repeated = r.data.reportedAccounts.LoadOrStore(facts.state.AccountID, true)
	}
	resp.Diagnostics.Append(facts.diagnostics()...)
}

// readState reads the prior state. It reports whether this is the second call for a replacement, which has
// the private state of the first call but no state.
func (r *domainSettingsResource) readState(ctx context.Context, req resource.ModifyPlanRequest, facts *planFacts, diags *diag.Diagnostics) (secondCall bool) {
	if req.State.Raw.IsNull() {
		api, more := req.Private.GetKey(ctx, apiKey)
		diags.Append(more...)
		return api != nil
	}
	facts.state, facts.inFlight = r.data.prior(ctx, req.State, req.Private, diags)
	return false
}

// planSettings plans the address. If an earlier apply may have left an update pending, it also plans a
// change of status. The apply then waits for that update and sets the configured value.
func (r *domainSettingsResource) planSettings(ctx context.Context, req resource.ModifyPlanRequest, facts *planFacts, resp *resource.ModifyPlanResponse) {
	var plan domainSettingsModel
	var configured types.String
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("account_id"), &configured)...)
	if resp.Diagnostics.HasError() {
		return
	}
	facts.autoRenew = plan.AutoRenew
	facts.to = r.data.planAddress(configured, facts.state, plan, &resp.Diagnostics)
	facts.to.write(ctx, plan, resp)
	if !facts.inPlace() {
		return
	}
	facts.shown = facts.state.registrationModel
	if facts.inFlight != nil && (plan.AutoRenew.IsUnknown() || plan.AutoRenew.Equal(facts.state.AutoRenew)) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("status"), types.StringUnknown())...)
	}
}

// readDomain adds the auto_renew that is planned for the domain in another resource. If the domain is new to
// this resource, it also reads the registration, even with -refresh=false: the plan must warn about charges
// and check the credentials.
func (r *domainSettingsResource) readDomain(ctx context.Context, facts *planFacts) {
	id := *facts.to.id
	if !facts.autoRenew.IsUnknown() {
		facts.other = r.data.claim(id, claim{facts.state.ID.ValueString(), facts.autoRenew})
	}
	if facts.inPlace() {
		return
	}
	ctx, cancel := planOperation.start(ctx)
	defer cancel()
	registration, err := r.data.registrations.Get(ctx, id)
	if facts.err = err; err == nil {
		facts.shown = facts.shown.with(id, registration)
	}
}

// claim is one resource's plan for a domain.
type claim struct {
	from      string // the ID in its state; empty for a new resource
	autoRenew types.Bool
}

// claim records a plan for a domain and returns the auto_renew in another resource's plan for it, or
// null. With -minimal-refresh, Terraform plans a resource twice, so two equal plans from the same state
// belong to one resource.
func (d *providerData) claim(id client.DomainID, mine claim) types.Bool {
	previous, planned := d.planned.Swap(id, mine)
	other, _ := previous.(claim)
	if !planned || mine.from != "" && mine == other {
		return types.BoolNull()
	}
	return other.autoRenew
}

// plannedAddress is the planned address of a domain.
type plannedAddress struct {
	account, name        types.String
	id                   *client.DomainID // nil until account and name are known
	replaces             path.Paths       // the attributes that require a replacement
	otherProviderAccount bool             // one of them is account_id, and the resource doesn't set it
}

// planAddress returns the address after the apply. A resource without account_id uses the provider's
// account. If that is unknown or not set, the resource keeps the account in its state, unless its domain
// changes. A change of domain or account requires a replacement. The state of a new resource is empty.
func (d *providerData) planAddress(configured types.String, state, plan domainSettingsModel, diags *diag.Diagnostics) *plannedAddress {
	to := &plannedAddress{account: plan.AccountID, name: plan.DomainName}
	sameName := !to.name.IsUnknown() && domainname.Same(state.DomainName.ValueString(), to.name.ValueString())
	if configured.IsNull() && (!sameName || to.account.IsUnknown() || d.accountID.ValueString() != "") {
		to.account = d.account(configured, diags)
	}
	if !state.AccountID.IsNull() && !to.account.Equal(state.AccountID) {
		to.replaces.Append(path.Root("account_id"))
		to.otherProviderAccount = configured.IsNull() && !to.account.IsUnknown()
	}
	switch {
	case sameName:
		to.name = state.DomainName // Terraform lets a plan keep the prior value
	case !state.DomainName.IsNull():
		to.replaces.Append(path.Root("domain_name"))
	}
	if !to.account.IsUnknown() && !to.name.IsUnknown() && !diags.HasError() {
		to.id = new(d.address(to.account, to.name, diags))
	}
	return to
}

// write sets the address in the plan, and id and unicode_name, which are derived from it.
func (a *plannedAddress) write(ctx context.Context, plan domainSettingsModel, resp *resource.ModifyPlanResponse) {
	set := func(attribute string, value any) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(attribute), value)...)
	}
	resp.RequiresReplace = append(resp.RequiresReplace, a.replaces...)
	set("account_id", a.account)
	set("domain_name", a.name)
	if a.id != nil && plan.ID.IsUnknown() {
		set("id", a.id.String())
	}
	if a.id != nil && plan.UnicodeName.IsUnknown() {
		set("unicode_name", domainname.Unicode(a.id.Name))
	}
}
