// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package domainname

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Name is a registrable domain name in lowercase ASCII form ("xn--mnchen-3ya.de"), as in the API's URLs.
// All spellings of a name have the same Name.
type Name string

// profile maps a spelling to its ASCII form (UTS 46, https://www.unicode.org/reports/tr46/). Unlike
// idna.Lookup, it allows hyphens as third and fourth characters, because registered names have them. badLabel
// checks the lengths.
var profile = idna.New(
	idna.MapForLookup(),
	idna.BidiRule(),
	idna.Transitional(false),
	idna.CheckHyphens(false),
	idna.StrictDomainName(true),
)

// Parse returns the Name of a registrable domain name: Unicode or punycode, any case, with or without one
// trailing dot. Its error contains the reason and the remedy.
func Parse(spelling string) (Name, error) {
	if reason := implausible(spelling); reason != "" {
		return "", invalid(spelling, reason, example)
	}
	trimmed := strings.TrimSuffix(withASCIIDots(spelling), ".")
	ascii, ok := toASCII(trimmed)
	if !ok {
		return "", invalid(spelling, unmappable(trimmed), example)
	}
	if reason := badLabel(ascii); reason != "" {
		return "", invalid(spelling, reason, example)
	}
	return registrable(spelling, ascii)
}

// example is the remedy if the name that the user meant isn't clear.
const example = `the registered name, such as "example.com"`

func invalid(spelling, reason, remedy string) error {
	return fmt.Errorf("%q is not a registrable domain name: %s", spelling, reason+". Use "+remedy+".")
}

// Fold returns the Name of a spelling from the registrar. It never fails: if IDNA refuses a spelling, Fold
// returns it in lower case, without its trailing dot.
func Fold(spelling string) Name {
	spelling = strings.TrimSuffix(withASCIIDots(spelling), ".")
	if ascii, ok := toASCII(spelling); ok {
		return Name(ascii)
	}
	return Name(strings.ToLower(spelling))
}

// Same reports whether two spellings have the same Name.
func Same(a, b string) bool {
	return Fold(a) == Fold(b)
}

// toASCII returns the ASCII form of a name. It refuses the few spellings with an ASCII form that IDNA
// refuses, because users must be able to configure each name in state.
func toASCII(spelling string) (string, bool) {
	ascii, err := profile.ToASCII(spelling)
	if err != nil {
		return "", false
	}
	_, err = profile.ToASCII(ascii)
	return ascii, err == nil
}

// registrable returns the Name if ascii is exactly one label below a public suffix.
func registrable(spelling, ascii string) (Name, error) {
	suffix := icannSuffix(ascii)
	if ascii == suffix {
		return "", invalid(spelling, "it is a public suffix, not a registered name", example)
	}
	rest := strings.TrimSuffix(ascii, "."+suffix)
	if cut := strings.LastIndexByte(rest, '.'); cut >= 0 {
		return "", invalid(spelling, "it is a host name below a registered domain", strconv.Quote(rest[cut+1:]+"."+suffix))
	}
	return Name(ascii), nil
}

// icannSuffix returns the suffix under which a registry registers names. The list
// (https://publicsuffix.org/) also has private suffixes ("github.io"), which are registered names themselves.
func icannSuffix(ascii string) string {
	for {
		suffix, icann := publicsuffix.PublicSuffix(ascii)
		if icann || !strings.Contains(suffix, ".") {
			return suffix
		}
		_, ascii, _ = strings.Cut(suffix, ".")
	}
}

// Unicode returns the Unicode form ("münchen.de"). If the Unicode form has another Name, it returns ASCII,
// because the Unicode form could pass for another domain or control a terminal.
func Unicode(name Name) string {
	text, err := idna.Display.ToUnicode(string(name))
	if err != nil || Fold(text) != name {
		return string(name)
	}
	return text
}
