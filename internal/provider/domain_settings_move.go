// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

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
