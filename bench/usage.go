// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"time"
)

// usage is what one process took, as the gauge writes it.
type usage struct {
	Wall time.Duration `json:"wall_ns"`
	CPU  time.Duration `json:"cpu_ns"`
	Peak int64         `json:"peak_bytes"`
}

// usages are those of the provider processes in a room since the last call. The CLI starts several
// for one command.
func (r *room) usages() ([]usage, error) {
	content, err := os.ReadFile(r.gauge)
	if err != nil {
		return nil, err
	}
	var all []usage
	for lines := json.NewDecoder(bytes.NewReader(content)); ; {
		var u usage
		if err := lines.Decode(&u); errors.Is(err, io.EOF) {
			return all, os.Remove(r.gauge)
		} else if err != nil {
			return nil, err
		}
		all = append(all, u)
	}
}

// together is the usage of processes of which only one runs the work: their time in all, and the
// largest of their peaks.
func together(all []usage) usage {
	var sum usage
	for _, u := range all {
		sum.Wall += u.Wall
		sum.CPU += u.CPU
		sum.Peak = max(sum.Peak, u.Peak)
	}
	return sum
}

// median is the middle of an odd number of values.
func median[T int64 | float64 | time.Duration](values []T) T {
	ordered := slices.Sorted(slices.Values(values))
	return ordered[len(ordered)/2]
}
