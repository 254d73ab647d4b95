// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// contextJSON is an update's free-form context as it may be shown: the same JSON, with every
// character escaped that does something to a terminal. Most such characters may stand in JSON
// as they are, and a person reads this text on a screen.
func contextJSON(raw json.RawMessage) string {
	var text strings.Builder
	for _, r := range string(raw) {
		switch {
		case !unicode.IsControl(r) && !unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == '\n' || r == '\t':
			text.WriteRune(r)
		case utf16.RuneLen(r) == 1:
			fmt.Fprintf(&text, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&text, `\u%04x\u%04x`, high, low)
		}
	}
	return text.String()
}
