// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// domainSettingsModel is the resource: a registration, of which the configuration sets
// auto_renew, and the timeouts.
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

// settingsFromAPI is the resource for a domain under no configuration yet.
func settingsFromAPI(id client.DomainID, registration client.Registration) domainSettingsModel {
	return domainSettingsModel{registrationModel: registrationFromAPI(id, registration), Timeouts: types.ObjectNull(timeoutTypes)}
}

// fillUnknown sets what is unknown in the plan. What the plan knew stays as planned, even if
// the registrar has changed it since: Terraform calls anything else an inconsistent result, and
// the next refresh shows it.
func (m *domainSettingsModel) fillUnknown(id client.DomainID, registration client.Registration) {
	is := registrationFromAPI(id, registration)
	fill(&m.ID, is.ID)
	fill(&m.UnicodeName, is.UnicodeName)
	fill(&m.AccountID, is.AccountID)
	fill(&m.Status, is.Status)
	fill(&m.CreatedAt, is.CreatedAt)
	fill(&m.ExpiresAt, is.ExpiresAt)
	fill(&m.Locked, is.Locked)
	fill(&m.PrivacyMode, is.PrivacyMode)
}

func fill[T attr.Value](planned *T, is T) {
	if (*planned).IsUnknown() {
		*planned = is
	}
}

// setStateAndIdentity sets the identity first: a state without one could not be refreshed. A CLI
// without identities passes none.
func setStateAndIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, state *tfsdk.State, id client.DomainID, model *domainSettingsModel) (diags diag.Diagnostics) {
	if identity != nil {
		diags = identity.Set(ctx, identityOf(id))
	}
	if !diags.HasError() {
		diags.Append(state.Set(ctx, model)...)
	}
	return diags
}
