// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// cli is the Terraform or OpenTofu that plays in the story.
type cli struct {
	path   string
	folder string
	env    []string
	color  bool
}

// stopGrace is how long a CLI may take to end after an interrupt before it is killed. It ends within
// a second unless something is wrong with it.
const stopGrace = 10 * time.Second

// findCLI takes the CLI that the caller named, as scripts/with-cli.sh does, else one from PATH.
func findCLI(getenv func(string) string) (string, error) {
	candidates := []string{"terraform", "tofu"}
	if named := getenv("TF_ACC_TERRAFORM_PATH"); named != "" {
		candidates = []string{named}
	}
	for _, name := range candidates {
		if path, err := exec.LookPath(name); err == nil {
			return filepath.Abs(path)
		}
	}
	return "", fmt.Errorf("there is no %s to run; `make demo` finds or builds one", strings.Join(candidates, " and no "))
}

// newCLI writes the CLI's configuration and gives the CLI that uses it, and nothing of the developer's.
func newCLI(path string, room workspace, registrarURL string, color bool) (cli, error) {
	if err := os.WriteFile(room.config, []byte(mirrorConfig(room.mirror)), 0o600); err != nil {
		return cli{}, fmt.Errorf("writing the CLI's configuration: %w", err)
	}
	return cli{path: path, folder: room.work, env: environment(os.Environ(), room, registrarURL), color: color}, nil
}

// name is the program as one would type it.
func (c cli) name() string { return filepath.Base(c.path) }

// run gives the exit code. An error means that the program could not be run, or not to its end.
func (c cli) run(ctx context.Context, out io.Writer, args ...string) (exit int, err error) {
	if !c.color {
		args = append(slices.Clip(args), "-no-color")
	}
	cmd := exec.CommandContext(ctx, c.path, args...) //nolint:gosec // the reader's own choice of a CLI
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = c.folder, c.env, out, out
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = stopGrace
	inOwnGroup(cmd)
	err = cmd.Run()
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if exited, ok := errors.AsType[*exec.ExitError](err); ok && exited.Exited() {
		return exited.ExitCode(), nil
	}
	return 0, err
}
