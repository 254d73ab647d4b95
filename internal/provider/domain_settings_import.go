// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// ImportState takes "<domain>", "<account_id>/<domain>" or an identity. It looks whether the
// account holds the domain, because Read could only say that it is gone; the look is answered
// together with those of the other imports, and Read is then answered from memory.
func (r *domainSettingsResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account, domain := splitImportID(req.ID)
	if req.ID == "" && req.Identity != nil {
		var identity domainSettingsIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		account, domain = identity.AccountID, identity.DomainName
	}
	id := r.importAddress(account, domain, resp)
	if resp.Diagnostics.HasError() {
		return
	}
	registration, diags := r.data.registration(ctx, operation{name: "import", timeout: defaultReadTimeout}, id)
	resp.Diagnostics.Append(diags...)
	if diags.HasError() {
		return
	}
	model := observed(id, registration)
	resp.Diagnostics.Append(r.data.keepAPI(ctx, resp.Private)...)
	resp.Diagnostics.Append(setStateAndIdentity(ctx, resp.Identity, &resp.State, id, &model)...)
}

// importAddress refuses an import id that cannot mean a registration.
func (r *domainSettingsResource) importAddress(account, domain types.String, resp *resource.ImportStateResponse) client.DomainID {
	if !account.IsNull() {
		if err := client.CheckAccount(account.ValueString()); err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("account_id"), "Invalid import id",
				account.String()+" cannot be an account: "+err.Error()+`. Import by "<domain>" or by "<account_id>/<domain>".`)
		}
	}
	return r.data.address(account, domain, &resp.Diagnostics)
}
