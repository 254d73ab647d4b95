// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// stringValidator rejects invalid values, in `terraform validate` and in each plan. It accepts null and
// unknown values.
type stringValidator struct {
	kind    string // such as "domain name"
	problem func(attribute, value string) string
}

var (
	accountValidator    = stringValidator{"account ID", accountProblem}
	domainNameValidator = stringValidator{"domain name", domainNameProblem}
	timeValidator       = stringValidator{"time", timeProblem}
	timeoutValidator    = stringValidator{"timeout", timeoutProblem}
)

func (v stringValidator) Description(context.Context) string { return "must be a valid " + v.kind }

func (v stringValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString includes the attribute in the text, because Terraform 1.11 shows only the resource for a
// nested attribute.
func (v stringValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if problem := v.problem(req.Path.String(), req.ConfigValue.ValueString()); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid "+v.kind, problem)
	}
}

// accountProblem does not quote a value that is too long, because it may be a misplaced token.
func accountProblem(attribute, value string) string {
	switch err := client.CheckAccount(value); {
	case err == nil:
		return ""
	case len(value) > 32:
		return fmt.Sprintf("%s has %d characters: %s.", attribute, len(value), err)
	default:
		return fmt.Sprintf("%s is %q: %s.", attribute, value, err)
	}
}

func domainNameProblem(attribute, value string) string {
	if _, err := domainname.Parse(value); err != nil {
		return attribute + ": " + err.Error()
	}
	return ""
}

func timeProblem(attribute, value string) string {
	if _, err := time.Parse(time.RFC3339, value); err != nil {
		return fmt.Sprintf("%s is %q. It must be a date and time with a time zone (RFC 3339), such as \"2027-01-31T00:00:00Z\".", attribute, value)
	}
	return ""
}

func timeoutProblem(attribute, value string) string {
	if _, ok := parseTimeout(value); !ok {
		return fmt.Sprintf(`%s is %q. It must be a duration from "1s" to "720h", such as "90s", "30m" or "1h30m".`, attribute, value)
	}
	return ""
}
