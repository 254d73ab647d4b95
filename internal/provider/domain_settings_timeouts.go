// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"time"

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

// The limits of a timeout. In less than a second no request can be answered; the longest is a
// month.
const (
	minTimeout = time.Second
	maxTimeout = 720 * time.Hour
)

// timeoutTypes are the entries of timeouts.
var timeoutTypes = map[string]attr.Type{"create": types.StringType, "update": types.StringType, "read": types.StringType}

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
		Attributes: map[string]schema.Attribute{
			"create": entry("Adopting the domain, with the wait for its update. Default: `20m`."),
			"update": entry("Changing `auto_renew`, with the wait for the update. Default: `20m`."),
			"read":   entry("A refresh, which uses the value in the state. Default: `5m`."),
		},
	}
}

// configurable is an operation whose timeout the entry of that name sets. A value that is refused
// today counts as none: a refresh takes it from the state, where an older version may have left
// one, and each plan would fail with no configuration to mend it.
func configurable(entry string, timeouts types.Object, timeout time.Duration) operation {
	if text, ok := timeouts.Attributes()[entry].(types.String); ok {
		if configured, ok := parseTimeout(text.ValueString()); ok {
			timeout = configured
		}
	}
	return operation{name: entry, timeout: timeout, setting: "timeouts." + entry}
}

// parseTimeout reads a duration, and reports whether an operation can succeed under it.
func parseTimeout(text string) (time.Duration, bool) {
	timeout, err := time.ParseDuration(text)
	return timeout, err == nil && timeout >= minTimeout && timeout <= maxTimeout
}
