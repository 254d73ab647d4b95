// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// expectation is what a chapter is to show.
type expectation struct {
	exit     int
	says     []string // pieces of the CLI's output, without line breaks, frames and colours
	patched  []string // the domains that were changed over the API, sorted
	renewing []string // the domains with auto-renew on at the registrar afterwards, sorted
	managed  []string // the resources in state afterwards, sorted
}

// sight is what a chapter did show.
type sight struct {
	exit                       int
	output                     string
	patched, renewing, managed []string
}

// missed lists where a sight falls short of the expectation, a sentence each.
func (e expectation) missed(s sight) []string {
	var missed []string
	if s.exit != e.exit {
		missed = append(missed, fmt.Sprintf("exit code: got %d, want %d", s.exit, e.exit))
	}
	text := plain(s.output)
	for _, piece := range e.says {
		if !strings.Contains(text, piece) {
			missed = append(missed, fmt.Sprintf("the output lacks %q", piece))
		}
	}
	for _, lists := range []struct {
		name      string
		got, want []string
	}{
		{"changed over the API", s.patched, e.patched},
		{"with auto-renew on at the registrar", s.renewing, e.renewing},
		{"in state", s.managed, e.managed},
	} {
		if !slices.Equal(lists.got, lists.want) {
			missed = append(missed, fmt.Sprintf("%s: got %v, want %v", lists.name, lists.got, lists.want))
		}
	}
	return missed
}

// plain takes out of a CLI's output what depends on the terminal: colours, the frames of warnings
// and errors, and where lines break.
func plain(output string) string {
	output = regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(output, "")
	output = strings.NewReplacer("│", "", "╷", "", "╵", "").Replace(output)
	return strings.Join(strings.Fields(output), " ")
}
