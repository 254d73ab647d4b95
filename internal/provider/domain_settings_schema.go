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

// The descriptions that are longer than a line.
const (
	describeDomainName = "The domain as it was registered, such as `example.com`, and not a host name beneath it: Unicode or punycode, in any case, with or without " +
		"one trailing dot. Another spelling of the same domain is no change. Another domain replaces the resource, which leaves the setting of the old domain as it is."
	describeAutoRenew = "Whether Cloudflare renews the domain, year by year, before it expires. **Turning it on authorises charges** to the account's default " +
		"payment method: Cloudflare first tries about 30 days before `expires_at`, at the price of that time, and does not refund renewals " +
		"([source](https://developers.cloudflare.com/registrar/account-options/renew-domains/)). Turned on within those 30 days it may be charged at once. " +
		"Turned off, the domain is lost after `expires_at` unless somebody renews it by hand. " +
		"There is no default, because either value can cost something."
	describeStatus = "Status of the registration at the last refresh, as the registrar reports it: `active`, `registration_pending`, `expired`, `suspended`, " +
		"`redemption_period`, `pending_delete`, or one that is newer than this list. In the last four a refresh warns, " +
		"because the domain is about to be lost, and keeps the resource."
	describeExpiry = "When the registration expires, in RFC 3339 such as `2030-01-02T03:04:05Z`, at the last refresh. Null while the registration is pending. " +
		"A renewal moves it, which is no drift."
)

// Values that the registrar reports keep their state in a plan: a toggle then shows one changed
// line, and what they have become since shows at the next refresh.
func (*domainSettingsResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Auto-renew of a domain that is registered at Cloudflare Registrar already. " +
			"Creating it adopts the domain and never buys one; destroying it sends nothing to the registrar.",
		Attributes: map[string]schema.Attribute{
			"domain_name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: describeDomainName,
				Validators:          []validator.String{domainNameValidator{}},
				PlanModifiers:       []planmodifier.String{domainNamePlan{}},
			},
			"auto_renew": schema.BoolAttribute{
				Required:            true,
				MarkdownDescription: describeAutoRenew,
			},
			"account_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Identifier of the account that holds the domain, at most 32 characters. Default: the provider's `account_id`. " +
					"Changing it replaces the resource; it does not move the domain to another account.",
				Validators: []validator.String{accountValidator{}},
				PlanModifiers: []planmodifier.String{
					stringplanmodifier.UseNonNullStateForUnknown(),
					stringplanmodifier.RequiresReplaceIf(accountChanged, "another account replaces the resource", "another account replaces the resource"),
				},
			},
			"timeouts": timeoutsAttribute(),
			"id": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "`<account_id>/<domain_name>`, the name in lower-case ASCII form (punycode). It is also an import id.",
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
			},
			"status": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: describeStatus,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"created_at": schema.StringAttribute{
				Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "When the domain was registered, in RFC 3339 such as `2020-01-02T03:04:05Z`.",
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"expires_at": schema.StringAttribute{
				Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: describeExpiry,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"locked": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the domain is locked against transfer to another registrar. Read-only: the API does not offer to change it, the dashboard does.",
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"privacy_mode": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "`redaction` where the registrant's data is kept out of WHOIS, otherwise `off`. Read-only: the API does not offer to change it.",
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
				Description:       "The domain as it was registered, in any spelling. It is kept in lower-case ASCII form (punycode).",
			},
			"account_id": identityschema.StringAttribute{
				OptionalForImport: true,
				Description:       "Identifier of the account that holds the domain, as it is written. Default: the provider's account_id.",
			},
		},
	}
}
