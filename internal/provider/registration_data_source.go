// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// newRegistrationDataSource returns the data source registrar_domain.
func newRegistrationDataSource() datasource.DataSource {
	attributes := map[string]schema.Attribute{
		"domain_name": domainNameArgument(),
		"account_id":  accountArgument(holdingAccount),
		"auto_renew":  autoRenewResult(),
	}
	maps.Copy(attributes, computedDataSourceAttributes())
	return &dataSource[registrationModel]{name: "domain", read: readRegistration, schema: schema.Schema{
		MarkdownDescription: "A domain that an account holds at Cloudflare Registrar. The read fails if the account does not hold the domain. " +
			"Reading many domains sends one request per 50 domains in the account.",
		Attributes: attributes,
	}}
}

// autoRenewResult returns the computed auto_renew of a data source.
func autoRenewResult() schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether Cloudflare renews the domain before `expires_at` and charges the account."}
}

func readRegistration(ctx context.Context, d *providerData, model *registrationModel, diags *diag.Diagnostics) {
	id := d.address(model.AccountID, model.DomainName, diags)
	if diags.HasError() {
		return
	}
	ctx, cancel := readOperation.start(ctx)
	defer cancel()
	registration, err := d.registrations.Get(ctx, id)
	if err != nil {
		diags.Append(errorDiagnostic(readOperation, err, id, d.product)...)
		return
	}
	*model = model.with(id, registration)
}
