// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package simulated_test

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// out is a flag of `go test`, and so of the whole test binary.
var out = flag.String("out", "", "measure everything and write the figures into this folder")

// rows collects what parallel tests found, in the order of their places.
type rows[T any] struct {
	mu    sync.Mutex
	found map[int]T
}

func (r *rows[T]) add(at int, row T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.found == nil {
		r.found = map[int]T{}
	}
	r.found[at] = row
}

// write leaves the rows where `make bench` looks for them, if it asked.
func (r *rows[T]) write(t *testing.T, name string) {
	t.Helper()
	if *out == "" {
		return
	}
	var ordered []T
	for _, at := range slices.Sorted(maps.Keys(r.found)) {
		ordered = append(ordered, r.found[at])
	}
	content, err := json.MarshalIndent(ordered, "", "  ")
	if err == nil {
		err = os.WriteFile(filepath.Join(*out, name), content, 0o600)
	}
	if err != nil {
		t.Error(err)
	}
}
