// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"net/http"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

var (
	_ provider.ProviderWithListResources  = (*registrarProvider)(nil)
	_ provider.ProviderWithValidateConfig = (*registrarProvider)(nil)
)

// registrarProvider is one provider process. Terraform configures it for each walk of its graph; the
// limiter lives as long as the process, because a new walk doesn't reset Cloudflare's limit.
type registrarProvider struct {
	version   string
	getenv    func(string) string
	transport http.RoundTripper
	limiter   *client.Limiter
}

// Option configures a provider.
type Option func(*registrarProvider)

// WithTransport sends requests through this transport instead of the network.
func WithTransport(transport http.RoundTripper) Option {
	return func(p *registrarProvider) { p.transport = transport }
}

// WithEnvironment reads environment variables with this function.
func WithEnvironment(getenv func(string) string) Option {
	return func(p *registrarProvider) { p.getenv = getenv }
}

// New returns a function that makes a provider. The version is part of the User-Agent.
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider {
		p := &registrarProvider{
			version: version, getenv: os.Getenv,
			transport: client.NewTransport(), limiter: client.NewLimiter(),
		}
		for _, option := range options {
			option(p)
		}
		return p
	}
}

func (p *registrarProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "registrar"
	resp.Version = p.version
}

func (p *registrarProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = providerSchema()
}

// ValidateConfig checks the provider block as if the environment had a token: `terraform validate`
// often runs without credentials.
func (p *registrarProvider) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	_, diags := resolve(config, func(variable string) string {
		if variable == envToken {
			return "supplied"
		}
		return ""
	})
	resp.Diagnostics.Append(diags...)
}

// Configure reads the provider block and the environment. It sends no request.
func (p *registrarProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(unknowns(req.Config.Raw)...)
	if resp.Diagnostics.HasError() {
		return
	}
	settings, diags := resolve(config, p.getenv)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	data := p.data(settings, req.TerraformVersion)
	resp.ResourceData, resp.DataSourceData, resp.ListResourceData = data, data, data
}

func (p *registrarProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newDomainSettingsResource}
}

func (p *registrarProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{newRegistrationDataSource, newRegistrationsDataSource, newUpdateStatusDataSource}
}

func (p *registrarProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{newDomainSettingsListResource}
}
