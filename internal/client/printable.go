// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"strings"
	"unicode"
)

// printableLimit is the length, in characters, at which a server's text is cut.
const printableLimit = 1000

// printable makes a server's text safe to show. It turns control characters, which could recolour a
// terminal or forge a line of a log, and invisible ones, which could reverse the direction of text, into
// spaces, and cuts what is longer than a person would read.
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
