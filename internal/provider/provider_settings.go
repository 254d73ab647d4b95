// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"net/url"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// settings is what the configuration and the environment come to.
type settings struct {
	credentials  client.Credentials
	accountID    string
	baseURL      *url.URL
	product      client.Product
	respondAsync bool
}

// resolve reads the provider block and the environment. It finds every fault at once and sends
// nothing.
func resolve(config providerModel, getenv func(string) string) (settings, diag.Diagnostics) {
	diags := unknowns(config)
	if diags.HasError() {
		return settings{}, diags
	}
	s := settings{product: client.Production, respondAsync: config.RespondAsync.ValueBool()}
	s.credentials = resolveCredentials(config, getenv, &diags)
	s.accountID = resolveAccount(config.AccountID, getenv, &diags)
	s.baseURL = resolveBaseURL(config.BaseURL, getenv, &diags)
	if resolveSandbox(config.Sandbox, getenv, &diags) {
		s.product = client.Sandbox
	}
	return s, diags
}

// unknowns refuses values that are not known yet. Taken for absent, an unknown token would send
// the plan out with other credentials, or to another account, than the apply.
func unknowns(config providerModel) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, attribute := range []struct {
		name    string
		unknown bool
	}{
		{"api_token", config.APIToken.IsUnknown()},
		{"api_key", config.APIKey.IsUnknown()},
		{"email", config.Email.IsUnknown()},
		{"account_id", config.AccountID.IsUnknown()},
		{"base_url", config.BaseURL.IsUnknown()},
		{"sandbox", config.Sandbox.IsUnknown()},
		{"respond_async", config.RespondAsync.IsUnknown()},
	} {
		if attribute.unknown {
			diags.AddAttributeError(path.Root(attribute.name), "Provider configuration is not known yet",
				attribute.name+" depends on something that is only known after apply. Give it a value that is known when planning, "+
					"or apply what it depends on first (terraform apply -target=…).")
		}
	}
	return diags
}

func resolveAccount(configured types.String, getenv func(string) string, diags *diag.Diagnostics) string {
	account := configured.ValueString()
	if configured.IsNull() {
		account = getenv(envAccountID)
		if account == "" {
			return ""
		}
	}
	if err := client.CheckAccount(account); err != nil {
		diags.AddAttributeError(path.Root("account_id"), "Invalid account",
			strconv.Quote(account)+" ("+source(configured, envAccountID)+") cannot be an account: "+err.Error()+".")
	}
	return account
}

func resolveBaseURL(configured types.String, getenv func(string) string, diags *diag.Diagnostics) *url.URL {
	text := configured.ValueString()
	if configured.IsNull() {
		text = cmp.Or(getenv(envBaseURL), client.DefaultBaseURL)
	}
	base, err := client.ParseBaseURL(text)
	if err != nil {
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
