// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// address returns the ID of the registration that an account and a domain name mean; the account
// falls back to the provider's. It makes no request.
func (d *providerData) address(account, domain types.String, diags *diag.Diagnostics) client.DomainID {
	return client.DomainID{Account: d.knownAccount(account, diags), Name: parseName(domain.ValueString(), diags)}
}

// account falls back to the provider's account. It is unknown while the account that counts is.
func (d *providerData) account(configured types.String, diags *diag.Diagnostics) types.String {
	if !configured.IsNull() {
		return configured
	}
	if d.accountID.IsNull() {
		diags.AddAttributeError(path.Root("account_id"), "No account",
			"account_id is not set here, nor in the provider block, nor in "+envAccountID+". Set one of them to the account that holds the domain.")
	}
	return d.accountID
}

// knownAccount is account for requests, which cannot be sent while the account is unknown.
func (d *providerData) knownAccount(configured types.String, diags *diag.Diagnostics) string {
	account := d.account(configured, diags)
	if account.IsUnknown() {
		diags.AddAttributeError(path.Root("account_id"), "Account is not known yet",
			"account_id is not set here, and the provider's account_id is only known after apply. Set account_id here as well "+
				"(a data source is then read during the apply; an import takes <account_id>/<domain>), or apply what it depends on first (terraform apply -target=…).")
	}
	return account.ValueString()
}

func parseName(text string, diags *diag.Diagnostics) domainname.Name {
	name, err := domainname.Parse(text)
	if err != nil {
		diags.AddAttributeError(path.Root("domain_name"), "Invalid domain name", "domain_name: "+err.Error())
	}
	return name
}
