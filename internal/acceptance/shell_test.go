// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// shell is what a workspace's scripts find: programs of their own before those of the machine.
type shell struct{ bin string }

// stub puts a program where scripts find it, written as a shell script. It stands in for what a
// pipeline has and a test has not.
func (w *workspace) stub(name, script string) {
	w.t.Helper()
	w.program(name, func(path string) error {
		return os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700) //nolint:gosec // it is a program
	})
}

// program makes a program in the folder that comes first on the scripts' PATH.
func (w *workspace) program(name string, create func(path string) error) {
	w.t.Helper()
	if w.bin == "" {
		w.bin = w.t.TempDir()
		w.env = append(w.env, "PATH="+w.bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	}
	path := filepath.Join(w.bin, name)
	if _, err := os.Lstat(path); err == nil {
		return
	}
	if err := create(path); err != nil {
		w.t.Fatal(err)
	}
}

// script runs shell commands in the workspace, as pipelines and manuals have them, and fails the
// test unless they end with the given status. "terraform" is the CLI under test, also OpenTofu. Each question
// is answered with yes.
func (w *workspace) script(status int, commands string) run {
	w.t.Helper()
	w.program("terraform", func(path string) error { return os.Symlink(w.path, path) })
	cmd := exec.CommandContext(w.t.Context(), "sh", "-e", "-c", commands) //nolint:gosec // the commands are those of our own examples
	cmd.Dir, cmd.Env, cmd.Stdin = w.dir, w.env, strings.NewReader(strings.Repeat("yes\n", 9))
	screen, err := cmd.CombinedOutput()
	if _, ok := errors.AsType[*exec.ExitError](err); !ok && err != nil {
		w.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != status {
		w.t.Fatalf("a script ended with %d; want %d\n%s\n%s", got, status, commands, screen)
	}
	return run{status, flat(string(screen)), string(screen)}
}

// installable lets `init` install the provider, which dev_overrides do not: from a folder that
// stands in for the registry.
func (w *workspace) installable() {
	w.t.Helper()
	mirror := w.t.TempDir()
	folder := filepath.Join(mirror, registryHost(), "seed-9d79c00c", "registrar", "0.1.0", runtime.GOOS+"_"+runtime.GOARCH)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		w.t.Fatal(err)
	}
	link(w.t, filepath.Join(folder, "terraform-provider-registrar_v0.1.0"))
	file := filepath.Join(mirror, "cli.tfrc")
	content := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+file)
}
