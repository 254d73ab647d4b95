// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// machine is where and with what the figures came about.
type machine struct {
	Date      string `json:"date"`
	Took      string `json:"took"`
	Commit    string `json:"commit"`
	Go        string `json:"go"`
	CLI       string `json:"cli"`
	Framework string `json:"framework"`
	Platform  string `json:"platform"`
}

func describeMachine(ctx context.Context, b *bed, took time.Duration) machine {
	m := machine{
		Date: time.Now().UTC().Format(time.DateOnly), Took: took.Round(time.Second).String(), Commit: answer(ctx, "git", "describe", "--always", "--dirty", "--exclude=*"), Go: runtime.Version(),
		Framework: answer(ctx, "go", "list", "-m", "-f", "{{.Version}}", "github.com/hashicorp/terraform-plugin-framework"),
		CLI:       b.version, Platform: fmt.Sprintf("%s/%s, %d cores", runtime.GOOS, runtime.GOARCH, runtime.NumCPU()),
	}
	return m
}

// answer is what a program says. Where there is none, as no git in an archive of the source, nobody
// knows.
func answer(ctx context.Context, program string, args ...string) string {
	out, err := exec.CommandContext(ctx, program, args...).Output() //nolint:gosec // git and go, with arguments made here
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

func (m machine) markdown() string {
	return fmt.Sprintf("Written by `make bench` on %s in %s: commit %s, %s, %s, terraform-plugin-framework %s, %s.\n\n"+
		"Times are ratios from one run in which what is compared took turns, or counted in fake time; each section says of how many runs a figure is the median. "+
		"The figures behind this page are in [results.json](results.json).\n",
		m.Date, m.Took, m.Commit, m.CLI, m.Go, m.Framework, m.Platform)
}
