// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"io/fs"
	"os"
	"testing"
	"testing/synctest"
)

// Each runs a subtest for each row of a table, in parallel.
func Each[T any](t *testing.T, rows map[string]T, test func(t *testing.T, row T)) {
	t.Helper()
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, row)
		})
	}
}

// EachInFakeTime is Each with a synctest bubble for each row.
func EachInFakeTime[T any](t *testing.T, rows map[string]T, test func(t *testing.T, row T)) {
	t.Helper()
	Each(t, rows, func(t *testing.T, row T) {
		synctest.Test(t, func(t *testing.T) { test(t, row) })
	})
}

// Documented returns the example responses in Cloudflare's reference, by file name.
func Documented(tb testing.TB) map[string]string {
	tb.Helper()
	folder := os.DirFS("../fakeregistrar/testdata")
	names, err := fs.Glob(folder, "*.json")
	if err != nil || len(names) != 5 {
		tb.Fatalf("documented responses: %q, %v; want 5", names, err)
	}
	answers := map[string]string{}
	for _, name := range names {
		body, err := fs.ReadFile(folder, name)
		if err != nil {
			tb.Fatal(err)
		}
		answers[name] = string(body)
	}
	return answers
}
