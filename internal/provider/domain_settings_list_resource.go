// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

var _ list.ListResourceWithConfigure = (*domainSettingsListResource)(nil)

// domainSettingsListResource lists the domains that registrar_domain_settings can manage, for
// `terraform query`.
type domainSettingsListResource struct{ data *providerData }

func newDomainSettingsListResource() list.ListResource { return &domainSettingsListResource{} }

// Metadata returns the name of the managed resource, because the CLI matches the two by name.
func (*domainSettingsListResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	newDomainSettingsResource().Metadata(ctx, req, resp)
}

func (r *domainSettingsListResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.data, _ = req.ProviderData.(*providerData)
}

func (*domainSettingsListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the domains of an account that `registrar_domain_settings` can manage. A query sends one request per 50 domains in the account.",
		Attributes: map[string]schema.Attribute{
			"account_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{accountValidator},
				MarkdownDescription: "ID of the account to list, at most 32 characters. Default: the provider's `account_id`.",
			},
			"auto_renew": schema.BoolAttribute{Optional: true, MarkdownDescription: filterAutoRenew},
			"statuses": schema.ListAttribute{
				Optional: true, ElementType: types.StringType, MarkdownDescription: filterStatuses, Validators: []validator.List{statusesValidator{}},
			},
			"expires_before": schema.StringAttribute{Optional: true, MarkdownDescription: filterExpiresBefore, Validators: []validator.String{timeValidator}},
		},
	}
}

// List reads every match before it returns the first. The CLI discards all results after an error, and a
// warning must be part of a result.
func (r *domainSettingsListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var filter registrationFilter
	diags := req.Config.Get(ctx, &filter)
	account, matches := r.data.list(ctx, filter, req.Limit, true, &diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		for _, registration := range matches {
			result := newListResult(ctx, req, client.DomainID{Account: account, Name: registration.Name}, registration)
			result.Diagnostics.Append(diags...)
			if diags = nil; !push(result) { // warn only in the first result: the CLI rejects a result without an identity
				return
			}
		}
	}
}

func newListResult(ctx context.Context, req list.ListRequest, id client.DomainID, registration client.Registration) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = displayName(id.Name)
	result.Diagnostics.Append(result.Identity.Set(ctx, identityOf(id))...)
	if req.IncludeResource {
		model := settingsFromAPI(id, registration)
		result.Diagnostics.Append(result.Resource.Set(ctx, &model)...)
	}
	return result
}
