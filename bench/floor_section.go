// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

// floorRuns is odd, for the median.
const floorRuns = 15

// costs is what a provider takes to say what its schema is.
type costs struct {
	Size    int64           `json:"binary_bytes"`
	Wall    []time.Duration `json:"wall_ns"` // start to exit of the plugin process
	Peak    []int64         `json:"peak_bytes"`
	Command []time.Duration `json:"command_ns"` // of the CLI
}

// measureFloor compares our provider with one that does nothing.
func measureFloor(ctx context.Context, b *bed) (section, error) {
	found := map[string]*costs{}
	rooms := map[string]*room{}
	for _, name := range []string{floor, ours} {
		info, err := os.Stat(b.binary(name))
		if err != nil {
			return section{}, err
		}
		found[name] = &costs{Size: info.Size()}
		rooms[name], err = b.newRoom(fmt.Sprintf("terraform {\n  required_providers {\n    %s = { source = \"seed-9d79c00c/%s\" }\n  }\n}\n", name, name), true)
		if err != nil {
			return section{}, err
		}
	}
	for range floorRuns {
		for _, name := range []string{floor, ours} {
			if err := found[name].add(ctx, rooms[name]); err != nil {
				return section{}, err
			}
		}
	}
	return floorSection(found[ours], found[floor]), nil
}

// add measures once.
func (c *costs) add(ctx context.Context, r *room) error {
	took, err := r.run(ctx, "providers", "schema", "-json")
	if err != nil {
		return err
	}
	all, err := r.usages()
	if err != nil {
		return err
	}
	sum := together(all)
	c.Wall, c.Peak, c.Command = append(c.Wall, sum.Wall/time.Duration(len(all))), append(c.Peak, sum.Peak), append(c.Command, took)
	return nil
}

func floorSection(o, f *costs) section {
	ratio := func(a, b int64) float64 { return float64(a) / float64(b) }
	return section{
		Title: "Beside a provider that does nothing",
		Text: []string{
			fmt.Sprintf("[bench/floor](floor) is a provider with one attribute, one resource and one data source that do nothing, built with the same flags. "+
				"`providers schema -json`, medians of %d runs each, in turns; time and memory are the plugin process's own, from start to exit.", floorRuns),
			"Calibration: HashiCorp's scaffolding provider (commit 2594dc2, 2026-07-16), built alike on linux/amd64, has a binary of 18.56 MB where bench/floor has 17.94 MB. Its memory and time were not compared.",
		},
		Figures: []figure{
			atMost("Binary, beside the floor's", ratio(o.Size, f.Size), "×", 1.10, "see below"),
			atMost("Time to schema, beside the floor's", ratio(int64(median(o.Wall)), int64(median(f.Wall))), "×", 1.10, "see below"),
			atMost("Memory at its peak, beside the floor's", ratio(median(o.Peak), median(f.Peak)), "×", 1.10, "see below"),
		},
		Tables: []table{{
			Head: []string{"", "binary", "time to schema", "memory at its peak", "the whole command"},
			Rows: [][]string{o.row("this provider"), f.row("bench/floor")},
		}},
		Raw: map[string]*costs{ours: o, floor: f},
	}
}

func (c *costs) row(name string) []string {
	return []string{
		name, fmt.Sprintf("%.2f MB", float64(c.Size)/1e6), fmt.Sprintf("%d ms", median(c.Wall).Milliseconds()),
		fmt.Sprintf("%.1f MB", float64(median(c.Peak))/1e6), fmt.Sprintf("%d ms", median(c.Command).Milliseconds()),
	}
}
