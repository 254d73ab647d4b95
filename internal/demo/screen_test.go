// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
)

func TestTextIsWrappedAtItsWords(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, want string }{
		"short text stays on its line":      {"one two", "one two"},
		"a line may be full":                {"one two 45", "one two 45"},
		"the word that does not fit breaks": {"one two 456", "one two\n456"},
		"a word longer than a line stands":  {"an http://127.0.0.1 here", "an\nhttp://127.0.0.1\nhere"},
		"characters count and not bytes":    {"→→→ →→→ →→", "→→→ →→→ →→"},
		"spaces and breaks fold":            {" one\n\ntwo ", "one two"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := wrapped(test.text, 10); got != test.want {
				t.Errorf("wrapped = %q, want %q", got, test.want)
			}
		})
	}
}

func TestAProgramsOutputIsIndentedLineByLine(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		writes []string
		want   string
	}{
		"whole lines":             {[]string{"a\nb\n"}, "    a\n    b\n"},
		"a line in two pieces":    {[]string{"a", "b\n"}, "    ab\n"},
		"an empty line":           {[]string{"a\n\nb\n"}, "    a\n\n    b\n"},
		"a last line without end": {[]string{"a\nb"}, "    a\n    b\n"},
		"nothing":                 {nil, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			w := (&screen{out: &out}).indented()
			for _, piece := range test.writes {
				if n, err := w.Write([]byte(piece)); n != len(piece) || err != nil {
					t.Fatalf("Write = %d, %v", n, err)
				}
			}
			w.end()
			if out.String() != test.want {
				t.Errorf("out = %q, want %q", out.String(), test.want)
			}
		})
	}
}

func TestColoursAreOnlyForTerminals(t *testing.T) {
	t.Parallel()
	for color, want := range map[bool]string{true: "\x1b[1mx\x1b[0m", false: "x"} {
		if got := (&screen{color: color}).bold("x"); got != want {
			t.Errorf("bold with colour %t = %q, want %q", color, got, want)
		}
	}
}
