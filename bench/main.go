// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures what the provider costs, and writes bench/README.md.
//
//	main.go         the rows, in the order of the page
//	workspace.go    a CLI with both providers, in a folder of its own
//	rusage.go       what a provider's process took
//	baseline/       a provider that does nothing
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

func main() {
	if strings.HasPrefix(filepath.Base(os.Args[0]), "terraform-provider-") {
		os.Exit(runMeasured(os.Args))
	}
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// row is a line of the page: a figure that may be at most so large.
type row struct {
	what           string
	measured, most float64
	unit           string
}

func run(ctx context.Context) error {
	began := time.Now()
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	b, err := newBench(ctx, dir)
	if err != nil {
		return err
	}
	var rows []row
	for _, measure := range []func(context.Context, *bench) ([]row, error){startRows, requestRows, cpuRows, wallRows, waitRows} {
		more, err := measure(ctx, b)
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	var page strings.Builder
	fmt.Fprintf(&page, "# What the provider costs\n\nWritten by `make bench` in %s with %s and %s on %s/%s with %d cores. Times are medians of runs that take turns, as ratios; "+
		"requests are counted by the fake registrar. [baseline](baseline/main.go) is a provider that does nothing, with as many attributes.\n\n| | measured | at most | met |\n|---|--:|--:|---|\n",
		time.Since(began).Round(time.Second), b.version, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	for _, r := range rows {
		met := "yes"
		if r.measured > r.most {
			met = "**no**"
		}
		fmt.Fprintf(&page, "| %s | %.4g%s | %.4g%s | %s |\n", r.what, r.measured, r.unit, r.most, r.unit, met)
	}
	fmt.Print(page.String())
	return os.WriteFile("bench/README.md", []byte(page.String()), 0o600)
}

// startRows compare what starting costs.
func startRows(ctx context.Context, b *bench) ([]row, error) {
	var took, peak [2][]float64
	for range 15 {
		for i, name := range []string{ours, baseline} {
			w, err := b.newWorkspace(name, 0, 0)
			if err != nil {
				return nil, err
			}
			used, err := w.measure(ctx, "providers", "schema", "-json")
			if err != nil {
				return nil, err
			}
			took[i], peak[i] = append(took[i], used.wall), append(peak[i], used.peak)
		}
	}
	binary, err := os.Stat(b.binary(ours))
	other, otherErr := os.Stat(b.binary(baseline))
	if err := errors.Join(err, otherErr); err != nil {
		return nil, err
	}
	return []row{
		{"binary, beside the baseline's", float64(binary.Size()) / float64(other.Size()), 1.10, " ×"},
		{"time to schema, beside the baseline's", median(took[0]) / median(took[1]), 1.10, " ×"},
		{"peak memory, beside the baseline's", median(peak[0]) / median(peak[1]), 1.10, " ×"},
	}, nil
}

// pages is how many pages list so many domains, accounts of a hundred each.
func pages(domains int) float64 { return float64((domains + 49) / 50) }

// requestRows count requests: of an apply, of the refresh after it, and of an import.
func requestRows(ctx context.Context, b *bench) ([]row, error) {
	var rows []row
	for _, n := range []int{1, 10, 100, 500} {
		w, err := b.newWorkspace(ours, n, 0)
		if err != nil {
			return nil, err
		}
		plan, err1 := w.count(ctx, "plan", "-out=saved.tfplan")
		apply, err2 := w.count(ctx, "apply", "saved.tfplan")
		refresh, err3 := w.count(ctx, "plan", "-refresh-only")
		if err := errors.Join(err1, err2, err3, w.close()); err != nil {
			return nil, err
		}
		if n == 1 || n == 100 {
			most := 3*float64(n) + 2*pages(n) // the plan and the apply each list the account
			rows = append(rows, row{fmt.Sprintf("requests: plan and apply of %d changes", n), plan + apply, most, ""})
		}
		rows = append(rows, row{fmt.Sprintf("requests: refresh of %d", n), refresh, pages(n), ""})
	}
	imported, err := importRows(ctx, b)
	return append(rows, imported...), err
}

func importRows(ctx context.Context, b *bench) ([]row, error) {
	w, err := b.newWorkspace(ours, 100, 0)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(w.write("imports.tf", importConfig(100)), w.write("all.tfquery.hcl", queryConfig)); err != nil {
		return nil, err
	}
	imports, err := w.count(ctx, "plan")
	rows := []row{{"requests: import of 100", imports, pages(100), ""}}
	if help, _ := exec.CommandContext(ctx, b.cli, "-help").Output(); strings.Contains(string(help), "query") { //nolint:gosec // the CLI that the developer named
		queried, more := w.count(ctx, "query")
		rows, err = append(rows, row{"requests: query of 100", queried, pages(100), ""}), errors.Join(err, more)
	}
	return rows, errors.Join(err, w.close())
}

// cpuRows compare the processor time of plans with nothing to do.
func cpuRows(ctx context.Context, b *bench) ([]row, error) {
	var rows []row
	for _, n := range []int{1000, 5000} {
		var cpu [2][]float64
		for range 3 {
			for i, name := range []string{ours, baseline} {
				w, err := b.newWorkspace(name, n, 0)
				if err != nil {
					return nil, err
				}
				used, err := w.measurePlan(ctx, n)
				if err := errors.Join(err, w.close()); err != nil {
					return nil, err
				}
				cpu[i] = append(cpu[i], used.cpu)
			}
		}
		rows = append(rows, row{fmt.Sprintf("processor time: plan of %d, beside the baseline's", n), median(cpu[0]) / median(cpu[1]), 1.5, " ×"})
	}
	return rows, nil
}

// wallRows compare a plan and an apply of a hundred, at 150 ms a request and parallelism 10, with the
// chain of requests that cannot be shorter and the CLI with the baseline: the pages, and for the apply
// ten rounds of status, registration and PATCH.
func wallRows(ctx context.Context, b *bench) ([]row, error) {
	const n, latency = 100, 150 * time.Millisecond
	var took [2][2][]float64 // by step and provider
	for range 3 {
		for i, name := range []string{ours, baseline} {
			w, err := b.newWorkspace(name, n, latency)
			if err != nil {
				return nil, err
			}
			_, err1 := w.time(ctx, "plan", "-out=saved.tfplan")
			apply, err2 := w.time(ctx, "apply", "saved.tfplan")
			plan, err3 := w.time(ctx, "plan")
			if err := errors.Join(err1, err2, err3, w.close()); err != nil {
				return nil, err
			}
			took[0][i], took[1][i] = append(took[0][i], plan), append(took[1][i], apply)
		}
	}
	chain := pages(n) * latency.Seconds()
	rounds := 3 * n / 10 * latency.Seconds()
	return []row{
		{"wall time: plan of 100, beside its chain of requests and the CLI alone", median(took[0][0]) / (median(took[0][1]) + chain), 1.5, " ×"},
		{"wall time: apply of 100, beside its chain of requests and the CLI alone", median(took[1][0]) / (median(took[1][1]) + chain + rounds), 1.15, " ×"},
	}, nil
}

var schedule = regexp.MustCompile(`worst lag ([0-9.]+) %, most polls ([0-9]+), better peers ([0-9]+)`)

// waitRows take what autorenew's own test says of its schedule.
func waitRows(ctx context.Context, _ *bench) ([]row, error) {
	out, err := exec.CommandContext(ctx, "go", "test", "-count=1", "-v", "-run", "TestWaitScheduleBesidePeers", "./internal/autorenew").CombinedOutput()
	found := schedule.FindStringSubmatch(string(out))
	if err != nil || found == nil {
		return nil, fmt.Errorf("the schedule's test: %w\n%s", err, out)
	}
	var figures [3]float64
	for i := range figures {
		_, _ = fmt.Sscan(found[i+1], &figures[i])
	}
	return []row{
		{"waiting: worst lag, of updates from 10 s to 20 min", figures[0], 20, " %"},
		{"waiting: most polls in 20 minutes", figures[1], 75, ""},
		{"waiting: peers with a smaller mean share of lag and fewer polls", figures[2], 0, ""},
	}, nil
}
