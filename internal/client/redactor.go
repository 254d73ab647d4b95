// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shortestSecret is the length in bytes of the shortest credential that the redactor replaces.
// Cloudflare's tokens and keys have at least 37; a short one could match by chance and corrupt responses.
const shortestSecret = 8

// redactor removes the token and the key from responses. Otherwise, a server that echoes them could expose them
// in an error, a log or the state. The email isn't secret: the API can return it as the recipient of a
// confirmation.
type redactor struct{ replacer *strings.Replacer }

func newRedactor(credentials Credentials) redactor {
	var pairs []string
	for name, secret := range map[string]string{"api_token": credentials.Token, "api_key": credentials.Key} {
		if len(secret) >= shortestSecret {
			pairs = append(pairs, secret, "("+name+" redacted)")
		}
	}
	return redactor{strings.NewReplacer(pairs...)}
}

// clean returns the text without credentials.
func (r redactor) clean(text string) string { return r.replacer.Replace(text) }

// cleanJSON returns JSON without credentials, even if they are escaped.
func (r redactor) cleanJSON(body []byte) []byte { return []byte(r.clean(string(unescaped(body)))) }

// escape matches one escape in JSON. Two backslashes are one escape, so a "u" after them doesn't start one.
var escape = regexp.MustCompile(`\\(u[0-9A-Fa-f]{4}|.)`)

// unescaped replaces unnecessary escapes in JSON with their characters. The JSON keeps its meaning.
func unescaped(body []byte) []byte {
	return escape.ReplaceAllFunc(body, func(match []byte) []byte {
		if string(match) == `\/` {
			return []byte("/")
		}
		if len(match) != len(`\u0000`) {
			return match
		}
		code, _ := strconv.ParseUint(string(match[2:]), 16, 16) // valid: the pattern matches four digits
		if r := rune(code); r >= ' ' && r != '"' && r != '\\' && utf8.ValidRune(r) {
			return utf8.AppendRune(nil, r)
		}
		return match
	})
}

// userinfo matches the part between the scheme and the last @ of a quoted URL.
var userinfo = regexp.MustCompile(`://[^"\s]*@`)

// withoutUsers removes user names and passwords from the URLs in an error. Go's error for a malformed proxy
// address contains the whole address.
func withoutUsers(text string) string { return userinfo.ReplaceAllString(text, "://") }

// printableLimit is the number of characters after which printable truncates a text.
const printableLimit = 1000

// printable makes a server's text safe to show. It replaces two kinds of characters with spaces: control
// characters, which could recolor a terminal or forge a log line, and invisible ones, which could reverse text.
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
