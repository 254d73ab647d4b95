// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

var _ datasource.DataSourceWithConfigure = (*registrationsDataSource)(nil)

// registrationsDataSource is the data source registrar_domains.
type registrationsDataSource struct{ dataSource }

// registrationsModel is the filter and what matched.
type registrationsModel struct {
	registrationFilter
	Domains []registrationModel `tfsdk:"domains"`
}

func newRegistrationsDataSource() datasource.DataSource { return &registrationsDataSource{} }

func (*registrationsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_domains"
}

func (*registrationsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	account := accountArgument()
	account.MarkdownDescription = filterAccount
	domain := computedDataSourceAttributes()
	maps.Copy(domain, map[string]schema.Attribute{
		"domain_name": schema.StringAttribute{Computed: true, MarkdownDescription: "The domain in lower-case ASCII form (punycode)."},
		"account_id":  schema.StringAttribute{Computed: true, MarkdownDescription: "Identifier of the account that holds it."},
		"auto_renew":  autoRenewResult(),
	})
	resp.Schema = schema.Schema{
		MarkdownDescription: "The domains that an account holds at Cloudflare Registrar. It costs one request for each fifty domains of the account, whatever the filters.",
		Attributes: map[string]schema.Attribute{
			"account_id": account,
			"auto_renew": schema.BoolAttribute{Optional: true, MarkdownDescription: filterAutoRenew},
			"statuses": schema.SetAttribute{
				Optional: true, ElementType: types.StringType, MarkdownDescription: filterStatuses, Validators: []validator.Set{statusesValidator{}},
			},
			"expires_before": schema.StringAttribute{Optional: true, MarkdownDescription: filterExpiresBefore, Validators: []validator.String{timeValidator}},
			"domains": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The domains that pass all filters, ordered by name. Empty if none does.",
				NestedObject: schema.NestedAttributeObject{Attributes: domain},
			},
		},
	}
}

func (d *registrationsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model registrationsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	account := d.data.knownAccount(model.AccountID, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	model.AccountID, model.Domains = types.StringValue(account), []registrationModel{}
	op := operation{name: "listing", timeout: defaultReadTimeout}
	resp.Diagnostics.Append(d.data.run(ctx, op, client.DomainID{Account: account}, func(ctx context.Context) error {
		return model.collect(account, d.data.registrations.List(ctx, account))
	})...)
	if resp.Diagnostics.HasError() {
		return
	}
	model.order()
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// collect adds the pages of an account. An entry that cannot be read is an error, because a
// list with holes would read as "not registered".
func (m *registrationsModel) collect(account string, pages iter.Seq2[client.Page, error]) error {
	for page, err := range pages {
		if err == nil && len(page.Unreadable) > 0 {
			err = page.Unreadable[0]
		}
		if err != nil {
			return err
		}
		m.add(account, page)
	}
	return nil
}

// add appends the registrations of a page that match.
func (m *registrationsModel) add(account string, page client.Page) {
	for _, registration := range page.Registrations {
		if m.matches(registration) {
			m.Domains = append(m.Domains, registrationFromAPI(client.DomainID{Account: account, Name: registration.Name}, registration))
		}
	}
}

// order sorts by name and drops a domain that came twice because it moved between pages.
func (m *registrationsModel) order() {
	slices.SortStableFunc(m.Domains, func(a, b registrationModel) int {
		return strings.Compare(a.DomainName.ValueString(), b.DomainName.ValueString())
	})
	m.Domains = slices.CompactFunc(m.Domains, func(a, b registrationModel) bool { return a.DomainName.Equal(b.DomainName) })
}
