// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// simulate runs a test of bench/simulated and reads the rows that it leaves in a file.
func simulate[T any](ctx context.Context, b *bed, test, file string) ([]T, error) {
	//nolint:gosec // the arguments are made here
	run := exec.CommandContext(ctx, "go", "test", "-count=1", "-timeout=20m", "-run=^"+test+"$", "./bench/simulated", "-out="+b.dir)
	if out, err := run.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", test, err, out)
	}
	content, err := os.ReadFile(filepath.Join(b.dir, file)) //nolint:gosec // the benchmark's own folder
	if err != nil {
		return nil, err
	}
	var rows []T
	return rows, json.Unmarshal(content, &rows)
}
