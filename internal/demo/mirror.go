// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// address is the provider's in each registry, without the host; version is one that no release has.
const (
	address = "seed-9d79c00c/registrar"
	version = "0.0.1"
)

// The registries at which the two CLIs look for an address without a host.
const (
	terraformHost = "registry.terraform.io"
	opentofuHost  = "registry.opentofu.org"
)

// moduleFolder is the root of this module. The demo can so be started anywhere in it.
func moduleFolder(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("asking go for the module: %w", err)
	}
	file := strings.TrimSpace(string(out))
	if filepath.Base(file) != "go.mod" {
		return "", errors.New("this is not a clone of the provider; start the demo there, with `make demo`")
	}
	return filepath.Dir(file), nil
}

// buildMirror builds the provider into a filesystem mirror. With dev_overrides in its place the CLI
// would skip init, which is a part of the story, and warn in every chapter.
func buildMirror(ctx context.Context, source, mirror string) error {
	first := mirrorBinary(mirror, terraformHost, runtime.GOOS, runtime.GOARCH)
	//nolint:gosec // the arguments are made here
	build := exec.CommandContext(ctx, "go", "build", "-ldflags", "-X main.version="+version, "-o", first, ".")
	build.Dir = source
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, out)
	}
	if err := os.CopyFS(filepath.Join(mirror, opentofuHost), os.DirFS(filepath.Join(mirror, terraformHost))); err != nil {
		return fmt.Errorf("making the mirror: %w", err)
	}
	return nil
}

// mirrorBinary is where a CLI looks for the provider's binary in an unpacked mirror. Source:
// https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror.
func mirrorBinary(mirror, host, system, arch string) string {
	name := "terraform-provider-registrar_v" + version
	if system == "windows" {
		name += ".exe"
	}
	return filepath.Join(mirror, host, filepath.FromSlash(address), version, system+"_"+arch, name)
}

// mirrorConfig is a CLI configuration that takes providers from the mirror and from nowhere else:
// a missing one is an error here and not a download.
func mirrorConfig(mirror string) string {
	return "disable_checkpoint = true\n\n" +
		"provider_installation {\n  filesystem_mirror {\n    path = " + strconv.Quote(mirror) + "\n  }\n}\n"
}
