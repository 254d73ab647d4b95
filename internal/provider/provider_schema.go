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
		MarkdownDescription: "Manages auto-renew of domains at Cloudflare Registrar: changes it, waits until the registration shows the change, and shows drift. " +
			"It never buys, renews, transfers or deletes a domain.",
		Attributes: map[string]schema.Attribute{
			"api_token": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "API token of a user or an account (recommended), with the permission group **Registrar Domains Read** to plan and " +
					"**Registrar Domains Admin** to apply (in the sandbox **Registrar Sandbox Domains Read** and **Registrar Sandbox Domains Admin**). " +
					"Default: the environment variable `" + envToken + "`. Use either this or `api_key` with `email`; " +
					"credentials in the provider block are never completed from the environment.",
			},
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Global API Key, which grants everything that its user may do. Needs `email`. " +
					"Default: the environment variable `" + envKey + "`.",
			},
			"email": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Email address of the user to whom `api_key` belongs. Default: the environment variable `" + envEmail + "`. Not sent beside a token.",
			},
			"account_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Account of every resource, data source and list that sets no `account_id`: the identifier of at most 32 characters after " +
					"`https://dash.cloudflare.com/` in the dashboard's address. May be unknown when planning. Default: the environment variable `" + envAccountID + "`.",
			},
			"base_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Address of the API, to which the credentials are sent: `https`, or `http` to a loopback address such as a fake for tests. " +
					"Default: the environment variable `" + envBaseURL + "`, else `" + client.DefaultBaseURL + "`.",
			},
			"sandbox": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to use Cloudflare's [registrar sandbox](https://developers.cloudflare.com/api/resources/registrar_sandbox/), which has test domains of its own and never bills. " +
					"Default: the environment variable `" + envSandbox + "` (`true` or `false`), else `false`.",
			},
			"respond_async": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to ask the server to answer a change at once (`Prefer: respond-async`) instead of after about ten seconds. " +
					"Set it where a proxy cuts idle connections sooner. Default: `false`, which saves a request for a change that is quick.",
			},
		},
	}
}
