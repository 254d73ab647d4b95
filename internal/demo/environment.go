// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"strings"
)

// inherited are the variables of the developer's that a CLI needs to run at all. Everything else
// stays outside: a TF_CLI_ARGS or a TF_WORKSPACE would change the story, and a real
// CLOUDFLARE_API_TOKEN has no business near a demo.
func inherited(name string) bool {
	return slices.Contains([]string{"PATH", "TMPDIR", "TMP", "TEMP", "LANG", "LC_ALL", "SystemRoot"}, name)
}

// environment is what the CLI runs with: what may be inherited, then our own settings.
func environment(outer []string, room workspace, registrarURL string) []string {
	var env []string
	for _, pair := range outer {
		if name, _, _ := strings.Cut(pair, "="); inherited(name) {
			env = append(env, pair)
		}
	}
	return append(env,
		"HOME="+room.home,
		"TF_CLI_CONFIG_FILE="+room.config,
		"TF_IN_AUTOMATION=1", // spares the advice on what to type next
		"TF_INPUT=0",
		"CHECKPOINT_DISABLE=1",
		"CLOUDFLARE_API_TOKEN="+token,
		"CLOUDFLARE_ACCOUNT_ID="+account,
		"CLOUDFLARE_BASE_URL="+registrarURL,
	)
}
