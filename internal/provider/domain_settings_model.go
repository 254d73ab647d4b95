// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// domainSettingsModel is the resource: a registration and the timeouts. auto_renew is the only
// setting that the provider changes.
type domainSettingsModel struct {
	registrationModel
	Timeouts types.Object `tfsdk:"timeouts"`
}

// domainSettingsIdentity is the resource's identity.
type domainSettingsIdentity struct {
	DomainName types.String `tfsdk:"domain_name"`
	AccountID  types.String `tfsdk:"account_id"`
}

func identityOf(id client.DomainID) domainSettingsIdentity {
	return domainSettingsIdentity{DomainName: types.StringValue(string(id.Name)), AccountID: types.StringValue(id.Account)}
}

// settingsFromAPI returns the resource for a registration, without timeouts.
func settingsFromAPI(id client.DomainID, registration client.Registration) domainSettingsModel {
	return domainSettingsModel{registrationModel: registrationModel{}.with(id, registration), Timeouts: types.ObjectNull(timeoutTypes)}
}

// fillUnknown sets each unknown value of a plan from the address or the registration. Known values
// stay as planned, because Terraform rejects any other result as inconsistent. The next refresh updates
// them.
func (m *domainSettingsModel) fillUnknown(id client.DomainID, shown registrationModel) {
	fill(&m.ID, types.StringValue(id.String()))
	fill(&m.UnicodeName, types.StringValue(domainname.Unicode(id.Name)))
	fill(&m.AccountID, types.StringValue(id.Account))
	fill(&m.Status, shown.Status)
	fill(&m.CreatedAt, shown.CreatedAt)
	fill(&m.ExpiresAt, shown.ExpiresAt)
	fill(&m.Locked, shown.Locked)
	fill(&m.PrivacyMode, shown.PrivacyMode)
}

func fill[T attr.Value](planned *T, shown T) {
	if (*planned).IsUnknown() {
		*planned = shown
	}
}

// setStateAndIdentity sets the identity first, because a state without one can't be refreshed. The
// identity is nil if the CLI doesn't support identities.
func setStateAndIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, state *tfsdk.State, id client.DomainID, model *domainSettingsModel) (diags diag.Diagnostics) {
	if identity != nil {
		diags = identity.Set(ctx, identityOf(id))
	}
	if !diags.HasError() {
		diags.Append(state.Set(ctx, model)...)
	}
	return diags
}

func (*domainSettingsResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"domain_name": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "The registered domain, such as `example.com`, in Unicode or punycode. Letter case and a trailing dot don't matter: " +
				"another spelling of the same domain causes no diff. Changing the domain replaces the resource.",
			Validators: []validator.String{domainNameValidator},
		},
		"auto_renew": schema.BoolAttribute{
			Required: true,
			MarkdownDescription: "Whether Cloudflare renews the domain each year before `expires_at` and charges the account. " +
				"There is no default: `true` authorizes charges, and `false` lets the domain expire.",
		},
		"account_id": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "ID of the account that holds the domain, at most 32 characters. Default: the provider's `account_id`. " +
				"Changing the account replaces the resource but does not move the domain.",
			Validators:    []validator.String{accountValidator},
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
		},
		"timeouts": timeoutsAttribute(),
	}
	maps.Copy(attributes, computedResourceAttributes())
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages auto-renew of a domain that is already registered at Cloudflare Registrar. " +
			"Creating the resource adopts the domain and never buys one. Destroying it changes nothing at the registrar.",
		Attributes: attributes,
	}
}

// timeoutTypes are the types of the entries of timeouts.
var timeoutTypes = map[string]attr.Type{"create": types.StringType, "update": types.StringType, "read": types.StringType}

func timeoutsAttribute() schema.Attribute {
	entry := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			Optional: true, MarkdownDescription: description, Validators: []validator.String{timeoutValidator},
		}
	}
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Time limits for operations, from `1s` to `720h`, such as `90s` or `1h30m`. " +
			"After a timeout the update continues at the registrar, and the next apply picks it up.",
		Attributes: map[string]schema.Attribute{
			"create": entry("Time to adopt the domain and wait for its update. Default: `20m`."),
			"update": entry("Time to change `auto_renew` and wait for the update. Default: `20m`."),
			"read":   entry("Time to refresh the domain. A refresh uses the value in the state. Default: `5m`."),
		},
	}
}

func (*domainSettingsResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"domain_name": identityschema.StringAttribute{
				RequiredForImport: true,
				Description:       "The registered domain, in any spelling. The identity stores it in lowercase ASCII (punycode).",
			},
			"account_id": identityschema.StringAttribute{
				OptionalForImport: true,
				Description:       "ID of the account that holds the domain. Default: the provider's account_id.",
			},
		},
	}
}
