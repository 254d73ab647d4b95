// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The default timeouts. Most updates take seconds, but a registry can take many minutes; a
// refresh is one request or a few, and minutes of patience with a failing network.
const (
	defaultWriteTimeout = 20 * time.Minute
	defaultReadTimeout  = 5 * time.Minute
)

// timeoutsAttribute is the library's attribute with our descriptions, and with a validator that
// refuses what the library's lets through: a timeout of zero or less.
func timeoutsAttribute() schema.Attribute {
	entry := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			Optional: true, MarkdownDescription: description + " A duration such as `90s`, `30m` or `1h30m`.",
			Validators: []validator.String{durationValidator{}},
		}
	}
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: "How long each operation may take before it ends with an error. An update that is still under way then goes on at the registrar, and the next apply picks it up. Changing only this makes no request.",
		CustomType:          timeoutsType(),
		Attributes: map[string]schema.Attribute{
			"create": entry("For adopting the domain, with the wait for its update. Default: `20m`."),
			"update": entry("For changing `auto_renew`, with the wait for the update. Default: `20m`."),
			"read":   entry("For a refresh, with the wait for the API's rate limit and for a network that fails. Default: `5m`."),
		},
	}
}

func timeoutsType() timeouts.Type {
	return timeouts.Type{ObjectType: types.ObjectType{AttrTypes: map[string]attr.Type{
		"create": types.StringType, "update": types.StringType, "read": types.StringType,
	}}}
}

// noTimeouts is what stands for timeouts that are not configured.
func noTimeouts() timeouts.Value {
	return timeouts.Value{Object: types.ObjectNull(timeoutsType().AttrTypes)}
}

// durationValidator refuses durations that would end an operation before it begins.
type durationValidator struct{}

var _ validator.String = durationValidator{}

func (durationValidator) Description(context.Context) string { return "must be a positive duration" }

func (v durationValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// The text names the attribute itself: for nested ones Terraform 1.11 points at the resource only.
func (durationValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if duration, err := time.ParseDuration(req.ConfigValue.ValueString()); err != nil || duration <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid timeout",
			fmt.Sprintf(`%s is %s. It must be a positive duration with a unit, such as "90s", "30m" or "1h30m".`, req.Path, req.ConfigValue))
	}
}
