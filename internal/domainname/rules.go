// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package domainname

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// implausible names the fault of a spelling that no registry could have registered, seen
// before IDNA maps anything away. It is empty for a plausible one.
func implausible(spelling string) string {
	switch {
	case spelling == "":
		return "it is empty"
	case !utf8.ValidString(spelling):
		return "it is not valid UTF-8"
	case strings.Contains(spelling, "://"):
		return "it is a URL; give the name alone"
	case strings.ContainsFunc(spelling, unicode.IsSpace):
		return "it contains white space"
	case strings.ContainsFunc(spelling, unicode.IsControl):
		return "it contains a control character"
	case strings.ContainsAny(spelling, `/\?#%@:*`):
		return "it contains a character that no domain name has"
	}
	return ""
}

// badLabel names the fault of an ASCII name that IDNA lets through although DNS or the
// registries do not. It is empty for a good one.
func badLabel(ascii string) string {
	labels := strings.Split(ascii, ".")
	if len(labels) < 2 {
		return "it has no extension such as .com"
	}
	for _, label := range labels {
		switch {
		case label == "":
			return "it has an empty label (two dots, or a dot at its start or end)"
		case strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-"):
			return "the label " + label + " starts or ends with a hyphen"
		}
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return "its extension is a number, as in an IP address"
	}
	return ""
}
