// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package designdoc lets tests keep parts of DESIGN.md true: a part between two markers is what
// a test computes, and the test fails where the two differ. It serves tests only.
package designdoc

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// update makes the tests write what they would compare:
// `go test ./internal/... -run Design -update`.
var update = flag.Bool("update", false, "write the computed parts of DESIGN.md")

// Section holds the part of DESIGN.md with the given name against what a test computed, or
// writes it there with -update. The part stands between "<!-- name: begin -->" and
// "<!-- name: end -->".
func Section(t *testing.T, name, computed string) {
	t.Helper()
	file := design(t)
	content, err := os.ReadFile(file) //nolint:gosec // the project's own document
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+name+": begin -->\n", "\n<!-- "+name+": end -->"
	before, rest, okBegin := strings.Cut(string(content), begin)
	written, after, okEnd := strings.Cut(rest, end)
	if !okBegin || !okEnd {
		t.Fatalf("DESIGN.md has no part between %q and %q", begin, end)
	}
	computed = strings.TrimSpace(computed)
	if written == computed {
		return
	}
	if !*update {
		t.Fatalf("the part %q of DESIGN.md is not what the code does; `make design` writes it.\nIt should be:\n%s", name, computed)
	}
	if err := os.WriteFile(file, []byte(before+begin+computed+end+after), 0o600); err != nil { //nolint:gosec // the same document
		t.Fatal(err)
	}
}

// design finds DESIGN.md in the folder of the module, above the folder of the package under test.
func design(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		file := filepath.Join(dir, "DESIGN.md")
		if _, err := os.Stat(file); err == nil {
			return file
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		t.Fatal("there is no DESIGN.md above the package")
	}
}
