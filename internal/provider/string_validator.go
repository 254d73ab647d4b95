// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// stringValidator refuses a value in which fault finds one, at `terraform validate` and in every
// plan. What is null or unknown passes.
type stringValidator struct {
	what  string // what the value must be, such as "domain name"
	fault func(attribute, value string) string
}

var _ validator.String = stringValidator{}

func (v stringValidator) Description(context.Context) string { return "must be a valid " + v.what }

func (v stringValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString names the attribute in the text: for a nested one Terraform 1.11 points at the
// resource only.
func (v stringValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if fault := v.fault(req.Path.String(), req.ConfigValue.ValueString()); fault != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid "+v.what, fault)
	}
}
