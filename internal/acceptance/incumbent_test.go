// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// incumbent is a substitute for cloudflare/cloudflare, because a CLI needs the schema of every provider in a state.
// It has only the schema of cloudflare_registrar_domain, copied from a release.
type incumbent struct{ frameworkprovider.Provider }

func newIncumbent() frameworkprovider.Provider { return incumbent{} }

func (incumbent) Metadata(_ context.Context, _ frameworkprovider.MetadataRequest, resp *frameworkprovider.MetadataResponse) {
	resp.TypeName = "cloudflare"
}

func (incumbent) Schema(context.Context, frameworkprovider.SchemaRequest, *frameworkprovider.SchemaResponse) {
}

func (incumbent) Configure(context.Context, frameworkprovider.ConfigureRequest, *frameworkprovider.ConfigureResponse) {
}

func (incumbent) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (incumbent) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return incumbentDomain{} }}
}

// incumbentDomain has the schema of cloudflare_registrar_domain. Read keeps the state, and writes panic.
type incumbentDomain struct{ resource.Resource }

func (incumbentDomain) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "cloudflare_registrar_domain"
}

func (incumbentDomain) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		Version: 500,
		Attributes: map[string]schema.Attribute{
			"account_id":  schema.StringAttribute{Optional: true},
			"domain_name": schema.StringAttribute{Required: true},
			"auto_renew":  schema.BoolAttribute{Optional: true},
			"locked":      schema.BoolAttribute{Optional: true},
			"privacy":     schema.BoolAttribute{Optional: true},
		},
	}
}

func (incumbentDomain) Read(_ context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	resp.State.Raw = req.State.Raw
}

// incumbentState returns a state with a cloudflare_registrar_domain.
func incumbentState() string {
	return stateOf("cloudflare/cloudflare", "cloudflare_registrar_domain", 500, []string{"null"}, []string{"example.com"})
}

// stateOf returns a state with a resource named example that has one instance per domain. The keys are JSON.
func stateOf(provider, resourceType string, version int, keys, domains []string) string {
	instances := make([]string, len(domains))
	for i, domain := range domains {
		instances[i] = fmt.Sprintf(`{
      "index_key": %s, "schema_version": %d, "sensitive_attributes": [],
      "attributes": {"account_id": %q, "domain_name": %q, "auto_renew": true, "locked": true, "privacy": true}
    }`, keys[i], version, account, domain)
	}
	return fmt.Sprintf(`{
  "version": 4, "terraform_version": "1.8.0", "serial": 1, "lineage": "b5f7b4cd-3c69-4b0b-9bf3-6e3e8a6f5b58", "outputs": {},
  "resources": [{
    "mode": "managed", "type": %q, "name": "example", "provider": "provider[\"%s/%s\"]",
    "instances": [%s]
  }],
  "check_results": null
}`, resourceType, registryHost(), provider, strings.Join(instances, ", "))
}
