// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Values that the registrar reports keep their state in a plan: a toggle then shows one changed
// line, and what they have become since shows at the next refresh.
func (*domainSettingsResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Auto-renew of a domain that is registered at Cloudflare Registrar already. " +
			"Creating it adopts the domain and never buys one; destroying it changes nothing at the registrar.",
		Attributes: map[string]schema.Attribute{
			"domain_name": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The registered domain, such as `example.com`: Unicode or punycode, in any case. " +
					"Another spelling of the same domain is no change; another domain replaces the resource.",
				Validators:    []validator.String{domainNameValidator{}},
				PlanModifiers: []planmodifier.String{domainNamePlan{}},
			},
			"auto_renew": schema.BoolAttribute{
				Required: true,
				MarkdownDescription: "Whether Cloudflare renews the domain before it expires. **Turning it on authorises charges** to the account's default " +
					"payment method, from 30 days before expiry on, at the registry's price of that time; renewals are not refunded. " +
					"Turned off, the domain is lost some time after `expires_at`. There is no default.",
			},
			"account_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "The account that holds the domain, at most 32 characters. Default: the provider's `account_id`. Changing it replaces the resource.",
				Validators:          []validator.String{accountValidator{}},
				PlanModifiers: []planmodifier.String{
					stringplanmodifier.UseNonNullStateForUnknown(),
					stringplanmodifier.RequiresReplaceIf(accountChanged, "another account replaces the resource", "another account replaces the resource"),
				},
			},
			"timeouts": timeoutsAttribute(),
			"id": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "`<account_id>/<domain_name>`, the name in lower-case ASCII form.",
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
			},
			"status": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Status of the registration as the registrar reports it: `active`, `registration_pending`, `expired`, `suspended`, " +
					"`redemption_period`, `pending_delete`, or one that is new.",
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"created_at": schema.StringAttribute{
				Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "When the domain was registered (RFC 3339).",
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"expires_at": schema.StringAttribute{
				Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "When the registration expires (RFC 3339); null while it is pending.",
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"locked": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the domain is locked against transfer. The API does not offer to change it.",
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"privacy_mode": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "`redaction` where the registrant's data is kept out of WHOIS, otherwise `off`. The API does not offer to change it.",
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
		},
	}
}

// accountChanged spares a state without an account, as a move from another provider can leave
// it: filling it in is no change of the account.
func accountChanged(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.StateValue.IsNull()
}

func (*domainSettingsResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"domain_name": identityschema.StringAttribute{
				RequiredForImport: true,
				Description:       "The registered domain. Kept in lower-case ASCII form.",
			},
			"account_id": identityschema.StringAttribute{
				OptionalForImport: true,
				Description:       "The account that holds the domain. Default: the provider's account_id.",
			},
		},
	}
}
