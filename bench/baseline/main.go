// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command baseline is a provider that does nothing. Every provider based on terraform-plugin-framework uses at least as
// much time and memory.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

func main() {
	options := providerserver.ServeOpts{Address: "registry.terraform.io/seed-9d79c00c/baseline"}
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return baseline{} }, options); err != nil {
		log.Fatal(err)
	}
}

type baseline struct{}

func (baseline) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "baseline"
}

func (baseline) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{}
}

func (baseline) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (baseline) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return thing{} }}
}

func (baseline) DataSources(context.Context) []func() datasource.DataSource { return nil }

// thing copies its configuration to the state. It has the attributes of registrar_domain_settings, except timeouts.
type thing struct{}

func (thing) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "baseline_domain_settings"
}

// reported lists the read-only attributes.
var reported = []string{"id", "status", "created_at", "expires_at", "locked", "privacy_mode", "unicode_name"}

func (thing) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema.Attributes = map[string]resourceschema.Attribute{
		"account_id": resourceschema.StringAttribute{Required: true}, "domain_name": resourceschema.StringAttribute{Required: true}, "auto_renew": resourceschema.BoolAttribute{Required: true},
	}
	for _, name := range reported {
		resp.Schema.Attributes[name] = resourceschema.StringAttribute{Computed: true}
	}
}

func (thing) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
	for _, name := range reported {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), "")...)
	}
}

func (thing) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (thing) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}

func (thing) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
