// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

var (
	_ resource.ResourceWithConfigure   = (*domainSettingsResource)(nil)
	_ resource.ResourceWithIdentity    = (*domainSettingsResource)(nil)
	_ resource.ResourceWithImportState = (*domainSettingsResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*domainSettingsResource)(nil)
	_ resource.ResourceWithMoveState   = (*domainSettingsResource)(nil)
)

// domainSettingsResource is registrar_domain_settings. Its methods decode, call other packages
// and encode.
type domainSettingsResource struct{ data *providerData }

func newDomainSettingsResource() resource.Resource { return &domainSettingsResource{} }

func (*domainSettingsResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_domain_settings"
}

// Configure is called before the provider is configured too, with nil.
func (r *domainSettingsResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.data, _ = req.ProviderData.(*providerData)
}

// Create adopts a domain. On an error it leaves no state: a state beside an error would be
// tainted and replaced, while none lets the next apply find the work where the registrar has it.
func (r *domainSettingsResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan domainSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	id := r.data.address(plan.AccountID, plan.DomainName, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	_, diags := r.set(ctx, &plan, id, configurable("create", plan.Timeouts, defaultWriteTimeout), nil)
	resp.Diagnostics.Append(diags...)
	if !diags.HasError() {
		resp.Diagnostics.Append(r.data.keepAPI(ctx, resp.Private)...)
		resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &plan)...)
	}
}

// Update changes auto_renew, or sees to an update that an earlier apply left in flight. On an
// error Terraform keeps the prior state, and with it the private state that is set here.
func (r *domainSettingsResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state domainSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	inFlight, diags := r.data.openPrivate(ctx, req.Private, state)
	resp.Diagnostics.Append(diags...)
	id := r.data.address(plan.AccountID, plan.DomainName, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if inFlight != nil || !plan.AutoRenew.Equal(state.AutoRenew) {
		left, diags := r.set(ctx, &plan, id, configurable("update", plan.Timeouts, defaultWriteTimeout), inFlight)
		resp.Diagnostics.Append(diags...)
		if left != nil || !diags.HasError() { // another error tells nothing of an update that was in flight before
			resp.Diagnostics.Append(left.keep(ctx, resp.Private)...)
		}
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &plan)...)
	}
}

// set is what Create and Update share: it brings the registrar to the plan, and the plan's
// unknown values to what the registrar shows. It returns the update that it leaves in flight, which
// is the one from before where it joined that.
func (r *domainSettingsResource) set(
	ctx context.Context, plan *domainSettingsModel, id client.DomainID, op operation, before *inFlightUpdate,
) (left *inFlightUpdate, diags diag.Diagnostics) {
	r.data.planned.Delete(id)
	registration, diags := run(ctx, r.data, op, id, func(ctx context.Context, id client.DomainID) (client.Registration, error) {
		registration, err := r.data.setter.Set(ctx, id, plan.AutoRenew.ValueBool())
		if autorenew.InFlight(err) {
			left = &inFlightUpdate{AutoRenew: plan.AutoRenew.ValueBool(), LeftAt: time.Now()}
			if before != nil && autorenew.Joined(err) {
				left.AutoRenew = before.AutoRenew
			}
		}
		return registration, err
	})
	plan.fillUnknown(id, registration)
	return left, diags
}

// Read reports what the registrar has. It never writes and never waits for an update. Where an
// apply left an update in flight it looks at that first: one that ends between the two looks is
// then seen in the registration.
func (r *domainSettingsResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state domainSettingsModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	id := r.data.address(state.AccountID, state.DomainName, &resp.Diagnostics)
	inFlight, diags := r.data.openPrivate(ctx, req.Private, state)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	found, diags := r.read(ctx, configurable("read", state.Timeouts, defaultReadTimeout), id, inFlight != nil)
	resp.Diagnostics.Append(diags...)
	if diags.HasError() {
		return
	}
	if found.registration == nil {
		r.remove(ctx, id, resp)
		return
	}
	state.fromAPI(id, *found.registration)
	resp.Diagnostics.Append(lapsedWarning(id, *found.registration)...)
	resp.Diagnostics.Append(r.checkUpdate(ctx, resp.Private, id, inFlight, found)...)
	resp.Diagnostics.Append(r.data.keepAPI(ctx, resp.Private)...)
	resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &state)...)
}

// found is what a refresh found at the registrar; what is nil is not there.
type found struct {
	update       *client.Update // only looked at where an update was left in flight
	registration *client.Registration
}

func (r *domainSettingsResource) read(ctx context.Context, op operation, id client.DomainID, inFlight bool) (found, diag.Diagnostics) {
	return run(ctx, r.data, op, id, func(ctx context.Context, id client.DomainID) (found found, err error) {
		if inFlight {
			if found.update, err = r.data.updateStatus(ctx, id); err != nil {
				return found, err
			}
			if !inProgress(found.update) {
				r.data.registrations.Invalidate(id) // a listing may be older than the end of the update
			}
		}
		registration, err := r.data.registrations.Get(ctx, id)
		if client.IsNotFound(err) {
			return found, nil
		}
		found.registration = &registration
		return found, err
	})
}

// checkUpdate drops an update that is over from private state, and warns of one that is not.
func (r *domainSettingsResource) checkUpdate(ctx context.Context, private privateState, id client.DomainID, inFlight *inFlightUpdate, found found) diag.Diagnostics {
	switch {
	case inFlight == nil:
		return nil
	case inFlight.over(found.update, found.registration.AutoRenew):
		return (*inFlightUpdate)(nil).keep(ctx, private)
	}
	return inFlightWarning(id, r.data.product, *inFlight, found.update)
}

// remove drops the resource from state. The identity is set even so: a CLI older than 1.12
// brings none along, and the framework then fails the removal for want of it.
func (r *domainSettingsResource) remove(ctx context.Context, id client.DomainID, resp *resource.ReadResponse) {
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(id))...)
	}
	resp.State.RemoveResource(ctx)
	resp.Diagnostics.Append(goneWarning(id, r.data.product)...)
}

// Delete leaves the setting as it is: no longer to manage a domain must neither let it lapse nor
// charge for it. ModifyPlan has said so at plan time.
func (r *domainSettingsResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state domainSettingsModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	_, diags := r.data.openPrivate(ctx, req.Private, state)
	resp.Diagnostics.Append(diags...)
}
