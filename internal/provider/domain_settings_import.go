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
	"github.com/hashicorp/terraform-plugin-framework/types"
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
	registration, diags := run(ctx, r.data, readOperation, id, r.data.registrations.Get)
	resp.Diagnostics.Append(diags...)
	if diags.HasError() {
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
