// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// address finds the registration that an account and a domain name mean; the account falls back
// to the provider's. It makes no request.
func (d *providerData) address(account, domain types.String, diags *diag.Diagnostics) client.DomainID {
	return client.DomainID{Account: d.account(account, diags), Name: parseName(domain.ValueString(), diags)}
}

// account falls back to the provider's account.
func (d *providerData) account(configured types.String, diags *diag.Diagnostics) string {
	if configured.ValueString() != "" {
		return configured.ValueString()
	}
	if d.accountID == "" {
		diags.AddAttributeError(path.Root("account_id"), "No account",
			"account_id is not set here, nor in the provider block, nor in "+envAccountID+". Set one of them to the account that holds the domain.")
	}
	return d.accountID
}

func parseName(text string, diags *diag.Diagnostics) domainname.Name {
	name, err := domainname.Parse(text)
	if err != nil {
		diags.AddAttributeError(path.Root("domain_name"), "Invalid domain name", "domain_name: "+err.Error())
	}
	return name
}

// splitImportID reads "<domain>" or "<account_id>/<domain>".
func splitImportID(id string) (account, domain types.String) {
	before, after, found := strings.Cut(id, "/")
	if !found {
		return types.StringNull(), types.StringValue(id)
	}
	return types.StringValue(before), types.StringValue(after)
}
