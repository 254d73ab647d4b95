// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// registrationModel is a registration in the resource, the data sources and the list.
type registrationModel struct {
	ID          types.String      `tfsdk:"id"`
	AccountID   types.String      `tfsdk:"account_id"`
	DomainName  types.String      `tfsdk:"domain_name"`
	UnicodeName types.String      `tfsdk:"unicode_name"`
	AutoRenew   types.Bool        `tfsdk:"auto_renew"`
	Status      types.String      `tfsdk:"status"`
	CreatedAt   timetypes.RFC3339 `tfsdk:"created_at"`
	ExpiresAt   timetypes.RFC3339 `tfsdk:"expires_at"`
	Locked      types.Bool        `tfsdk:"locked"`
	PrivacyMode types.String      `tfsdk:"privacy_mode"`
}

// with returns the model with all values that the registrar reports, to detect drift. It keeps the configured
// spelling of the same name.
func (m registrationModel) with(id client.DomainID, registration client.Registration) registrationModel {
	m.ID = types.StringValue(id.String())
	m.AccountID = types.StringValue(id.Account)
	if !domainname.Same(m.DomainName.ValueString(), string(id.Name)) {
		m.DomainName = types.StringValue(string(id.Name))
	}
	m.UnicodeName = types.StringValue(domainname.Unicode(id.Name))
	m.AutoRenew = types.BoolValue(registration.AutoRenew)
	m.Status = textOrNull(registration.Status)
	m.CreatedAt = timeOrNull(registration.CreatedAt)
	m.ExpiresAt = timeOrNull(registration.ExpiresAt)
	m.Locked = types.BoolPointerValue(registration.Locked)
	m.PrivacyMode = textOrNull(registration.PrivacyMode)
	return m
}

func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// timeOrNull returns null for a time that is not RFC 3339. No decision depends on these times, so a
// malformed one must not make the domain unmanageable.
func timeOrNull(text string) timetypes.RFC3339 {
	value, diags := timetypes.NewRFC3339Value(text)
	if text == "" || diags.HasError() {
		return timetypes.NewRFC3339Null()
	}
	return value
}
