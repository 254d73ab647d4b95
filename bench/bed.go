// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// bed is what measuring needs: the binaries, and a CLI that is told to use them.
type bed struct {
	dir, cli, version string
}

// names of the providers, as in their addresses.
const (
	ours  = "registrar"
	floor = "floor"
)

// newBed builds both providers alike, as a release is, and the gauge that stands in for them.
func newBed(ctx context.Context, dir string) (*bed, error) {
	b := &bed{dir: dir, cli: os.Getenv("TF_ACC_TERRAFORM_PATH"), version: os.Getenv("TF_ACC_CLI_VERSION")}
	if b.cli == "" {
		return nil, errors.New("no CLI is named; start this with `make bench`")
	}
	gauge := filepath.Join(dir, "gauge")
	if err := build(ctx, "./bench/gauge", gauge); err != nil {
		return nil, err
	}
	for name, source := range map[string]string{ours: ".", floor: "./bench/floor"} {
		if err := build(ctx, source, b.binary(name)); err != nil {
			return nil, err
		}
		if err := os.Symlink(gauge, filepath.Join(dir, "gauged", name, "terraform-provider-"+name)); err != nil {
			return nil, err
		}
	}
	return b, errors.Join(b.configure("plain", "measured"), b.configure("gauged", ""))
}

func build(ctx context.Context, source, binary string) error {
	//nolint:gosec // the arguments are made here
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w -X main.version=dev", "-o", binary, source)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", source, err, out)
	}
	return nil
}

// binary is where a provider is, as it would be shipped.
func (b *bed) binary(name string) string {
	return filepath.Join(b.dir, "gauged", name, "measured", "terraform-provider-"+name)
}

// configure writes a CLI configuration that takes both providers from here.
func (b *bed) configure(kind, folder string) error {
	var config strings.Builder
	config.WriteString("provider_installation {\n  dev_overrides {\n")
	for _, name := range []string{ours, floor} {
		fmt.Fprintf(&config, "    \"seed-9d79c00c/%s\" = %q\n", name, filepath.Join(b.dir, "gauged", name, folder))
	}
	config.WriteString("  }\n}\n")
	return os.WriteFile(filepath.Join(b.dir, kind+".tfrc"), []byte(config.String()), 0o600)
}

// room is a folder in which the CLI works.
type room struct {
	bed   *bed
	dir   string
	env   []string
	gauge string // where the gauge writes, if anywhere
}

// newRoom makes a folder with a configuration. Gauged providers are a little slower to start.
func (b *bed) newRoom(config string, gauged bool) (*room, error) {
	dir, err := os.MkdirTemp(b.dir, "room-")
	if err != nil {
		return nil, err
	}
	r := &room{bed: b, dir: dir, gauge: filepath.Join(dir, "gauge.jsonl")}
	kind := "plain"
	if gauged {
		kind = "gauged"
	}
	r.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + os.TempDir(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0", "NO_COLOR=1",
		"TF_CLI_CONFIG_FILE=" + filepath.Join(b.dir, kind+".tfrc"), "BENCH_GAUGE=" + r.gauge,
	}
	return r, os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600)
}

// run runs the CLI and gives the time it took.
func (r *room) run(ctx context.Context, args ...string) (time.Duration, error) {
	cmd := exec.CommandContext(ctx, r.bed.cli, args...) //nolint:gosec // the CLI that the developer named
	cmd.Dir, cmd.Env, cmd.WaitDelay = r.dir, r.env, 10*time.Second
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	var screen bytes.Buffer
	cmd.Stdout, cmd.Stderr = &screen, &screen
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return 0, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, screen.String())
	}
	return time.Since(began), nil
}
