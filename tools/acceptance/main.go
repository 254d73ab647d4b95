// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command acceptance runs the acceptance tests (TestAcc...) and fails when none of them really ran.
//
//	scripts/with-cli.sh go run ./tools/acceptance [flags for go test]
//
// `go test` is content when every test was skipped; a run that proves nothing must not look like a pass.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "acceptance:", err)
		os.Exit(1)
	}
}

// run starts the tests and reports on them. Its last line says how many ran and with which CLI.
func run(ctx context.Context, flags []string, out io.Writer) error {
	version, path := os.Getenv("TF_ACC_CLI_VERSION"), os.Getenv("TF_ACC_TERRAFORM_PATH")
	if version == "" || path == "" {
		return errors.New("start this through scripts/with-cli.sh, which finds the CLI")
	}
	cli := fmt.Sprintf("%s (%s)", version, path)
	if _, err := fmt.Fprintf(out, "Acceptance tests with %s\n", cli); err != nil {
		return err
	}
	result, err := test(ctx, flags, out)
	if err == nil {
		err = result.verdict()
	}
	_, writeErr := fmt.Fprintln(out, result.summary(err, cli))
	return errors.Join(err, writeErr)
}

// test runs `go test` and follows its events to their end.
func test(ctx context.Context, flags []string, out io.Writer) (*result, error) {
	args := append([]string{"test", "-json", "-count=1", "-timeout=30m", "-run=^TestAcc"}, flags...)
	//nolint:gosec // The flags are those of whoever starts this program, who could start go as well.
	tests := exec.CommandContext(ctx, "go", append(args, "./...")...)
	tests.Env = append(os.Environ(), "TF_ACC=1")
	tests.Stderr = os.Stderr
	events, err := tests.StdoutPipe()
	if err != nil {
		return &result{}, err
	}
	if err := tests.Start(); err != nil {
		return &result{}, err
	}
	seen, followErr := follow(events, out)
	if err := tests.Wait(); err != nil {
		return seen, fmt.Errorf("go test: %w", err)
	}
	return seen, followErr
}
