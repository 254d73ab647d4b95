// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// figure is one number with what it should be at most.
type figure struct {
	What   string  `json:"what"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit,omitempty"`
	Target float64 `json:"target"` // at most
	Met    bool    `json:"met"`
	Why    string  `json:"why,omitempty"` // where the target is not met
}

// atMost makes a figure. The reason is dropped where none is needed.
func atMost(what string, value float64, unit string, target float64, why string) figure {
	f := figure{What: what, Value: value, Unit: unit, Target: target, Met: value <= target}
	if !f.Met {
		f.Why = why
	}
	return f
}

// table is rows beneath a head.
type table struct {
	Head []string   `json:"head"`
	Rows [][]string `json:"rows"`
}

// section is one part of the report.
type section struct {
	Name     string            `json:"name"`
	Title    string            `json:"title"`
	Text     []string          `json:"-"` // paragraphs before the tables
	Figures  []figure          `json:"figures"`
	Tables   []table           `json:"tables"`
	Pictures map[string]string `json:"-"` // SVG by file name
	Raw      any               `json:"raw,omitempty"`
}

// report is everything that was measured.
type report struct {
	Machine  machine   `json:"machine"`
	Sections []section `json:"sections"`
}

// write puts the report into a folder.
func (r report) write(folder string) error {
	results, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	files := map[string]string{"README.md": r.markdown(), "results.json": string(results) + "\n"}
	for _, s := range r.Sections {
		maps.Copy(files, s.Pictures)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil { //nolint:gosec // a page for everybody to read
			return err
		}
	}
	return nil
}

func (r report) markdown() string {
	var page strings.Builder
	page.WriteString("# What it costs\n\n" + r.Machine.markdown() + "\n")
	page.WriteString("| | measured | at most | met |\n|---|--:|--:|---|\n")
	for _, s := range r.Sections {
		for _, f := range s.Figures {
			page.WriteString(f.row())
		}
	}
	for _, s := range r.Sections {
		page.WriteString(s.markdown())
	}
	return page.String()
}

func (f figure) row() string {
	met := "yes"
	if !f.Met {
		met = "**no**: " + f.Why
	}
	return fmt.Sprintf("| %s | %s | %s | %s |\n", f.What, number(f.Value, f.Unit), number(f.Target, f.Unit), met)
}

// number shows three digits, and counts in full.
func number(value float64, unit string) string {
	text := fmt.Sprintf("%.2f", value)
	if value == float64(int64(value)) && unit != "×" {
		text = fmt.Sprintf("%d", int64(value))
	}
	return strings.TrimSpace(text + " " + unit)
}

func (s section) markdown() string {
	var page strings.Builder
	fmt.Fprintf(&page, "\n## %s\n", s.Title)
	for _, paragraph := range s.Text {
		page.WriteString("\n" + paragraph + "\n")
	}
	for _, t := range s.Tables {
		page.WriteString("\n" + t.markdown())
	}
	for name := range s.Pictures {
		fmt.Fprintf(&page, "\n![%s](%s)\n", s.Title, name)
	}
	return page.String()
}

// markdown aligns everything but the first column to the right.
func (t table) markdown() string {
	var lines strings.Builder
	lines.WriteString("| " + strings.Join(t.Head, " | ") + " |\n|---" + strings.Repeat("|--:", len(t.Head)-1) + "|\n")
	for _, row := range t.Rows {
		lines.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	return lines.String()
}
