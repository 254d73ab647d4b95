// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheNamedCLIIsTheOnlyCandidate(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "my-terraform")
	if err := os.WriteFile(program, nil, 0o700); err != nil { //nolint:gosec // it must look like a program
		t.Fatal(err)
	}
	named := func(path string) func(string) string {
		return func(name string) string {
			if name == "TF_ACC_TERRAFORM_PATH" {
				return path
			}
			return ""
		}
	}
	if got, err := findCLI(named(program)); got != program || err != nil {
		t.Errorf("findCLI = %q, %v, want %q", got, err, program)
	}
	if _, err := findCLI(named(program + "-missing")); err == nil || !strings.Contains(err.Error(), "my-terraform-missing") {
		t.Errorf("findCLI = %v, want an error that names what is missing", err)
	}
}

func TestAProgramsExitCodeIsNoError(t *testing.T) {
	t.Parallel()
	shell := cli{path: "/bin/sh", folder: t.TempDir(), color: true}
	var out strings.Builder
	if exit, err := shell.run(t.Context(), &out, "-c", "echo seen; exit 2"); exit != 2 || err != nil || out.String() != "seen\n" {
		t.Errorf("run = %d, %v with output %q", exit, err, out.String())
	}
	missing := cli{path: filepath.Join(t.TempDir(), "missing")}
	if _, err := missing.run(t.Context(), &out); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("run of a missing program = %v, want os.ErrNotExist", err)
	}
}
