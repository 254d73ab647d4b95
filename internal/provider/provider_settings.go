// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
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
	s := settings{product: client.Production, respondAsync: config.RespondAsync.ValueBool()}
	s.credentials = resolveCredentials(config, getenv, &diags)
	s.accountID = resolveAccount(config.AccountID, getenv, &diags)
	s.baseURL = resolveBaseURL(config.BaseURL, getenv, &diags)
	if resolveSandbox(config.Sandbox, getenv, &diags) {
		s.product = client.Sandbox
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

func resolveAccount(configured types.String, getenv func(string) string, diags *diag.Diagnostics) types.String {
	account := configured
	if configured.IsNull() {
		account = textOrNull(getenv(envAccountID))
	}
	if account.IsNull() || account.IsUnknown() {
		return account
	}
	if fault := accountFault("account_id ("+source(configured, envAccountID)+")", account.ValueString()); fault != "" {
		diags.AddAttributeError(path.Root("account_id"), "Invalid account ID", fault)
	}
	return account
}

func resolveBaseURL(configured types.String, getenv func(string) string, diags *diag.Diagnostics) *url.URL {
	text := configured.ValueString()
	if configured.IsNull() {
		text = cmp.Or(getenv(envBaseURL), client.DefaultBaseURL)
	}
	base, err := client.ParseBaseURL(text)
	if err != nil && !configured.IsUnknown() {
		diags.AddAttributeError(path.Root("base_url"), "Invalid base URL",
			"base_url ("+source(configured, envBaseURL)+") "+err.Error()+".")
	}
	return base
}

func resolveSandbox(configured types.Bool, getenv func(string) string, diags *diag.Diagnostics) bool {
	text := getenv(envSandbox)
	if !configured.IsNull() || text == "" {
		return configured.ValueBool()
	}
	sandbox, err := strconv.ParseBool(text)
	if err != nil {
		diags.AddAttributeError(path.Root("sandbox"), "Invalid sandbox setting",
			envSandbox+" is "+strconv.Quote(text)+". Set it to true or false, or unset it.")
	}
	return sandbox
}

// source tells where a value came from, for an error about it.
func source(configured types.String, variable string) string {
	if configured.IsNull() {
		return "from " + variable
	}
	return "from the provider block"
}
