// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package domainname

import (
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Name is a registrable domain name in lower-case ASCII form ("xn--mnchen-3ya.de"), as the API addresses
// registrations. Two spellings of one name have equal Names.
type Name string

// profile maps a spelling to its ASCII form (UTS 46, https://www.unicode.org/reports/tr46/). It is
// idna.Lookup without the rule against hyphens in the third and fourth place, which would refuse names that
// registries did hand out. badLabel checks the lengths.
var profile = idna.New(
	idna.MapForLookup(),
	idna.BidiRule(),
	idna.Transitional(false),
	idna.CheckHyphens(false),
	idna.StrictDomainName(true),
)

// Parse reads a registrable domain name in any of its spellings: Unicode or punycode, any case, with or
// without one trailing dot. Its error is an *InvalidError, which names the fault and, where that can be
// told, the name that was probably meant.
func Parse(spelling string) (Name, error) {
	if reason := implausible(spelling); reason != "" {
		return "", &InvalidError{Spelling: spelling, Reason: reason}
	}
	trimmed := strings.TrimSuffix(withASCIIDots(spelling), ".")
	ascii, ok := toASCII(trimmed)
	if !ok {
		return "", &InvalidError{Spelling: spelling, Reason: unmappable(trimmed)}
	}
	if reason := badLabel(ascii); reason != "" {
		return "", &InvalidError{Spelling: spelling, Reason: reason}
	}
	return registrable(spelling, ascii)
}

// Fold returns the Name of a spelling that the registrar sent. It never fails: what IDNA refuses is
// compared as it is, in lower case and without its trailing dot.
func Fold(spelling string) Name {
	spelling = strings.TrimSuffix(withASCIIDots(spelling), ".")
	if ascii, ok := toASCII(spelling); ok {
		return Name(ascii)
	}
	return Name(strings.ToLower(spelling))
}

// Same reports whether two spellings mean one name.
func Same(a, b string) bool {
	return Fold(a) == Fold(b)
}

// toASCII returns the ASCII form of a name. IDNA accepts a few spellings whose ASCII form it then refuses;
// those are refused here, or a name in state would not be one that can be configured.
func toASCII(spelling string) (string, bool) {
	ascii, err := profile.ToASCII(spelling)
	if err != nil {
		return "", false
	}
	_, err = profile.ToASCII(ascii)
	return ascii, err == nil
}

// registrable accepts ascii only where it is exactly one label below a public suffix.
func registrable(spelling, ascii string) (Name, error) {
	suffix := icannSuffix(ascii)
	if ascii == suffix {
		return "", &InvalidError{Spelling: spelling, Reason: "it is a public suffix, under which names are registered, not a registered name"}
	}
	rest := strings.TrimSuffix(ascii, "."+suffix)
	if cut := strings.LastIndexByte(rest, '.'); cut >= 0 {
		return "", &InvalidError{
			Spelling: spelling,
			Reason:   "it is a host name below a registered domain",
			Meant:    rest[cut+1:] + "." + suffix,
		}
	}
	return Name(ascii), nil
}

// icannSuffix returns the public suffix that a registry runs. The list (https://publicsuffix.org/) also
// has private suffixes ("github.io"); their owners registered them like anybody else, and refusing those
// names would lock them out.
func icannSuffix(ascii string) string {
	for {
		suffix, icann := publicsuffix.PublicSuffix(ascii)
		if icann || !strings.Contains(suffix, ".") {
			return suffix
		}
		_, ascii, _ = strings.Cut(suffix, ".")
	}
}
