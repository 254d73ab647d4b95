// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// shortestSecret is the length in bytes from which a credential is looked for in answers.
// Cloudflare's tokens and keys have 37 or more; below this a match would be chance, and
// replacing it would break answers that echo nothing.
const shortestSecret = 8

// redactor takes the credentials out of what a server sends, so that a server which echoes
// them cannot bring them into an error, a log or the state.
type redactor struct{ replacer *strings.Replacer }

func newRedactor(credentials Credentials) redactor {
	secrets := [][2]string{
		{credentials.Token, "(api_token redacted)"},
		{credentials.Key, "(api_key redacted)"},
		{credentials.Email, "(the provider's email)"},
	}
	// The longest first, or one that begins like another would leave its end.
	slices.SortStableFunc(secrets, func(a, b [2]string) int { return cmp.Compare(len(b[0]), len(a[0])) })
	var pairs []string
	for _, secret := range secrets {
		if len(secret[0]) >= shortestSecret {
			pairs = append(pairs, secret[0], secret[1])
		}
	}
	return redactor{strings.NewReplacer(pairs...)}
}

// clean gives the text without credentials.
func (r redactor) clean(text string) string { return r.replacer.Replace(text) }

// cleanJSON gives JSON without credentials, also such as are written with escapes.
func (r redactor) cleanJSON(body []byte) []byte { return []byte(r.clean(string(unescaped(body)))) }

// escape is one escape of a JSON text. Taken from the left, a pair of back slashes is one of its
// own, and the letter u after it begins none.
var escape = regexp.MustCompile(`\\(u[0-9A-Fa-f]{4}|.)`)

// unescaped writes out the characters of JSON that need no escape. It means the same.
func unescaped(body []byte) []byte {
	return escape.ReplaceAllFunc(body, func(match []byte) []byte {
		if string(match) == `\/` {
			return []byte("/")
		}
		if len(match) != len(`\u0000`) {
			return match
		}
		code, _ := strconv.ParseUint(string(match[2:]), 16, 16) // the pattern has four digits
		if r := rune(code); r >= ' ' && r != '"' && r != '\\' && utf8.ValidRune(r) {
			return utf8.AppendRune(nil, r)
		}
		return match
	})
}
