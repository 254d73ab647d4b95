// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// rusage is what the provider's processes of one command took. The CLI starts several; only one does
// the work.
type rusage struct {
	wall, cpu float64 // seconds: the mean of a process, and the sum
	peak      float64 // KiB, the largest
}

// runMeasured stands in for a provider's binary: it runs the real one and appends what that took to
// the file that BENCH_RUSAGE names.
func runMeasured(args []string) int {
	binary := filepath.Join(filepath.Dir(args[0]), "measured", filepath.Base(args[0]))
	measured := exec.Command(binary, args[1:]...) //nolint:gosec,noctx // what the benchmark put there; it ends when the CLI ends it
	measured.Stdin, measured.Stdout, measured.Stderr = os.Stdin, os.Stdout, os.Stderr
	began := time.Now()
	_ = measured.Run() // its exit code says so
	state := measured.ProcessState
	if state == nil {
		return 1
	}
	usage, _ := state.SysUsage().(*syscall.Rusage)
	file, err := os.OpenFile(os.Getenv("BENCH_RUSAGE"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // the benchmark's own file
	if err == nil {
		_, _ = fmt.Fprintf(file, "[%g,%g,%d]\n", time.Since(began).Seconds(), (state.UserTime() + state.SystemTime()).Seconds(), usage.Maxrss)
		_ = file.Close()
	}
	return state.ExitCode()
}

// readRusage sums what runMeasured wrote, and forgets it.
func readRusage(path string) (rusage, error) {
	content, err := os.ReadFile(path) //nolint:gosec // the benchmark's own file
	if err != nil {
		return rusage{}, err
	}
	var sum rusage
	var count float64
	for lines := json.NewDecoder(bytes.NewReader(content)); ; {
		var one [3]float64
		if err := lines.Decode(&one); errors.Is(err, io.EOF) {
			sum.wall /= count
			return sum, os.Remove(path)
		} else if err != nil {
			return rusage{}, err
		}
		count++
		sum.wall, sum.cpu, sum.peak = sum.wall+one[0], sum.cpu+one[1], max(sum.peak, one[2])
	}
}

// median is the middle of an odd number of values.
func median(values []float64) float64 {
	return slices.Sorted(slices.Values(values))[len(values)/2]
}
