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

// computedDataSourceAttributes are what the data sources compute, and the resource too.
func computedDataSourceAttributes() map[string]datasource.Attribute {
	return map[string]datasource.Attribute{
		"id":           textResult("`<account_id>/<domain_name>`, the name in lower-case ASCII form (punycode). It is also the import ID of `registrar_domain_settings`."),
		"unicode_name": textResult("The domain as a person reads it, such as `münchen.de` for `xn--mnchen-3ya.de`."),
		"status":       textResult("Status of the registration: `" + strings.Join(knownStatuses, "`, `") + "`, or one that is newer than this list."),
		"created_at":   momentResult("When the domain was registered (RFC 3339)."),
		"expires_at":   momentResult("When the registration expires (RFC 3339). Null while it is pending. A renewal moves it, which is no drift."),
		"locked": datasource.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether the domain is locked against transfer to another registrar. The API cannot change it; the dashboard can.",
		},
		"privacy_mode": textResult("`redaction` where WHOIS hides the registrant's data, otherwise `off`. The API cannot change it."),
	}
}

// computedResourceAttributes keep their state in a plan: a toggle then shows one changed line, and
// a refresh shows later changes. A null id or unicode_name, which only a moved or older state
// holds, is planned as unknown, so that an apply fills it.
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
