// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import "strings"

// frameworkLog is the variable for the framework's log level.
const frameworkLog = "TF_LOG_SDK"

// frameworkLogged reports whether the environment has a TF_LOG… variable other than TF_LOG_PATH. Without one, the
// framework still writes about thirty lines per resource, which the CLI discards. They take 40% of the CPU time of
// a plan of a thousand domains.
func frameworkLogged(environment []string) bool {
	for _, pair := range environment {
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "TF_LOG") && name != "TF_LOG_PATH" && value != "" {
			return true
		}
	}
	return false
}
