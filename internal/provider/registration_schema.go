// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
)

// computedDataSourceAttributes returns the computed attributes that data sources and the resource share.
func computedDataSourceAttributes() map[string]datasource.Attribute {
	return map[string]datasource.Attribute{
		"id":           textResult("`<account_id>/<domain_name>`, with the name in lower-case ASCII (punycode). Also the import ID of `registrar_domain_settings`."),
		"unicode_name": textResult("The domain in Unicode, such as `münchen.de` for `xn--mnchen-3ya.de`."),
		"status":       textResult("Status of the registration: `" + strings.Join(knownStatuses, "`, `") + "`, or a newer one."),
		"created_at":   timeResult("When the domain was registered (RFC 3339)."),
		"expires_at":   timeResult("When the registration expires (RFC 3339). Null while the registration is pending. A renewal changes it; this isn't drift."),
		"locked": datasource.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether the domain is locked against transfer to another registrar. Only the dashboard can change it.",
		},
		"privacy_mode": textResult("`redaction` if WHOIS hides the registrant's data, otherwise `off`. The API can't change it."),
	}
}

// computedResourceAttributes returns the computed attributes with plan modifiers that keep the prior values,
// so that turning auto-renew on or off shows one changed line. A null id or unicode_name, from a moved or
// older state, is unknown until ModifyPlan sets it.
func computedResourceAttributes() map[string]resource.Attribute {
	attributes := map[string]resource.Attribute{}
	for name, a := range computedDataSourceAttributes() {
		keep := stringplanmodifier.UseStateForUnknown()
		if name == "id" || name == "unicode_name" {
			keep = stringplanmodifier.UseNonNullStateForUnknown()
		}
		switch a := a.(type) {
		case datasource.BoolAttribute:
			attributes[name] = resource.BoolAttribute{
				Computed: true, MarkdownDescription: a.MarkdownDescription, PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			}
		case datasource.StringAttribute:
			attributes[name] = resource.StringAttribute{
				Computed: true, CustomType: a.CustomType, MarkdownDescription: a.MarkdownDescription, PlanModifiers: []planmodifier.String{keep},
			}
		}
	}
	return attributes
}
