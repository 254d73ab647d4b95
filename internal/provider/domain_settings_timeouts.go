// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The default timeouts. Most updates take seconds, but a registry can take many minutes; a
// refresh is one request or a few, and minutes for a network that fails.
const (
	defaultWriteTimeout = 20 * time.Minute
	defaultReadTimeout  = 5 * time.Minute
)

// timeoutsAttribute is the library's attribute with descriptions, and with a validator for the
// values that the library accepts although no operation can succeed under them.
func timeoutsAttribute() schema.Attribute {
	entry := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			Optional: true, MarkdownDescription: description, Validators: []validator.String{timeoutValidator},
		}
	}
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "How long each operation may take, from `1s` to `720h`, such as `90s` or `1h30m`. " +
			"After a timeout the update goes on at the registrar, and the next apply resumes it.",
		CustomType: timeoutsType(),
		Attributes: map[string]schema.Attribute{
			"create": entry("Adopting the domain, with the wait for its update. Default: `20m`."),
			"update": entry("Changing `auto_renew`, with the wait for the update. Default: `20m`."),
			"read":   entry("A refresh, which uses the value in the state. Default: `5m`."),
		},
	}
}

func timeoutsType() timeouts.Type {
	return timeouts.Type{ObjectType: types.ObjectType{AttrTypes: map[string]attr.Type{
		"create": types.StringType, "update": types.StringType, "read": types.StringType,
	}}}
}

// noTimeouts is the value of timeouts that are not configured.
func noTimeouts() timeouts.Value {
	return timeouts.Value{Object: types.ObjectNull(timeoutsType().AttrTypes)}
}

// readTimeout is the timeout of a refresh. It comes from the state, where an older version of the
// provider may have left a value that is refused today: the default takes its place, or each plan
// would fail and no configuration could mend it.
func readTimeout(value timeouts.Value) time.Duration {
	if text, ok := value.Attributes()["read"].(types.String); ok {
		if timeout, fault := parseTimeout(text.ValueString()); fault == "" {
			return timeout
		}
	}
	return defaultReadTimeout
}
