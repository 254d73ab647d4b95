// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

var _ datasource.DataSourceWithConfigure = (*updateStatusDataSource)(nil)

// updateStatusDataSource is the data source registrar_domain_update_status.
type updateStatusDataSource struct{ dataSource }

func newUpdateStatusDataSource() datasource.DataSource { return &updateStatusDataSource{} }

func (*updateStatusDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_domain_update_status"
}

func (*updateStatusDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Where the last update of a domain stands, whoever started it: this provider, another client, or the dashboard. It looks once, " +
			"at the cost of one request, and does not wait. A domain without an update is `found = false`, not an error.",
		Attributes: map[string]schema.Attribute{
			"domain_name": domainNameArgument(),
			"account_id":  accountArgument(),
			"found":       schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the registrar knows of an update. If not, everything else here but `domain_name` and `account_id` is null."},
			"state": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "State of the update as the registrar reports it: `pending`, `in_progress`, `action_required`, `blocked`, `succeeded`, `failed`, or one that is newer than this list.",
			},
			"completed": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the update has ended by the registrar's own word, well or not."},
			"created_at": schema.StringAttribute{
				Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "When the update was started, in RFC 3339.",
			},
			"updated_at": schema.StringAttribute{
				Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "When its state last changed, in RFC 3339.",
			},
			"error": schema.SingleNestedAttribute{
				Computed: true, MarkdownDescription: "Why the update failed. Null unless it did.",
				Attributes: map[string]schema.Attribute{
					"code":    schema.StringAttribute{Computed: true, MarkdownDescription: "The registrar's code, such as `registry_rejected`."},
					"message": schema.StringAttribute{Computed: true, MarkdownDescription: "The registrar's explanation, in its own words."},
				},
			},
			"context_json": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "What the registrar adds to the update, as JSON for `jsondecode()`: for `action_required` the `action` and, where a confirmation was sent, `confirmation_sent_to`. Null where it adds nothing.",
			},
		},
	}
}

func (d *updateStatusDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model updateStatusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	id := d.data.address(model.AccountID, model.DomainName, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	var update *client.Update
	op := operation{name: "read", timeout: defaultReadTimeout}
	resp.Diagnostics.Append(d.data.run(ctx, op, id, func(ctx context.Context) (err error) {
		update, err = d.data.updateStatus(ctx, id)
		return err
	})...)
	if resp.Diagnostics.HasError() {
		return
	}
	model.AccountID, model.Found = types.StringValue(id.Account), types.BoolValue(update != nil)
	if update != nil {
		model.fromAPI(*update)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}
