// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import "flag"

var update = flag.Bool("update", false, "write what the guides show from what the CLI and the browser show")
