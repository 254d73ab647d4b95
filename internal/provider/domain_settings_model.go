// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// domainSettingsModel is the resource as Terraform has it: a registration, of which auto_renew
// is ours to set, and how long that may take.
type domainSettingsModel struct {
	registrationModel
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// domainSettingsIdentity is what makes it that resource.
type domainSettingsIdentity struct {
	DomainName types.String `tfsdk:"domain_name"`
	AccountID  types.String `tfsdk:"account_id"`
}

func identityOf(id client.DomainID) domainSettingsIdentity {
	return domainSettingsIdentity{
		DomainName: types.StringValue(string(id.Name)),
		AccountID:  types.StringValue(id.Account),
	}
}

// observed is the resource as the registrar has it, for a domain under no configuration yet.
func observed(id client.DomainID, registration client.Registration) domainSettingsModel {
	return domainSettingsModel{registrationModel: registrationOf(id, registration), Timeouts: noTimeouts()}
}

// complete fills in what the plan left open. What the plan knew stays as planned, even where
// the registrar has moved on since: Terraform calls anything else an inconsistent result, and
// the next refresh shows it.
func (m *domainSettingsModel) complete(id client.DomainID, registration client.Registration) {
	is := registrationOf(id, registration)
	fill(&m.ID, is.ID)
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
