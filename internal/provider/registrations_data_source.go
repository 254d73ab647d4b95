// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// registrationsModel is registrar_domains: the filter and its matches.
type registrationsModel struct {
	registrationFilter
	Domains []registrationModel `tfsdk:"domains"`
}

// newRegistrationsDataSource returns the data source registrar_domains.
func newRegistrationsDataSource() datasource.DataSource {
	domain := computedDataSourceAttributes()
	maps.Copy(domain, map[string]schema.Attribute{
		"domain_name": textResult("The domain in lowercase ASCII (punycode)."),
		"account_id":  textResult("ID of the account that holds the domain."),
		"auto_renew":  autoRenewResult(),
	})
	return &dataSource[registrationsModel]{name: "domains", read: readRegistrations, schema: schema.Schema{
		MarkdownDescription: "The domains that an account holds at Cloudflare Registrar. Each read sends one request per 50 domains in the account, even with filters.",
		Attributes: map[string]schema.Attribute{
			"account_id": accountArgument("ID of the account to list"),
			"auto_renew": schema.BoolAttribute{Optional: true, MarkdownDescription: filterAutoRenew},
			"statuses": schema.ListAttribute{
				Optional: true, ElementType: types.StringType, MarkdownDescription: filterStatuses, Validators: []validator.List{statusesValidator{}},
			},
			"expires_before": schema.StringAttribute{Optional: true, MarkdownDescription: filterExpiresBefore, Validators: []validator.String{timeValidator}},
			"domains": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The domains that match all filters, ordered by name. Empty if none match.",
				NestedObject: schema.NestedAttributeObject{Attributes: domain},
			},
		},
	}}
}

// readRegistrations lists the domains of an account that match. An unreadable entry is an error, because
// its domain would look unregistered.
func readRegistrations(ctx context.Context, d *providerData, model *registrationsModel, diags *diag.Diagnostics) {
	account, matches := d.list(ctx, model.registrationFilter, 0, false, diags)
	slices.SortFunc(matches, func(a, b client.Registration) int { return cmp.Compare(a.Name, b.Name) })
	model.AccountID, model.Domains = types.StringValue(account), []registrationModel{}
	for _, registration := range matches {
		model.Domains = append(model.Domains, registrationModel{}.with(client.DomainID{Account: account, Name: registration.Name}, registration))
	}
}
