// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"runtime/debug"
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
		Date: time.Now().UTC().Format(time.DateOnly), Took: took.Round(time.Second).String(), Commit: commit(ctx), Go: runtime.Version(),
		CLI: b.version, Platform: fmt.Sprintf("%s/%s, %d cores", runtime.GOOS, runtime.GOARCH, runtime.NumCPU()),
	}
	info, _ := debug.ReadBuildInfo() // nil only outside of modules
	for _, dependency := range info.Deps {
		if dependency.Path == "github.com/hashicorp/terraform-plugin-framework" {
			m.Framework = dependency.Version
		}
	}
	return m
}

// commit names what was measured; without git, as in an archive of the source, nothing does.
func commit(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "git", "describe", "--always", "--dirty", "--exclude=*").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

func (m machine) markdown() string {
	return fmt.Sprintf("Written by `make bench` on %s in %s: commit %s, %s, %s, terraform-plugin-framework %s, %s.\n\n"+
		"Times are ratios of medians from one run in which what is compared took turns, or counted in fake time. "+
		"The figures behind this page are in [results.json](results.json).\n",
		m.Date, m.Took, m.Commit, m.CLI, m.Go, m.Framework, m.Platform)
}
