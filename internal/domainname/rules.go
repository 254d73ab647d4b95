// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package domainname

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The DNS limits, in octets of the ASCII form. Source: RFC 1035, section 2.3.4.
const (
	maxLabel = 63
	maxName  = 253
)

// implausible returns why no registry could have registered a spelling, or "". It runs first, because IDNA
// drops some characters.
func implausible(spelling string) string {
	switch {
	case spelling == "":
		return "it is empty"
	case !utf8.ValidString(spelling):
		return "it is not valid UTF-8"
	case strings.Contains(spelling, "://"):
		return "it is a URL; use only the domain name"
	case strings.ContainsFunc(spelling, unicode.IsSpace):
		return "it contains white space"
	case strings.ContainsFunc(spelling, unicode.IsControl):
		return "it contains a control character"
	}
	if i := strings.IndexFunc(spelling, notInNames); i >= 0 {
		return fmt.Sprintf("it contains %q, which is not allowed in domain names", spelling[i])
	}
	return emptyLabel(spelling)
}

// notInNames reports whether a character is ASCII but isn't a letter, digit, hyphen or dot.
func notInNames(r rune) bool {
	return r < utf8.RuneSelf && r != '-' && r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// withASCIIDots replaces IDNA's three other dots with the ASCII one.
func withASCIIDots(spelling string) string {
	return strings.NewReplacer("。", ".", "．", ".", "｡", ".").Replace(spelling)
}

// emptyLabel describes the first empty label, or returns "". One trailing dot is allowed.
func emptyLabel(spelling string) string {
	labels := strings.Split(withASCIIDots(spelling), ".")
	for i, label := range labels {
		switch {
		case label != "" || i == len(labels)-1:
		case i == 0:
			return "it starts with a dot"
		default:
			return fmt.Sprintf("it has an empty label after %q (two dots in a row)", labels[i-1])
		}
	}
	return ""
}

// unmappable returns why a name has no ASCII form: the first character that IDNA refuses between two
// letters, or else the first label that it refuses.
func unmappable(spelling string) string {
	for _, r := range spelling {
		if _, ok := toASCII("a" + string(r) + "a"); !ok {
			return fmt.Sprintf("it contains %q (%U), which is not allowed there", r, r)
		}
	}
	for label := range strings.SplitSeq(spelling, ".") {
		if _, ok := toASCII(label); !ok {
			return fmt.Sprintf("the label %q is not valid in an internationalized name", label)
		}
	}
	return "it is not a valid internationalized domain name"
}

// badLabel returns why DNS or the registries don't allow an ASCII name that IDNA allows, or "".
func badLabel(ascii string) string {
	labels := strings.Split(ascii, ".")
	if len(labels) < 2 {
		return "it has no top-level domain, such as .com"
	}
	for _, label := range labels {
		switch {
		case label == "":
			return "it has a label of only invisible characters"
		case len(label) > maxLabel:
			return fmt.Sprintf("the label %q has %d characters in ASCII form; the limit is %d", label, len(label), maxLabel)
		case strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-"):
			return fmt.Sprintf("the label %q starts or ends with a hyphen", label)
		}
	}
	if len(ascii) > maxName {
		return fmt.Sprintf("it has %d characters in ASCII form; the limit is %d", len(ascii), maxName)
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return "its top-level domain is a number, as in an IP address"
	}
	return ""
}
