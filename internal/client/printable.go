// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"strings"
	"unicode"
)

// printableLimit is the length, in characters, to which a server's text is shown.
const printableLimit = 1000

// printable makes a server's text safe to show: control characters, which could recolour or
// rewrite a terminal or forge a line of a log, become spaces, and so do the marks that reverse
// the direction of text; what is longer than a person would read is cut.
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
