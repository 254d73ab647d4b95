// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import "github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"

// domainNameValidator refuses what is not a registrable name, before any request.
var domainNameValidator = stringValidator{"domain name", domainNameFault}

func domainNameFault(attribute, value string) string {
	if _, err := domainname.Parse(value); err != nil {
		return attribute + ": " + err.Error()
	}
	return ""
}
