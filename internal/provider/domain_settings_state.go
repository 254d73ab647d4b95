// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// setStateAndIdentity sets identity and state together or neither, so that the two cannot part. A CLI
// without identities passes none.
func setStateAndIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, state *tfsdk.State, id client.DomainID, model *domainSettingsModel) diag.Diagnostics {
	next := tfsdk.State{Raw: state.Raw, Schema: state.Schema}
	diags := next.Set(ctx, model)
	if identity != nil && !diags.HasError() {
		diags.Append(identity.Set(ctx, identityOf(id))...)
	}
	if !diags.HasError() {
		state.Raw = next.Raw
	}
	return diags
}
