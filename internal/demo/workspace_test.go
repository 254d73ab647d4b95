// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestNothingIsLeftInTheTemporaryFolder(t *testing.T) {
	t.Parallel()
	room, err := newWorkspace()
	if err != nil {
		t.Fatal(err)
	}
	if err := copyFile("main.tf", filepath.Join("..", "..", "examples", "demo"), room.work); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(room.work, "main.tf")); err != nil {
		t.Error(err)
	}
	if err := room.remove(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(room.root); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Stat = %v, want os.ErrNotExist", err)
	}
}
