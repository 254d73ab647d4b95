// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// measureDecode runs the micro-benchmarks of internal/client and leaves the words to benchstat.
func measureDecode(ctx context.Context, b *bed) (section, error) {
	bench := exec.CommandContext(ctx, "go", "test", "-run=^$", "-bench=.", "-benchmem", "-count=6", "-benchtime=200ms", "./internal/client")
	out, err := bench.CombinedOutput()
	if err != nil {
		return section{}, fmt.Errorf("%w\n%s", err, out)
	}
	const file = "page"
	if err := os.WriteFile(filepath.Join(b.dir, file), out, 0o600); err != nil {
		return section{}, err
	}
	var screen bytes.Buffer
	tool := exec.CommandContext(ctx, "go", "tool", "-modfile=tools/benchstat/go.mod", "-n", "benchstat")
	tool.Stderr = os.Stderr
	path, err := tool.Output()
	if err != nil {
		return section{}, fmt.Errorf("building benchstat: %w", err)
	}
	stat := exec.CommandContext(ctx, strings.TrimSpace(string(path)), file) //nolint:gosec // the tool this project pins
	stat.Dir, stat.Stdout, stat.Stderr = b.dir, &screen, os.Stderr
	if err := stat.Run(); err != nil {
		return section{}, fmt.Errorf("benchstat: %w", err)
	}
	return section{
		Title: "Decoding",
		Text: []string{
			"A page of 50 registrations, as benchstat sums up `go test -bench` on internal/client. The whole of a refresh of 5,000 domains decodes 100 of them.",
			"```\n" + strings.TrimSpace(screen.String()) + "\n```",
		},
		Raw: strings.Split(strings.TrimSpace(string(out)), "\n"),
	}, nil
}
