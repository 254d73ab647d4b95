// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"testing"
)

func TestTheCLIGetsNothingOfTheDevelopers(t *testing.T) {
	t.Parallel()
	outer := []string{
		"PATH=/usr/bin", "HOME=/home/dev", "TF_CLI_ARGS=-lock=false", "TF_CLI_CONFIG_FILE=/home/dev/dev.tfrc", "TF_LOG=TRACE",
		"TF_WORKSPACE=prod", "CLOUDFLARE_API_TOKEN=real", "CLOUDFLARE_API_KEY=real", "HTTPS_PROXY=http://proxy", "LANG=C.UTF-8",
	}
	room := workspace{home: "/tmp/demo/home", config: "/tmp/demo/cli.tfrc"}
	want := []string{
		"PATH=/usr/bin", "LANG=C.UTF-8",
		"HOME=/tmp/demo/home", "TF_CLI_CONFIG_FILE=/tmp/demo/cli.tfrc", "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1",
		"CLOUDFLARE_API_TOKEN=a-token-of-the-demo", "CLOUDFLARE_ACCOUNT_ID=0123456789abcdef0123456789abcdef",
		"CLOUDFLARE_BASE_URL=http://127.0.0.1:1/client/v4",
	}
	if got := environment(outer, room, "http://127.0.0.1:1/client/v4"); !slices.Equal(got, want) {
		t.Errorf("environment = %q, want %q", got, want)
	}
}
