// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// ImportState imports by "<domain>", "<account_id>/<domain>" or an identity. It reads the registration
// and returns an error if the account doesn't hold the domain: Read would only remove the resource. Read
// then gets the registration from the cache.
func (r *domainSettingsResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	identity := importIdentity(ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	id := r.data.address(identity.AccountID, identity.DomainName, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := importOperation.start(ctx)
	defer cancel()
	registration, err := r.data.registrations.Get(ctx, id)
	if err != nil {
		resp.Diagnostics.Append(errorDiagnostic(importOperation, err, id, r.data.product)...)
		return
	}
	model := settingsFromAPI(id, registration)
	resp.Diagnostics.Append(r.data.keepAPI(ctx, resp.Private)...)
	resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &model)...)
}

// importIdentity returns the identity to import, from the import ID if there is one. For an empty import
// ID, the framework passes a null identity.
func importIdentity(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) (identity domainSettingsIdentity) {
	account, domain, both := strings.Cut(req.ID, "/")
	switch {
	case req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull():
		diags.Append(req.Identity.Get(ctx, &identity)...)
	case req.ID != "" && !both:
		identity.DomainName = types.StringValue(req.ID)
	case account != "" && domain != "" && !strings.Contains(domain, "/"):
		identity = domainSettingsIdentity{DomainName: types.StringValue(domain), AccountID: types.StringValue(account)}
	default:
		diags.AddError("Invalid import ID",
			fmt.Sprintf(`The import ID is %q. Import by "<domain>" or "<account_id>/<domain>", such as "example.com".`, req.ID))
	}
	return identity
}

// cloudflareType is the cloudflare provider's resource type that a `moved` block can move from.
const cloudflareType = "cloudflare_registrar_domain"

// MoveState accepts cloudflare_registrar_domain, and this resource type from another address of this
// provider, such as a fork or a renamed namespace.
func (r *domainSettingsResource) MoveState(ctx context.Context) []resource.StateMover {
	var own resource.SchemaResponse
	r.Schema(ctx, resource.SchemaRequest{}, &own)
	return []resource.StateMover{{SourceSchema: &own.Schema, StateMover: moveState}}
}

// movable reports whether moveState accepts a state of this resource type and schema version. It ignores
// the source provider's address: CLIs send it in four forms, including our own address.
func movable(req resource.MoveStateRequest) bool {
	version := req.SourceSchemaVersion
	return req.SourceState != nil &&
		(req.SourceTypeName == cloudflareType && (version == 0 || version == 500) || req.SourceTypeName == settingsType && version == 0)
}

// moveState works offline: Terraform does not configure a provider for a move. The next refresh
// fills in missing values. A state without an account gets no identity yet, because an
// identity must not change later.
func moveState(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	if !movable(req) {
		return
	}
	var state domainSettingsModel
	if req.SourceTypeName == settingsType {
		resp.Diagnostics.Append(req.SourceState.Get(ctx, &state)...)
		resp.TargetPrivate = req.SourcePrivate
	} else {
		state = fromCloudflare(ctx, req.SourceState, &resp.Diagnostics)
		production := &providerData{product: client.Production} // the cloudflare provider has no sandbox
		resp.Diagnostics.Append(production.keepAPI(ctx, resp.TargetPrivate)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	name, err := domainname.Parse(state.DomainName.ValueString())
	if err != nil { // no path, because the CLI would show the configuration at that path
		resp.Diagnostics.AddError("Cannot move the state of "+req.SourceTypeName, fmt.Sprintf("This state has domain_name = %s and account_id = %s: %s "+
			"Remove the instance from the state with terraform state rm, then plan again.", state.DomainName, state.AccountID, err))
		return
	}
	id, identity := client.DomainID{Account: state.AccountID.ValueString(), Name: name}, resp.TargetIdentity
	state.UnicodeName = types.StringValue(domainname.Unicode(name))
	if state.AccountID.IsNull() {
		identity = nil
	} else {
		state.ID = types.StringValue(id.String())
	}
	resp.Diagnostics.Append(setStateAndIdentity(ctx, identity, &resp.TargetState, id, &state)...)
}

// fromCloudflare reads the account, the domain and auto_renew. It ignores the other values, because the
// cloudflare provider never read them back from the registrar.
func fromCloudflare(ctx context.Context, source *tfsdk.State, diags *diag.Diagnostics) domainSettingsModel {
	state := domainSettingsModel{Timeouts: types.ObjectNull(timeoutTypes)}
	diags.Append(source.GetAttribute(ctx, path.Root("account_id"), &state.AccountID)...)
	diags.Append(source.GetAttribute(ctx, path.Root("domain_name"), &state.DomainName)...)
	diags.Append(source.GetAttribute(ctx, path.Root("auto_renew"), &state.AutoRenew)...)
	return state
}
