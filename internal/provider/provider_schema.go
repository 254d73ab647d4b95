// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// The environment variables, under the names that Cloudflare's own tools read.
const (
	envToken     = "CLOUDFLARE_API_TOKEN" //nolint:gosec // the name of a variable, not a credential
	envKey       = "CLOUDFLARE_API_KEY"
	envEmail     = "CLOUDFLARE_EMAIL"
	envAccountID = "CLOUDFLARE_ACCOUNT_ID"
	envBaseURL   = "CLOUDFLARE_BASE_URL"
	envSandbox   = "CLOUDFLARE_REGISTRAR_SANDBOX"
)

// providerModel is the provider block as written.
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
		MarkdownDescription: "Keeps the auto-renew of domains at Cloudflare Registrar in code: changes it through the registrar's " +
			"asynchronous update, waits until the registration shows the change, and shows drift. It never buys, renews, transfers or deletes a domain.",
		Attributes: map[string]schema.Attribute{
			"api_token": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "API token, user-owned or account-owned, with the permission group **Registrar Domains Read** to plan and " +
					"**Registrar Domains Admin** to apply (in the sandbox *Registrar Sandbox Domains Read* and *Admin*). " +
					"Can be set with `" + envToken + "`. Use either this or `api_key` with `email`.",
			},
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Global API Key, which grants everything its user may do; an API token is the better choice. Needs `email`. " +
					"Can be set with `" + envKey + "`.",
			},
			"email": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Email of the user to whom `api_key` belongs. Can be set with `" + envEmail + "`. Unused beside a token.",
			},
			"account_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Account of every resource, data source and list that names none itself: at most 32 characters, shown on the account's " +
					"overview in the dashboard. Can be set with `" + envAccountID + "`.",
			},
			"base_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Where the API stands. Plain `http` only to this very machine. Default: `" + client.DefaultBaseURL + "`. " +
					"Can be set with `" + envBaseURL + "`.",
			},
			"sandbox": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to use Cloudflare's registrar sandbox, which has its own domains and never bills. Default: `false`. " +
					"Can be set with `" + envSandbox + "`.",
			},
			"respond_async": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to ask the server not to hold the connection of a change while it is made (`Prefer: respond-async`). " +
					"Set it where something between here and Cloudflare cuts connections that are quiet for ten seconds. Default: `false`; " +
					"most changes then need a single request.",
			},
		},
	}
}
