// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

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

// domainSettingsResource implements registrar_domain_settings. Its methods translate between Terraform and
// the other packages.
type domainSettingsResource struct{ data *providerData }

// settingsType is the resource's type name.
const settingsType = "registrar_domain_settings"

func newDomainSettingsResource() resource.Resource { return &domainSettingsResource{} }

func (*domainSettingsResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = settingsType
}

// Configure stores the provider's data, which is nil until the provider is configured.
func (r *domainSettingsResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.data, _ = req.ProviderData.(*providerData)
}

// Create adopts a domain. After an error it returns no state, because Terraform would taint and replace
// the resource. Without state, the next apply resumes the update.
func (r *domainSettingsResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan domainSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	id := r.data.address(plan.AccountID, plan.DomainName, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	op := configurable("create", plan.Timeouts, defaultWriteTimeout)
	registration, err := r.set(ctx, op, id, plan.AutoRenew.ValueBool())
	if err != nil {
		resp.Diagnostics.Append(errorDiagnostic(op, err, id, r.data.product)...)
		return
	}
	plan.fillUnknown(id, registrationModel{}.with(id, registration))
	resp.Diagnostics.Append(r.data.keepAPI(ctx, resp.Private)...)
	resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &plan)...)
}

// Update sets auto_renew if it changes or if an earlier apply left an update in flight. Any other
// change sends no request. After an error Terraform keeps the prior state and the new private
// state.
func (r *domainSettingsResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan domainSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	state, inFlight := r.data.prior(ctx, req.State, req.Private, &resp.Diagnostics)
	id := r.data.address(plan.AccountID, plan.DomainName, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	shown, want := state.registrationModel, plan.AutoRenew.ValueBool()
	if inFlight != nil || !plan.AutoRenew.Equal(state.AutoRenew) {
		op := configurable("update", plan.Timeouts, defaultWriteTimeout)
		registration, err := r.set(ctx, op, id, want)
		if err != nil {
			resp.Diagnostics.Append(keepInFlight(ctx, resp.Private, want, inFlight, err)...)
			resp.Diagnostics.Append(errorDiagnostic(op, err, id, r.data.product)...)
			return
		}
		resp.Diagnostics.Append(clearInFlight(ctx, resp.Private)...)
		shown = shown.with(id, registration)
	}
	plan.fillUnknown(id, shown)
	resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &plan)...)
}

// set changes auto_renew to the wanted value within the operation's timeout and returns the
// registration. Create and Update share it.
func (r *domainSettingsResource) set(ctx context.Context, op operation, id client.DomainID, want bool) (client.Registration, error) {
	r.data.planned.Delete(id)
	ctx, cancel := op.start(ctx)
	defer cancel()
	return r.data.setter.Set(ctx, id, want)
}

// Read reports the registrar's values. It never writes and never waits for an update.
func (r *domainSettingsResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, inFlight := r.data.prior(ctx, req.State, req.Private, &resp.Diagnostics)
	id := r.data.address(state.AccountID, state.DomainName, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	op := refreshOperation(state.Timeouts)
	update, registration, err := r.read(ctx, op, id, inFlight != nil)
	switch {
	case err != nil:
		resp.Diagnostics.Append(errorDiagnostic(op, err, id, r.data.product)...)
		return
	case registration == nil:
		r.remove(ctx, id, resp)
		return
	}
	state.registrationModel = state.with(id, *registration)
	resp.Diagnostics.Append(lapsedWarning(id, *registration)...)
	switch {
	case inFlight == nil:
	case inFlight.settled(update, registration.AutoRenew):
		resp.Diagnostics.Append(clearInFlight(ctx, resp.Private)...)
	default:
		resp.Diagnostics.Append(inFlightWarning(id, r.data.product, *inFlight, update)...)
	}
	resp.Diagnostics.Append(r.data.keepAPI(ctx, resp.Private)...)
	resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &state)...)
}

// read returns the registration, nil if the account doesn't hold it, and its last update if an apply
// left one in flight. It reads the update first: if the update ends between the two reads, the
// registration shows its value.
func (r *domainSettingsResource) read(
	ctx context.Context, op operation, id client.DomainID, inFlight bool,
) (update *client.Update, registration *client.Registration, err error) {
	ctx, cancel := op.start(ctx)
	defer cancel()
	if inFlight {
		if update, err = r.data.updateStatus(ctx, id); err != nil {
			return nil, nil, err
		}
		if !inProgress(update) {
			r.data.registrations.Invalidate(id) // the listing may predate the end of the update
		}
	}
	shown, err := r.data.registrations.Get(ctx, id)
	if client.IsNotFound(err) {
		return update, nil, nil
	}
	return update, &shown, err
}

// remove removes the resource from state. It sets the identity first: a CLI older than 1.12 sends
// none, and the framework refuses a removal without one.
func (r *domainSettingsResource) remove(ctx context.Context, id client.DomainID, resp *resource.ReadResponse) {
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(id))...)
	}
	resp.State.RemoveResource(ctx)
	resp.Diagnostics.Append(goneWarning(id, r.data.product)...)
}

// Delete sends no request: stopping management must not change renewal. The plan warns about this.
func (r *domainSettingsResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	r.data.prior(ctx, req.State, req.Private, &resp.Diagnostics)
}
