// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"path/filepath"
	"testing"
)

func TestTheMirrorIsLaidOutAsTheCLIsExpect(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ host, system, arch, want string }{
		"Terraform on Linux":  {terraformHost, "linux", "amd64", "m/registry.terraform.io/seed-9d79c00c/registrar/0.0.1/linux_amd64/terraform-provider-registrar_v0.0.1"},
		"OpenTofu on a Mac":   {opentofuHost, "darwin", "arm64", "m/registry.opentofu.org/seed-9d79c00c/registrar/0.0.1/darwin_arm64/terraform-provider-registrar_v0.0.1"},
		"a binary of Windows": {terraformHost, "windows", "amd64", "m/registry.terraform.io/seed-9d79c00c/registrar/0.0.1/windows_amd64/terraform-provider-registrar_v0.0.1.exe"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := filepath.ToSlash(mirrorBinary("m", test.host, test.system, test.arch)); got != test.want {
				t.Errorf("binary = %q, want %q", got, test.want)
			}
		})
	}
}

func TestTheCLITakesProvidersFromTheMirrorAlone(t *testing.T) {
	t.Parallel()
	want := `disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path = "/tmp/a \"b\""
  }
}
`
	if got := mirrorConfig(`/tmp/a "b"`); got != want {
		t.Errorf("config = %s, want %s", got, want)
	}
}
