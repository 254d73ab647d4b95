// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command floor is a provider that does nothing: one attribute, one resource, one data source, on
// the framework that terraform-provider-registrar stands on. What it takes in disk, memory and time
// is what any provider on that framework takes, and so the floor beneath ours.
//
// It was calibrated once against HashiCorp's scaffolding provider; bench/README.md has the figures.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

func main() {
	options := providerserver.ServeOpts{Address: "registry.terraform.io/seed-9d79c00c/floor"}
	if err := providerserver.Serve(context.Background(), newFloor, options); err != nil {
		log.Fatal(err)
	}
}

type floorProvider struct{}

func newFloor() provider.Provider { return floorProvider{} }

func (floorProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "floor"
}

func (floorProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{"endpoint": schema.StringAttribute{Optional: true}}}
}

func (floorProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (floorProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newFloorResource}
}

func (floorProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{newFloorDataSource}
}
