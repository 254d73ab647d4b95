// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"strings"
	"unicode"
)

// printableLimit is the length of a server's text in characters, after which printable cuts it.
const printableLimit = 1000

// printable makes a server's text safe to show. It replaces control characters, which could recolor a
// terminal or forge a log line, and invisible characters, which could reverse text, with spaces. It
// truncates a long text.
func printable(text string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	clean = strings.TrimSpace(clean)
	if runes := []rune(clean); len(runes) > printableLimit {
		return string(runes[:printableLimit]) + "…"
	}
	return clean
}
