// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"net/url"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// settings are the provider's, from the configuration and the environment.
type settings struct {
	credentials  client.Credentials
	accountID    types.String // null where there is none, unknown until it is created
	baseURL      *url.URL
	product      client.Product
	respondAsync bool
}

// resolve reads the provider block and the environment. It reports every fault at once and sends
// nothing. A value that is unknown, as every variable is to `terraform validate`, has no fault.
func resolve(config providerModel, getenv func(string) string) (settings, diag.Diagnostics) {
	var diags diag.Diagnostics
	s := settings{
		credentials:  resolveCredentials(config, getenv, &diags),
		accountID:    resolveAccount(config.AccountID, getenv, &diags),
		baseURL:      resolveBaseURL(config.BaseURL, getenv, &diags),
		product:      resolveProduct(config.Sandbox, getenv, &diags),
		respondAsync: config.RespondAsync.ValueBool(),
	}
	return s, diags
}

// unknowns refuses values that are not known yet, except the account, which a plan can leave
// open. Taken for absent, an unknown token would send the plan out with other credentials than
// the apply, and an unknown base_url to another server.
func unknowns(block tftypes.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	var attributes map[string]tftypes.Value
	if err := block.As(&attributes); err != nil {
		diags.AddError("Invalid provider configuration", err.Error())
	}
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		if name != "account_id" && !attributes[name].IsKnown() {
			diags.AddAttributeError(path.Root(name), "Provider configuration is not known yet",
				name+" depends on something that is only known after apply. Give it a value that is known when planning, "+
					"or apply what it depends on first (terraform apply -target=…).")
		}
	}
	return diags
}

// fallback takes a value from the environment where the provider block has none, and says where
// it is from.
func fallback(configured types.String, getenv func(string) string, variable string) (value types.String, from string) {
	if configured.IsNull() {
		return textOrNull(getenv(variable)), "from " + variable
	}
	return configured, "from the provider block"
}

func resolveAccount(configured types.String, getenv func(string) string, diags *diag.Diagnostics) types.String {
	account, from := fallback(configured, getenv, envAccountID)
	if account.IsNull() || account.IsUnknown() {
		return account
	}
	if fault := accountFault("account_id ("+from+")", account.ValueString()); fault != "" {
		diags.AddAttributeError(path.Root("account_id"), "Invalid account ID", fault)
	}
	return account
}

func resolveBaseURL(configured types.String, getenv func(string) string, diags *diag.Diagnostics) *url.URL {
	text, from := fallback(configured, getenv, envBaseURL)
	if text.IsNull() {
		text = types.StringValue(client.DefaultBaseURL)
	}
	base, err := client.ParseBaseURL(text.ValueString())
	if err != nil && !text.IsUnknown() {
		diags.AddAttributeError(path.Root("base_url"), "Invalid base URL", "base_url ("+from+") "+err.Error()+".")
	}
	return base
}

func resolveProduct(configured types.Bool, getenv func(string) string, diags *diag.Diagnostics) client.Product {
	sandbox, text := configured.ValueBool(), getenv(envSandbox)
	if configured.IsNull() && text != "" {
		var err error
		if sandbox, err = strconv.ParseBool(text); err != nil {
			diags.AddAttributeError(path.Root("sandbox"), "Invalid sandbox setting",
				envSandbox+" is "+strconv.Quote(text)+". Set it to true or false, or unset it.")
		}
	}
	if sandbox {
		return client.Sandbox
	}
	return client.Production
}
