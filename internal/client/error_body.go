// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// APIError is one reason for a failure, from the envelope's "errors", "error_chain" or "messages", or from a
// problem document (RFC 9457).
// Source: the schema "api-response-common-failure" of
// https://developers.cloudflare.com/api/resources/registrar/.
type APIError struct {
	// Code is Cloudflare's number, zero if the response has none.
	Code int
	// Message is for display only, because Cloudflare can change it without notice.
	Message string
	// Pointer is the JSON pointer to the invalid member of the request, often empty.
	Pointer string
	// Documentation is a page on a Cloudflare host, often empty.
	Documentation string
}

// String returns `code 10000 "Domain not found"`.
func (a APIError) String() string {
	text := strconv.Quote(a.Message)
	if a.Code != 0 {
		text = fmt.Sprintf("code %d %s", a.Code, text)
	}
	if a.Pointer != "" {
		text += " at " + a.Pointer
	}
	return text
}

// Limits on the number of reasons in an Error and on their nesting. Real responses have at most three
// reasons and one error_chain.
const (
	maxErrors  = 10
	maxNesting = 4
)

// apiErrors returns the reasons in an error body of any shape. If "errors" has none, it tries "error",
// "messages", and then the body itself.
func apiErrors(body json.RawMessage) []APIError {
	f, err := fieldsOf(body, "the response")
	if err != nil {
		return nil
	}
	page := f["documentation_url"]
	for _, member := range []string{"errors", "error", "messages"} {
		if all := reasonsIn(f[member], maxNesting); len(all) > 0 {
			if member != "errors" {
				all = []APIError{{Message: all[0].Message}} // no decision can depend on its code
			}
			if all[0].Documentation == "" {
				all[0].Documentation = cloudflarePage(textOf(page))
			}
			return all[:min(len(all), maxErrors)]
		}
	}
	if own := reasonOf(f); own.Message != "" {
		return []APIError{own}
	}
	return nil
}

// reasonsIn decodes a list of reasons, one reason, or a string. Each level is decoded again, so levels limits
// the work.
func reasonsIn(raw json.RawMessage, levels int) []APIError {
	var list []json.RawMessage
	if levels == 0 {
		return nil
	}
	if json.Unmarshal(raw, &list) == nil {
		var all []APIError
		for _, entry := range list[:min(len(list), maxErrors)] {
			all = append(all, reasonsIn(entry, levels-1)...)
		}
		return all
	}
	f, err := fieldsOf(raw, "the error")
	if err != nil {
		if text := printable(textOf(raw)); text != "" {
			return []APIError{{Message: text}}
		}
		return nil
	}
	one := reasonOf(f)
	if one.Message == "" && one.Code == 0 && len(f) > 0 {
		one.Message = printable(string(raw)) // JSON of an unknown shape can still contain the reason
	}
	if one == (APIError{}) {
		return nil
	}
	return append([]APIError{one}, reasonsIn(f["error_chain"], levels-1)...)
}

// reasonOf decodes one reason: an entry of "errors", or a problem document.
func reasonOf(f fields) APIError {
	code, _ := strconv.Atoi(cmp.Or(f.message("code"), f.message("error_code"))) // zero if it isn't a number
	source, _ := fieldsOf(f["source"], "source")                                // many reasons have none
	return APIError{
		Code: code, Message: cmp.Or(f.message("message"), f.message("detail"), f.message("title")), Pointer: source.text("pointer"),
		Documentation: cloudflarePage(f.text("documentation_url")),
	}
}

// cloudflarePage returns a URL if it is https on a Cloudflare host, and otherwise "".
func cloudflarePage(text string) string {
	page, err := url.Parse(text)
	if err != nil || page.Scheme != "https" || page.User != nil {
		return ""
	}
	if host := "." + strings.ToLower(page.Host); !strings.HasSuffix(host, ".cloudflare.com") {
		return ""
	}
	return printable(page.String())
}

// excerptLimit is the length of an excerpt in characters.
const excerptLimit = 200

// markup matches the parts of HTML that a browser doesn't show. Each match ends before the next tag: with
// ".*?</script>", a body of many unclosed scripts would take hours.
var markup = regexp.MustCompile(`(?i)<(?:script|style)\b[^<]*|<[a-z/!?][^>]*>`)

// excerpt returns the beginning of a body as one line of text, without tags and credentials.
func (r redactor) excerpt(body []byte) string {
	text := html.UnescapeString(markup.ReplaceAllString(string(body), " "))
	text = strings.Join(strings.Fields(printable(r.clean(text))), " ")
	if runes := []rune(text); len(runes) > excerptLimit {
		return string(runes[:excerptLimit]) + "…"
	}
	return text
}
