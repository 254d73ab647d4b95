// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var _ datasource.DataSourceWithConfigure = (*registrationDataSource)(nil)

// registrationDataSource is the data source registrar_domain.
type registrationDataSource struct{ dataSource }

func newRegistrationDataSource() datasource.DataSource { return &registrationDataSource{} }

func (*registrationDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_domain"
}

func (*registrationDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"domain_name": domainNameArgument(),
		"account_id":  accountArgument(),
		"auto_renew":  autoRenewResult(),
	}
	maps.Copy(attributes, computedDataSourceAttributes())
	resp.Schema = schema.Schema{
		MarkdownDescription: "One domain that an account holds at Cloudflare Registrar. A domain that the account does not hold is an error. Looking costs one request, " +
			"or none where a listing of the account has answered it.",
		Attributes: attributes,
	}
}

// autoRenewResult is the setting of a domain that a data source found.
func autoRenewResult() schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether Cloudflare renews the domain, and charges the account for it, before `expires_at`."}
}

// domainNameArgument is the domain that a data source looks up.
func domainNameArgument() schema.StringAttribute {
	return schema.StringAttribute{
		Required: true, MarkdownDescription: "The domain as it was registered, such as `example.com`: Unicode or punycode, in any case.",
		Validators: []validator.String{domainNameValidator},
	}
}

// accountArgument is the account that a data source looks in.
func accountArgument() schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: "Identifier of the account that holds the domain, at most 32 characters. Default: the provider's `account_id`.",
		Validators:          []validator.String{accountValidator},
	}
}

func (d *registrationDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config registrationModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	id := d.data.address(config.AccountID, config.DomainName, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	registration, diags := d.data.registration(ctx, operation{name: "read", timeout: defaultReadTimeout}, id)
	resp.Diagnostics.Append(diags...)
	if diags.HasError() {
		return
	}
	config.fromAPI(id, registration)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
