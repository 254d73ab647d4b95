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
		"terminal colors": {"\x1b[31mred\x1b[0m", "[31mred [0m"},
		"a single byte that starts a color sequence": {"\u009b31mred", "31mred"},
		"a forged log line":                          {"no\r\nError: yes", "no  Error: yes"},
		"right-to-left text":                         {"a\u202egnp.exe", "a gnp.exe"},
		"zero-width text":                            {"a\u200bb\ufeffc", "a b c"},
		"line separators":                            {"a\u2028b\u2029c", "a b c"},
		"invalid UTF-8 bytes":                        {"a\xff\xfeb", "a\uFFFDb"},
		"text at the limit":                          {strings.Repeat("é", 1000), strings.Repeat("é", 1000)},
		"text over the limit":                        {strings.Repeat("é", 1001), strings.Repeat("é", 1000) + "…"},
	}, func(t *testing.T, row struct{ text, want string }) {
		if got := printable(row.text); got != row.want {
			t.Errorf("printable(%q) = %q, want %q", row.text, got, row.want)
		}
	})
}
