// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

// Command gauge stands in for a provider's binary, runs the real one from the folder "measured"
// beside it, and appends what that took to the file named by BENCH_GAUGE, one line of JSON each.
//
// It is a program of its own, and a small one: Linux counts the memory of whoever starts a process
// into that process's peak.
package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

func main() {
	code, err := run(os.Args)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// run runs the real binary to its end and gives its exit code.
func run(args []string) (int, error) {
	binary := filepath.Join(filepath.Dir(args[0]), "measured", filepath.Base(args[0]))
	measured := exec.Command(binary, args[1:]...) //nolint:gosec,noctx // what the benchmark put there; it ends when the CLI ends it
	measured.Stdin, measured.Stdout, measured.Stderr = os.Stdin, os.Stdout, os.Stderr
	began := time.Now()
	failure := measured.Run()
	state := measured.ProcessState
	if state == nil {
		return 1, failure
	}
	return state.ExitCode(), record(state, time.Since(began))
}

// record appends one line. A line this short is written whole, also beside other writers.
func record(state *os.ProcessState, wall time.Duration) error {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return fmt.Errorf("a process leaves %T behind, not its usage", state.SysUsage())
	}
	peak := usage.Maxrss
	if runtime.GOOS != "darwin" {
		peak *= 1024 // everywhere else it is in units of 1,024 bytes
	}
	file, err := os.OpenFile(os.Getenv("BENCH_GAUGE"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // the benchmark's own file
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(file, "{\"wall_ns\":%d,\"cpu_ns\":%d,\"peak_bytes\":%d}\n", wall, state.UserTime()+state.SystemTime(), peak)
	return cmp.Or(err, file.Close())
}
