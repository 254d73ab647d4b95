// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// ImportState imports by "<domain>", "<account_id>/<domain>" or an identity. It reads the registration
// to return an error if the account doesn't hold the domain: Read would only remove it. Read then gets
// the registration from the cache.
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

// importIdentity returns the import ID as an identity, or else the identity. For `terraform import`
// with an empty ID, the framework passes an identity that is null.
func importIdentity(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) (identity domainSettingsIdentity) {
	identity, ok := parseImportID(req.ID)
	switch {
	case ok:
	case req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull():
		diags.Append(req.Identity.Get(ctx, &identity)...)
	default:
		diags.AddError("Invalid import ID",
			fmt.Sprintf(`The import ID is %q. Import by "<domain>" or "<account_id>/<domain>", such as "example.com".`, req.ID))
	}
	return identity
}

// parseImportID splits "<domain>" or "<account_id>/<domain>", and reports whether the ID has one of
// these forms.
func parseImportID(id string) (domainSettingsIdentity, bool) {
	parts := strings.Split(id, "/")
	identity := domainSettingsIdentity{DomainName: types.StringValue(parts[len(parts)-1])}
	if len(parts) == 2 {
		identity.AccountID = types.StringValue(parts[0])
	}
	return identity, len(parts) <= 2 && !slices.Contains(parts, "")
}

// cloudflareType is the resource that `moved` takes over.
const cloudflareType = "cloudflare_registrar_domain"

// cloudflareModel is the part of its state that is read back from the registrar. Its "locked" and
// "privacy" were wishes of the configuration.
type cloudflareModel struct {
	AccountID  types.String `tfsdk:"account_id"`
	DomainName types.String `tfsdk:"domain_name"`
	AutoRenew  types.Bool   `tfsdk:"auto_renew"`
}

// MoveState takes over cloudflare_registrar_domain, and this resource from another address of this
// provider, such as a fork or a renamed namespace. The type, the schema version and the state
// decide. The address of the source provider can't: CLIs send it in four forms, one of them ours.
func (r *domainSettingsResource) MoveState(ctx context.Context) []resource.StateMover {
	var own resource.SchemaResponse
	r.Schema(ctx, resource.SchemaRequest{}, &own)
	cloudflare := schema.Schema{Attributes: map[string]schema.Attribute{
		"account_id":  schema.StringAttribute{Optional: true},
		"domain_name": schema.StringAttribute{Optional: true},
		"auto_renew":  schema.BoolAttribute{Optional: true},
	}}
	return []resource.StateMover{
		{SourceSchema: &cloudflare, StateMover: moveFromCloudflare},
		{SourceSchema: &own.Schema, StateMover: moveFromOtherAddress},
	}
}

// moveFromCloudflare works offline: Terraform does not configure a provider for a move. The next
// refresh fills what the source does not have. The source has no sandbox.
func moveFromCloudflare(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	if req.SourceTypeName != cloudflareType || req.SourceSchemaVersion != 0 && req.SourceSchemaVersion != 500 || req.SourceState == nil {
		return
	}
	var from cloudflareModel
	resp.Diagnostics.Append(req.SourceState.Get(ctx, &from)...)
	to := domainSettingsModel{Timeouts: types.ObjectNull(timeoutTypes)}
	to.AccountID, to.DomainName, to.AutoRenew = from.AccountID, from.DomainName, from.AutoRenew
	resp.Diagnostics.Append((&providerData{product: client.Production}).keepAPI(ctx, resp.TargetPrivate)...)
	setMoved(ctx, req, &to, resp)
}

// moveFromOtherAddress keeps the state and the private state.
func moveFromOtherAddress(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	if req.SourceTypeName != settingsType || req.SourceSchemaVersion != 0 || req.SourceState == nil {
		return
	}
	var state domainSettingsModel
	resp.Diagnostics.Append(req.SourceState.Get(ctx, &state)...)
	resp.TargetPrivate = req.SourcePrivate
	setMoved(ctx, req, &state, resp)
}

// setMoved sets the moved state, with what follows from account and name. A state without an
// account gets no identity yet, because an identity must not change later.
func setMoved(ctx context.Context, req resource.MoveStateRequest, to *domainSettingsModel, resp *resource.MoveStateResponse) {
	if resp.Diagnostics.HasError() {
		return
	}
	name, err := domainname.Parse(to.DomainName.ValueString())
	if err != nil {
		resp.Diagnostics.Append(movedNameError(req.SourceTypeName, *to, err)...)
		return
	}
	id, identity := client.DomainID{Account: to.AccountID.ValueString(), Name: name}, resp.TargetIdentity
	to.UnicodeName = types.StringValue(domainname.Unicode(name))
	if to.AccountID.IsNull() {
		identity = nil
	} else {
		to.ID = types.StringValue(id.String())
	}
	resp.Diagnostics.Append(setStateAndIdentity(ctx, identity, &resp.TargetState, id, to)...)
}

// movedNameError has no path: the name is in the state, and Terraform would show a path in the
// configuration.
func movedNameError(source string, state domainSettingsModel, err error) diag.Diagnostics {
	return diagnostic{
		summary: "Cannot move the state of " + source,
		what:    fmt.Sprintf("The state of a %s has an invalid domain_name: %s.", source, reason(err)),
		fields:  []field{{"domain_name", state.DomainName.String()}, {"account_id", state.AccountID.String()}},
		remedy:  "Remove this instance from the state with terraform state rm, then plan again.",
	}.error()
}
