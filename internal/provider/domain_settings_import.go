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
)

// ImportState takes "<domain>", "<account_id>/<domain>" or an identity. It looks whether the
// account holds the domain, because Read could only say that it is gone; Read is then answered
// from the cache.
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

// importIdentity reads the identity, or the import ID where there is none. `terraform import`
// with an empty ID brings neither: the framework then passes an identity that is null.
func importIdentity(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) (identity domainSettingsIdentity) {
	identity, ok := parseImportID(req.ID)
	switch {
	case ok:
	case req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull():
		diags.Append(req.Identity.Get(ctx, &identity)...)
	default:
		diags.AddError("Invalid import ID",
			fmt.Sprintf(`%q is not an import ID. Import by "<domain>" or "<account_id>/<domain>", such as "example.com".`, req.ID))
	}
	return identity
}

// parseImportID splits "<domain>" or "<account_id>/<domain>", and reports whether the ID has
// one of these forms.
func parseImportID(id string) (domainSettingsIdentity, bool) {
	parts := strings.Split(id, "/")
	identity := domainSettingsIdentity{DomainName: types.StringValue(parts[len(parts)-1])}
	if len(parts) == 2 {
		identity.AccountID = types.StringValue(parts[0])
	}
	return identity, len(parts) <= 2 && !slices.Contains(parts, "")
}

// movedModel is what is of use in the state of a cloudflare_registrar_domain. Its "locked" and
// "privacy" were wishes of the configuration, never read back; the next refresh fills in what
// the registrar has.
type movedModel struct {
	AccountID  types.String `tfsdk:"account_id"`
	DomainName types.String `tfsdk:"domain_name"`
	AutoRenew  types.Bool   `tfsdk:"auto_renew"`
}

// MoveState takes over cloudflare_registrar_domain in a moved block.
func (*domainSettingsResource) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{
		SourceSchema: &schema.Schema{Attributes: map[string]schema.Attribute{
			"account_id":  schema.StringAttribute{Optional: true},
			"domain_name": schema.StringAttribute{Optional: true},
			"auto_renew":  schema.BoolAttribute{Optional: true},
		}},
		StateMover: moveFromCloudflare,
	}}
}

// movable reports whether the source is the resource that is known here. Its schema was
// versioned 0 and 500 in turn over its releases, with the same attributes. The host of the
// provider's address depends on the CLI and the user's mirrors.
func movable(req resource.MoveStateRequest) bool {
	return req.SourceTypeName == "cloudflare_registrar_domain" &&
		strings.HasSuffix(req.SourceProviderAddress, "/cloudflare/cloudflare") &&
		(req.SourceSchemaVersion == 0 || req.SourceSchemaVersion == 500) &&
		req.SourceState != nil
}

// moveFromCloudflare works offline: Terraform does not configure a provider for a move. What the
// source does not hold stays null and is filled in by the next refresh.
func moveFromCloudflare(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	if !movable(req) {
		return
	}
	var from movedModel
	resp.Diagnostics.Append(req.SourceState.Get(ctx, &from)...)
	if resp.Diagnostics.HasError() {
		return
	}
	name := parseName(from.DomainName.ValueString(), &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	to := domainSettingsModel{Timeouts: types.ObjectNull(timeoutTypes)}
	to.AccountID, to.DomainName, to.AutoRenew = from.AccountID, from.DomainName, from.AutoRenew
	id := client.DomainID{Account: from.AccountID.ValueString(), Name: name}
	identity := resp.TargetIdentity
	if from.AccountID.IsNull() {
		identity = nil // must not change later, and the part that is missing now would
	} else {
		to.ID = types.StringValue(id.String())
	}
	// The incumbent knows no sandbox.
	resp.Diagnostics.Append((&providerData{product: client.Production}).keepAPI(ctx, resp.TargetPrivate)...)
	resp.Diagnostics.Append(setStateAndIdentity(ctx, identity, &resp.TargetState, id, &to)...)
}
