// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import "strings"

// frameworkLog is the variable that sets the level at which the framework logs what it does.
const frameworkLog = "TF_LOG_SDK"

// frameworkLogged reports whether somebody wants to see what the framework logs. Unless told
// otherwise it writes a trace of every step, some thirty lines a resource, which the CLI then throws
// away. Writing and reading them is four tenths of what provider and CLI compute to plan a thousand
// domains. Any TF_LOG… variable is taken for an interest, other than the one that only names a file.
func frameworkLogged(environment []string) bool {
	for _, pair := range environment {
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "TF_LOG") && name != "TF_LOG_PATH" && value != "" {
			return true
		}
	}
	return false
}
