// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

// registrationAttributes are the attributes that the registrar fills.
func registrationAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{
			Computed: true, MarkdownDescription: "`<account_id>/<domain_name>`, the name in lower-case ASCII form (punycode). It is an import id of `registrar_domain_settings`.",
		},
		"auto_renew": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether Cloudflare renews the domain, and charges the account for it, before `expires_at`.",
		},
		"status": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Status of the registration as the registrar reports it: `active`, `registration_pending`, `expired`, `suspended`, `redemption_period`, `pending_delete`, or one that is newer than this list.",
		},
		"created_at": schema.StringAttribute{
			Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "When the domain was registered, in RFC 3339 such as `2020-01-02T03:04:05Z`.",
		},
		"expires_at": schema.StringAttribute{
			Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "When the registration expires, in RFC 3339 such as `2030-01-02T03:04:05Z`. Null while the registration is pending.",
		},
		"locked": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether the domain is locked against transfer to another registrar.",
		},
		"privacy_mode": schema.StringAttribute{
			Computed: true, MarkdownDescription: "`redaction` where the registrant's data is kept out of WHOIS, otherwise `off`.",
		},
	}
}
