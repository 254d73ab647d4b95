// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// The environment variables. Cloudflare's own tools use the same names, except for envSandbox.
const (
	envToken     = "CLOUDFLARE_API_TOKEN" //nolint:gosec // the name of a variable, not a credential
	envKey       = "CLOUDFLARE_API_KEY"
	envEmail     = "CLOUDFLARE_EMAIL"
	envAccountID = "CLOUDFLARE_ACCOUNT_ID"
	envBaseURL   = "CLOUDFLARE_BASE_URL"
	envSandbox   = "CLOUDFLARE_REGISTRAR_SANDBOX"
)

// providerModel is the provider block.
type providerModel struct {
	APIToken     types.String `tfsdk:"api_token"`
	APIKey       types.String `tfsdk:"api_key"`
	Email        types.String `tfsdk:"email"`
	AccountID    types.String `tfsdk:"account_id"`
	BaseURL      types.String `tfsdk:"base_url"`
	Sandbox      types.Bool   `tfsdk:"sandbox"`
	RespondAsync types.Bool   `tfsdk:"respond_async"`
}

func providerSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Manages auto-renew of domains at Cloudflare Registrar. It changes the setting, waits until the registration shows the change, and detects drift. " +
			"It never buys, renews, transfers or deletes a domain.",
		Attributes: map[string]schema.Attribute{
			"api_token": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "API token (recommended), of a user or an account. It needs the permission group **Registrar Domains Read** to plan and " +
					"**Registrar Domains Admin** to apply (in the sandbox, **Registrar Sandbox Domains Read** and **Registrar Sandbox Domains Admin**). " +
					"Default: the environment variable `" + envToken + "`. Use either this or `api_key` with `email`. " +
					"Credentials in the provider block are never combined with environment variables.",
			},
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Global API Key, which grants all permissions of its user. Needs `email`. " +
					"Default: the environment variable `" + envKey + "`.",
			},
			"email": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Email address of the user who owns `api_key`. Default: the environment variable `" + envEmail + "`. Not sent with a token.",
			},
			"account_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Default account for resources, data sources and lists: the ID after `dash.cloudflare.com/` in the dashboard's URL, at most 32 characters. " +
					"Can be unknown in a plan. Default: the environment variable `" + envAccountID + "`.",
			},
			"base_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "URL of the API, which receives the credentials: `https`, or `http` for a test server on a loopback address. " +
					"Default: the environment variable `" + envBaseURL + "`, or else `" + client.DefaultBaseURL + "`.",
			},
			"sandbox": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to use Cloudflare's [registrar sandbox](https://developers.cloudflare.com/api/resources/registrar_sandbox/), which has its own test domains and no charges. " +
					"Default: the environment variable `" + envSandbox + "` (`true` or `false`), or else `false`.",
			},
			"respond_async": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to request an immediate answer to each change (`Prefer: respond-async`). " +
					"By default the server holds the connection for up to ten seconds. Set it to `true` if a proxy closes idle connections sooner. " +
					"Default: `false`, which saves a request if the change is quick.",
			},
		},
	}
}
