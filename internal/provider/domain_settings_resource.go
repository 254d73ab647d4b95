// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

var (
	_ resource.ResourceWithConfigure   = (*domainSettingsResource)(nil)
	_ resource.ResourceWithIdentity    = (*domainSettingsResource)(nil)
	_ resource.ResourceWithImportState = (*domainSettingsResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*domainSettingsResource)(nil)
	_ resource.ResourceWithMoveState   = (*domainSettingsResource)(nil)
)

// domainSettingsResource is registrar_domain_settings. Its methods only decode, ask, and
// publish; what they ask for is in other packages.
type domainSettingsResource struct{ data *providerData }

func newDomainSettingsResource() resource.Resource { return &domainSettingsResource{} }

func (*domainSettingsResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_domain_settings"
}

func (r *domainSettingsResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.data = configured(req.ProviderData, &resp.Diagnostics)
}

// Create adopts a domain. On an error it leaves no state: a state beside an error would be
// tainted and replaced, while none lets the next apply find the work where the registrar has it.
func (r *domainSettingsResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan domainSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	timeout, diags := plan.Timeouts.Create(ctx, defaultWriteTimeout)
	resp.Diagnostics.Append(diags...)
	id, ok := r.set(ctx, &plan, configurable("create", timeout), &resp.Diagnostics)
	if ok {
		resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &plan)...)
	}
}

// Update changes auto_renew. On an error the framework keeps the prior state.
func (r *domainSettingsResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state domainSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	timeout, diags := plan.Timeouts.Update(ctx, defaultWriteTimeout)
	resp.Diagnostics.Append(diags...)
	id, ok := r.target(plan, &resp.Diagnostics)
	if ok && !plan.AutoRenew.Equal(state.AutoRenew) {
		id, ok = r.set(ctx, &plan, configurable("update", timeout), &resp.Diagnostics)
	}
	if ok {
		resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &plan)...)
	}
}

// set is what Create and Update share: it brings the registrar to the plan, and the plan's open
// values to what the registrar shows.
func (r *domainSettingsResource) set(ctx context.Context, plan *domainSettingsModel, op operation, diags *diag.Diagnostics) (client.DomainID, bool) {
	id, ok := r.target(*plan, diags)
	if !ok {
		return id, false
	}
	var registration client.Registration
	diags.Append(r.data.run(ctx, op, id, func(ctx context.Context) (err error) {
		registration, err = r.data.setter.Set(ctx, id, plan.AutoRenew.ValueBool())
		return err
	})...)
	if diags.HasError() {
		return id, false
	}
	plan.complete(id, registration)
	return id, true
}

// target is the registration that a plan is about, now that it is applied.
func (r *domainSettingsResource) target(plan domainSettingsModel, diags *diag.Diagnostics) (client.DomainID, bool) {
	id := r.data.address(plan.AccountID, plan.DomainName, diags)
	if diags.HasError() {
		return id, false
	}
	r.data.plans.remove(id)
	return id, true
}

// Read reports what the registrar has. It never writes and never waits for an update.
func (r *domainSettingsResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state domainSettingsModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	id := r.data.address(state.AccountID, state.DomainName, &resp.Diagnostics)
	timeout, diags := state.Timeouts.Read(ctx, defaultReadTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	var registration client.Registration
	gone := false
	resp.Diagnostics.Append(r.data.run(ctx, configurable("read", timeout), id, func(ctx context.Context) (err error) {
		registration, err = r.data.reader.Registration(ctx, id)
		if gone = client.IsNotFound(err); gone {
			return nil
		}
		return err
	})...)
	if resp.Diagnostics.HasError() {
		return
	}
	if gone {
		r.remove(ctx, id, resp)
		return
	}
	state.observe(id, registration)
	resp.Diagnostics.Append(lapsedWarning(id, registration)...)
	resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &state)...)
}

// remove drops the resource from state. The identity is set even so: a CLI older than 1.12
// brings none along, and the framework then fails the removal for want of it.
func (r *domainSettingsResource) remove(ctx context.Context, id client.DomainID, resp *resource.ReadResponse) {
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(id))...)
	}
	resp.State.RemoveResource(ctx)
	resp.Diagnostics.Append(goneWarning(id, r.data.product))
}

// Delete leaves the setting as it is: ending Terraform's care for a domain must neither let it
// lapse nor charge for it. ModifyPlan has said so at plan time.
func (*domainSettingsResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}
