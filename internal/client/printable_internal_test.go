// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"strings"
	"testing"
)

func TestPrintable(t *testing.T) {
	t.Parallel()
	Each(t, map[string]struct{ text, want string }{
		"colours of a terminal":             {"\x1b[31mred\x1b[0m", "[31mred [0m"},
		"a single byte that begins colours": {"\u009b31mred", "31mred"},
		"a forged line of a log":            {"no\r\nError: yes", "no  Error: yes"},
		"text from right to left":           {"a\u202egnp.exe", "a gnp.exe"},
		"text without width":                {"a\u200bb\ufeffc", "a b c"},
		"separators of lines":               {"a\u2028b\u2029c", "a b c"},
		"bytes that are no text":            {"a\xff\xfeb", "a\uFFFDb"},
		"as long as it may be":              {strings.Repeat("é", 1000), strings.Repeat("é", 1000)},
		"longer than it may be":             {strings.Repeat("é", 1001), strings.Repeat("é", 1000) + "…"},
	}, func(t *testing.T, row struct{ text, want string }) {
		if got := printable(row.text); got != row.want {
			t.Errorf("printable(%q) = %q, want %q", row.text, got, row.want)
		}
	})
}
