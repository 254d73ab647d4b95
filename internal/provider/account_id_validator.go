// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// accountValidator refuses what cannot be an account, before any request.
var accountValidator = stringValidator{"account ID", accountFault}

func accountFault(attribute, value string) string {
	if err := client.CheckAccount(value); err != nil {
		return fmt.Sprintf("%s: %q is not an account ID: %s.", attribute, value, err)
	}
	return ""
}
