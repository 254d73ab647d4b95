// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// domainSettingsModel is the resource as Terraform has it.
type domainSettingsModel struct {
	ID          types.String      `tfsdk:"id"`
	AccountID   types.String      `tfsdk:"account_id"`
	DomainName  types.String      `tfsdk:"domain_name"`
	AutoRenew   types.Bool        `tfsdk:"auto_renew"`
	Status      types.String      `tfsdk:"status"`
	CreatedAt   timetypes.RFC3339 `tfsdk:"created_at"`
	ExpiresAt   timetypes.RFC3339 `tfsdk:"expires_at"`
	Locked      types.Bool        `tfsdk:"locked"`
	PrivacyMode types.String      `tfsdk:"privacy_mode"`
	Timeouts    timeouts.Value    `tfsdk:"timeouts"`
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
	m := domainSettingsModel{DomainName: types.StringValue(string(id.Name)), Timeouts: noTimeouts()}
	m.observe(id, registration)
	return m
}

// observe takes over everything that the registrar reports, so that drift shows. The spelling
// of the name stays, since only its meaning is the registrar's.
func (m *domainSettingsModel) observe(id client.DomainID, registration client.Registration) {
	m.ID = types.StringValue(id.String())
	m.AccountID = types.StringValue(id.Account)
	if !domainname.Same(m.DomainName.ValueString(), string(id.Name)) {
		m.DomainName = types.StringValue(string(id.Name))
	}
	m.AutoRenew = types.BoolValue(registration.AutoRenew)
	m.Status = textOrNull(registration.Status)
	m.CreatedAt = timeOrNull(registration.CreatedAt)
	m.ExpiresAt = timeOrNull(registration.ExpiresAt)
	m.Locked = types.BoolPointerValue(registration.Locked)
	m.PrivacyMode = textOrNull(registration.PrivacyMode)
}

// complete fills in what the plan left open. What the plan knew stays as planned, even where
// the registrar has moved on since: Terraform calls anything else an inconsistent result, and
// the next refresh shows it.
func (m *domainSettingsModel) complete(id client.DomainID, registration client.Registration) {
	is := observed(id, registration)
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

func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// timeOrNull is null too for what is not RFC 3339: no decision rests on these times, and a
// registrar's slip in one must not make the domain unmanageable.
func timeOrNull(text string) timetypes.RFC3339 {
	value, diags := timetypes.NewRFC3339Value(text)
	if text == "" || diags.HasError() {
		return timetypes.NewRFC3339Null()
	}
	return value
}
