// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// domainNameValidator refuses what is not a registrable name, before any request.
type domainNameValidator struct{}

var _ validator.String = domainNameValidator{}

func (domainNameValidator) Description(context.Context) string {
	return "must be a registrable domain name"
}

func (v domainNameValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (domainNameValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if _, err := domainname.Parse(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid domain name", req.Path.String()+": "+err.Error())
	}
}

// accountValidator refuses what cannot be an account, before any request.
type accountValidator struct{}

var _ validator.String = accountValidator{}

func (accountValidator) Description(context.Context) string {
	return "must be the identifier of an account"
}

func (v accountValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (accountValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := client.CheckAccount(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid account",
			req.Path.String()+": "+req.ConfigValue.String()+" cannot be an account: "+err.Error()+".")
	}
}
