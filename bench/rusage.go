// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// rusage is the resource usage of all provider processes that one command starts.
type rusage struct {
	Wall, CPU float64 // seconds, total
	Peak      float64 // KiB, of the largest
}

// runMeasured runs the real provider binary, and appends its resource usage to the file in BENCH_RUSAGE.
func runMeasured(args []string) int {
	binary := filepath.Join(filepath.Dir(args[0]), "measured", filepath.Base(args[0]))
	cmd := exec.Command(binary, args[1:]...) //nolint:gosec,noctx // the benchmark's own binary; the CLI ends it
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	began := time.Now()
	check(cmd.Start())
	_ = cmd.Wait() // its error is the exit code, returned below
	state := cmd.ProcessState
	usage, _ := state.SysUsage().(*syscall.Rusage) // on every Unix
	used := rusage{Wall: time.Since(began).Seconds(), CPU: (state.UserTime() + state.SystemTime()).Seconds(), Peak: float64(usage.Maxrss)}
	file := must(os.OpenFile(os.Getenv("BENCH_RUSAGE"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)) //nolint:gosec // the benchmark's own file
	check(json.NewEncoder(file).Encode(used))
	check(file.Close())
	return state.ExitCode()
}

// readRusage returns the total usage in a file.
func readRusage(path string) rusage {
	file := must(os.Open(path)) //nolint:gosec // the benchmark's own file
	defer func() { check(file.Close()) }()
	var sum rusage
	for lines := json.NewDecoder(file); lines.More(); {
		var one rusage
		check(lines.Decode(&one))
		sum = rusage{sum.Wall + one.Wall, sum.CPU + one.CPU, max(sum.Peak, one.Peak)}
	}
	return sum
}

// medians returns the median of each column.
func medians(runs [][]float64) []float64 {
	result := make([]float64, len(runs[0]))
	for column := range result {
		var values []float64
		for _, run := range runs {
			values = append(values, run[column])
		}
		slices.Sort(values)
		result[column] = values[len(values)/2]
	}
	return result
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
