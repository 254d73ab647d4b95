// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// event is one line of `go test -json`; see `go doc test2json`.
type event struct {
	Action  string
	Package string
	Test    string
	Elapsed float64 // seconds
	Output  string
}

// id names a test, or with an empty test a package.
type id struct{ pkg, test string }

// follow prints what ends as it ends, with the output of what failed, and returns what it saw.
func follow(events io.Reader, out io.Writer) (*result, error) {
	seen := &result{verdicts: map[id]string{}, output: map[id][]string{}}
	decoder := json.NewDecoder(events)
	for {
		var e event
		if err := decoder.Decode(&e); errors.Is(err, io.EOF) {
			return seen, nil
		} else if err != nil {
			return seen, fmt.Errorf("reading the events of go test: %w", err)
		}
		seen.add(e)
		if _, err := io.WriteString(out, seen.line(e)); err != nil {
			return seen, err
		}
	}
}

// add keeps what an event says.
func (r *result) add(e event) {
	key := id{e.Package, e.Test}
	switch e.Action {
	case "output":
		if !framing(e.Output) {
			r.output[key] = append(r.output[key], e.Output)
		}
	case "pass", "fail", "skip":
		if e.Test != "" {
			r.verdicts[key] = e.Action
		}
	}
}

// framing is the lines that the events say already.
func framing(line string) bool {
	line = strings.TrimLeft(line, " ")
	return strings.HasPrefix(line, "=== ") || strings.HasPrefix(line, "--- ")
}

// line is what an event adds to the screen: the end of each whole test, and why something failed.
func (r *result) line(e event) string {
	switch {
	case e.Action == "build-output":
		return e.Output
	case e.Action == "fail":
		return r.ending(e) + strings.Join(r.output[id{e.Package, e.Test}], "")
	case (e.Action == "pass" || e.Action == "skip") && e.Test != "" && !strings.Contains(e.Test, "/"):
		return r.ending(e)
	}
	return ""
}

func (r *result) ending(e event) string {
	name := e.Test
	if name == "" {
		name = e.Package
	}
	took := time.Duration(e.Elapsed * float64(time.Second)).Round(100 * time.Millisecond)
	return fmt.Sprintf("%s  %s (%s)\n", strings.ToUpper(e.Action), name, took)
}
