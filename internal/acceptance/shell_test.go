// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// shell has the first folder on the PATH of a workspace's scripts.
type shell struct{ bin string }

// stub writes a shell script in place of a program that only pipelines have.
func (w *workspace) stub(name, script string) {
	w.t.Helper()
	w.program(name, func(path string) error {
		return os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700) //nolint:gosec // it must be executable
	})
}

// program creates a program in the first folder on the scripts' PATH.
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

// script runs shell commands in the workspace, answers yes to each question, and fails the test unless they exit with
// the given status. The command "terraform" is the CLI under test, even if that is OpenTofu.
func (w *workspace) script(status int, commands string) run {
	w.t.Helper()
	w.program("terraform", func(path string) error { return os.Symlink(w.path, path) })
	cmd := exec.CommandContext(w.t.Context(), "sh", "-e", "-c", commands) //nolint:gosec // the commands of our own examples
	cmd.Dir, cmd.Env, cmd.Stdin = w.dir, w.env, strings.NewReader(strings.Repeat("yes\n", 9))
	output, err := cmd.CombinedOutput()
	if _, ok := errors.AsType[*exec.ExitError](err); !ok && err != nil {
		w.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != status {
		w.t.Fatalf("a script exited with %d; want %d\n%s\n%s", got, status, commands, output)
	}
	return run{status, flat(string(output)), string(output)}
}

// allowInstall lets init install the provider, which dev_overrides prevents.
func (w *workspace) allowInstall() {
	w.t.Helper()
	w.write("cli.tfrc", install(w.t, w.t.TempDir(), "dev"))
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "cli.tfrc"))
}
