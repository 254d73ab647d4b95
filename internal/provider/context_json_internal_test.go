// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import "testing"

func TestContextJSON(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`{"a": ["ä", 1, null]}`: `{"a": ["ä", 1, null]}`,
		`{"a":"\u001b[31m\n"}`:  `{"a":"\u001b[31m\n"}`, // escapes stay escapes
		"{\n\t\"a\": 1\n}":      "{\n\t\"a\": 1\n}",     // white space between tokens
		"\"\x7f\"":              `"\u007f"`,             // a delete character
		"\"\u009b31m\"":         `"\u009b31m"`,          // a C1 control character
		"\"\u202egnp\"":         `"\u202egnp"`,          // a right-to-left override
		"\"\u2028\"":            `"\u2028"`,             // a line separator
		"\"\U000e0041\"":        `"\udb40\udc41"`,       // a tag character, outside the BMP
		"":                      "",
	} {
		if got := contextJSON([]byte(raw)); got != want {
			t.Errorf("contextJSON(%q) = %q; want %q", raw, got, want)
		}
	}
}
