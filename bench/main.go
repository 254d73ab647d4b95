// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures the provider's time, memory and requests, and writes bench/README.md.
//
//	main.go         the rows, in the order of the page
//	workspace.go    a CLI with both providers, in its own folder
//	rusage.go       time and memory of a provider's process
//	baseline/       a provider that does nothing
//
// It panics on every failure, because a page with missing rows would look complete.
package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	if strings.HasPrefix(filepath.Base(os.Args[0]), "terraform-provider-") {
		os.Exit(runMeasured(os.Args))
	}
	began := time.Now()
	b := newBench()
	defer func() { check(os.RemoveAll(b.dir)) }()
	rows := slices.Concat(startRows(b), requestRows(b), listRows(b), cpuRows(b), wallRows(b), waitRows())
	var page strings.Builder
	fmt.Fprintf(&page, "# Benchmarks\n\nWritten by `make bench` in %s with %s and %s on %s/%s, %d cores. Ratios compare the medians of alternating runs. "+
		"The fake registrar counts the requests. The [baseline](baseline/main.go) is a provider with nearly the same attributes that does nothing.\n\n"+
		"| | measured | limit | met |\n|---|--:|--:|---|\n",
		time.Since(began).Round(time.Second), b.version, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	for _, r := range rows {
		page.WriteString(r.String())
	}
	fmt.Print(page.String())
	check(os.WriteFile("bench/README.md", []byte(page.String()), 0o600))
}

// row is a line of the page: a measured number and its limit.
type row struct {
	name            string
	measured, limit float64
	format          string
}

const (
	ratio  = "%.2f×"
	number = "%.0f"
	share  = "%.1f%%"
)

func (r row) String() string {
	met := "yes"
	if math.IsNaN(r.measured) {
		return fmt.Sprintf("| %s | – | "+r.format+" | this CLI has no `query` |\n", r.name, r.limit)
	} else if r.measured > r.limit {
		met = "**no**"
	}
	return fmt.Sprintf("| %s | "+r.format+" | "+r.format+" | %s |\n", r.name, r.measured, r.limit, met)
}

// startRows returns the cost of starting the provider.
func startRows(b *bench) []row {
	own, base := b.alternate(25, 0, 0, func(w *workspace) []float64 {
		used := w.measure("providers", "schema", "-json")
		return []float64{used.Wall, used.Peak}
	})
	return []row{
		{"binary size / baseline", b.size(ours) / b.size(baseline), 1.10, ratio},
		{"time to schema / baseline", own[0] / base[0], 1.10, ratio},
		{"peak memory to schema / baseline", own[1] / base[1], 1.10, ratio},
	}
}

// pages returns the number of requests that list this many domains, in accounts of 500.
func pages(domains int) float64 { return float64((domains + 49) / 50) }

// requestRows returns the number of requests for a plan and its apply, and for a refresh.
func requestRows(b *bench) []row {
	var changes, refreshes []row
	for _, n := range []int{1, 10, 100, 500} {
		w := b.newWorkspace(ours, n, 0)
		changed := w.count("plan", "-out=saved.tfplan") + w.count("apply", "saved.tfplan")
		refreshes = append(refreshes, row{fmt.Sprintf("requests: refresh of %d", n), w.count("plan", "-refresh-only", "-detailed-exitcode"), pages(n), number})
		if n == 1 || n == 100 {
			limit := 3*float64(n) + 2*pages(n) // the plan and the apply each list the account
			changes = append(changes, row{fmt.Sprintf("requests: plan and apply, changes: %d", n), changed, limit, number})
		}
		w.close()
	}
	return append(refreshes, changes...)
}

// listRows returns the number of requests for an import and a query.
func listRows(b *bench) []row {
	w := b.newWorkspace(ours, 100, 0)
	defer w.close()
	for n := range 100 {
		w.fake.AddDomain(domain(n, true)) // with the configured value, so that the apply only imports
	}
	w.write("imports.tf", importConfig)
	w.write("all.tfquery.hcl", queryConfig)
	imported, queried := w.count("apply", "-auto-approve"), math.NaN()
	if strings.Contains(w.run("-help"), "query") {
		queried = w.count("query")
	}
	return []row{{"requests: import of 100", imported, pages(100), number}, {"requests: query of 100", queried, pages(100), number}}
}

// cpuRows returns the CPU time of empty plans. With -detailed-exitcode, any other plan fails.
func cpuRows(b *bench) []row {
	var rows []row
	for _, n := range []int{1000, 5000} {
		own, base := b.alternate(3, n, 0, func(w *workspace) []float64 {
			w.writeState(n)
			return []float64{w.measure("plan", "-detailed-exitcode").CPU}
		})
		rows = append(rows, row{fmt.Sprintf("CPU time: plan of %d / baseline", n), own[0] / base[0], 1.5, ratio})
	}
	return rows
}

// wallRows returns the time of a plan and an apply of 100 domains, with 150 ms per request and parallelism 10. The
// rows divide it by the baseline's time plus the time of consecutive requests: the list pages for a plan, and ten rounds
// of status, registration and PATCH for an apply.
func wallRows(b *bench) []row {
	const n, latency = 100, 150 * time.Millisecond
	own, base := b.alternate(5, n, latency, func(w *workspace) []float64 {
		w.run("plan", "-out=saved.tfplan")
		apply := w.time("apply", "saved.tfplan")
		return []float64{w.time("plan", "-detailed-exitcode"), apply}
	})
	listing, rounds := pages(n)*latency.Seconds(), n/10*3*latency.Seconds()
	return []row{
		{"wall time: plan of 100 / (baseline + consecutive requests)", own[0] / (base[0] + listing), 1.5, ratio},
		{"wall time: apply of 100 / (baseline + consecutive requests)", own[1] / (base[1] + rounds), 1.15, ratio},
	}
}

var schedule = regexp.MustCompile(`worst lag ([0-9.]+) %, most polls ([0-9]+), better peers ([0-9]+)`)

// waitRows returns the numbers that a test of autorenew logs about its polling schedule.
func waitRows() []row {
	out := output(".", os.Environ(), "go", "test", "-count=1", "-v", "-run", "^TestWaitScheduleAgainstPeers$", "./internal/autorenew")
	var lag, polls, better float64
	must(fmt.Sscan(strings.Join(schedule.FindStringSubmatch(out)[1:], " "), &lag, &polls, &better))
	return []row{
		{"waiting: longest delay, as a share of an update of 10 s to 20 min", lag, 20, share},
		{"waiting: most polls in 20 minutes", polls, 75, number},
		{"waiting: other providers with a smaller mean delay and fewer polls", better, 0, number},
	}
}
