// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// computedAttributes are the attributes that the resource and the data sources compute alike.
var computedAttributes = []struct {
	name        string
	text        basetypes.StringTypable // nil for a boolean
	mayBeNull   bool
	description string
}{
	{"id", types.StringType, false, "`<account_id>/<domain_name>`, the name in lower-case ASCII form (punycode). It is also the import ID of `registrar_domain_settings`."},
	{"unicode_name", types.StringType, false, "The domain as a person reads it, such as `münchen.de` for `xn--mnchen-3ya.de`."},
	{"status", types.StringType, true, "Status of the registration: `" + strings.Join(knownStatuses, "`, `") + "`, or one that is newer than this list."},
	{"created_at", timetypes.RFC3339Type{}, true, "When the domain was registered (RFC 3339)."},
	{"expires_at", timetypes.RFC3339Type{}, true, "When the registration expires (RFC 3339). Null while it is pending. A renewal moves it, which is no drift."},
	{"locked", nil, true, "Whether the domain is locked against transfer to another registrar. The API cannot change it; the dashboard can."},
	{"privacy_mode", types.StringType, true, "`redaction` where WHOIS hides the registrant's data, otherwise `off`. The API cannot change it."},
}

// computedDataSourceAttributes are those of a data source.
func computedDataSourceAttributes() map[string]datasource.Attribute {
	attributes := map[string]datasource.Attribute{}
	for _, a := range computedAttributes {
		if a.text == nil {
			attributes[a.name] = datasource.BoolAttribute{Computed: true, MarkdownDescription: a.description}
		} else {
			attributes[a.name] = datasource.StringAttribute{Computed: true, CustomType: a.text, MarkdownDescription: a.description}
		}
	}
	return attributes
}

// computedResourceAttributes keep their state in a plan: a toggle then shows one changed line, and
// a refresh shows later changes. A null that only a moved or older state holds is planned as
// unknown, so that an apply fills it.
func computedResourceAttributes() map[string]resource.Attribute {
	attributes := map[string]resource.Attribute{}
	for _, a := range computedAttributes {
		keep := stringplanmodifier.UseNonNullStateForUnknown()
		if a.mayBeNull {
			keep = stringplanmodifier.UseStateForUnknown()
		}
		if a.text == nil {
			attributes[a.name] = resource.BoolAttribute{
				Computed: true, MarkdownDescription: a.description, PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			}
		} else {
			attributes[a.name] = resource.StringAttribute{
				Computed: true, CustomType: a.text, MarkdownDescription: a.description, PlanModifiers: []planmodifier.String{keep},
			}
		}
	}
	return attributes
}
