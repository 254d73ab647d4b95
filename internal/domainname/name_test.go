// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package domainname_test

import (
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

func TestParse(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ spelling, want string }{
		"a plain name":                           {"example.com", "example.com"},
		"upper case":                             {"EXAMPLE.Com", "example.com"},
		"one trailing dot":                       {"example.com.", "example.com"},
		"Unicode":                                {"münchen.de", "xn--mnchen-3ya.de"},
		"Unicode in upper case":                  {"MÜNCHEN.DE", "xn--mnchen-3ya.de"},
		"punycode":                               {"xn--mnchen-3ya.de", "xn--mnchen-3ya.de"},
		"punycode in upper case":                 {"XN--MNCHEN-3YA.DE.", "xn--mnchen-3ya.de"},
		"a decomposed umlaut":                    {"mu\u0308nchen.de", "xn--mnchen-3ya.de"},
		"a joiner between Persian letters":       {"نامه\u200cای.com", "xn--mgba3gch31f060k.com"},
		"a sharp s":                              {"straße.de", "xn--strae-oqa.de"},
		"a suffix of two labels":                 {"example.co.uk", "example.co.uk"},
		"hyphens as third and fourth characters": {"ab--cd.com", "ab--cd.com"},
		"a private suffix":                       {"github.io", "github.io"},
		"a suffix that isn't in the list":        {"example.newtld", "example.newtld"},
		"a leading digit":                        {"1password.com", "1password.com"},
		"a label of 63 octets":                   {strings.Repeat("a", 63) + ".com", strings.Repeat("a", 63) + ".com"},
		"an ideographic full stop":               {"例え。jp", "xn--r8jz45g.jp"},
		"an ideographic full stop at the end":    {"例え。jp。", "xn--r8jz45g.jp"},
		"a halfwidth full stop at the end":       {"例え。jp｡", "xn--r8jz45g.jp"},
		"an internationalized suffix":            {"пример.рф", "xn--e1afmkfd.xn--p1ai"},
		"a suffix under a wildcard of the list":  {"example.foo.ck", "example.foo.ck"},
		"an exception to a wildcard of the list": {"www.ck", "www.ck"},
		"full-width letters":                     {"ｅｘａｍｐｌｅ.com", "example.com"},
	}
	for name, c := range cases {
		got, err := domainname.Parse(c.spelling)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: Parse(%q) = %q, %v; want %q", name, c.spelling, got, err, c.want)
		}
		if again, err := domainname.Parse(string(got)); err != nil || again != got {
			t.Errorf("Parse(%q) = %q, %v; want itself", got, again, err)
		}
	}
}

func TestParseRefusesInvalidNames(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ spelling, reason, meant string }{
		"an empty name":                     {"", "it is empty", ""},
		"a host name":                       {"www.example.com", "it is a host name below a registered domain", "example.com"},
		"a host below a longer suffix":      {"a.b.example.co.uk", "it is a host name below a registered domain", "example.co.uk"},
		"a name below a private suffix":     {"me.github.io", "it is a host name below a registered domain", "github.io"},
		"a top-level domain alone":          {"com", "it has no top-level domain", ""},
		"a public suffix":                   {"co.uk", "it is a public suffix", ""},
		"two trailing dots":                 {"example.com..", `it has an empty label after "com" (two dots in a row)`, ""},
		"a leading dot":                     {".example.com", "it starts with a dot", ""},
		"an empty label":                    {"example..com", `it has an empty label after "example" (two dots in a row)`, ""},
		"an empty label between other dots": {"example。．com", `it has an empty label after "example"`, ""},
		"a single dot":                      {".", "it starts with a dot", ""},
		"a soft hyphen as a whole label":    {"\u00ad.com", "", ""},
		"an IP address":                     {"192.0.2.1", "its top-level domain is a number", ""},
		"a leading underscore":              {"_b.com", `it contains '_', which is not allowed in domain names`, ""},
		"a leading hyphen":                  {"-example.com", `the label "-example" starts or ends with a hyphen`, ""},
		"a trailing hyphen":                 {"example-.com", `the label "example-" starts or ends with a hyphen`, ""},
		"a URL":                             {"https://example.com", "it is a URL", ""},
		"a path":                            {"example.com/../zones", `it contains '/'`, ""},
		"an escape":                         {"example%2ecom", `it contains '%'`, ""},
		"white space":                       {" example.com", "it contains white space", ""},
		"a trailing newline":                {"example.com\n", "it contains white space", ""},
		"invalid UTF-8":                     {"\x9c.com", "it is not valid UTF-8", ""},
		"a control character":               {"example\x00.com", "it contains a control character", ""},
		"a joiner between Latin letters":    {"exam\u200cple.com", `it contains '\u200c' (U+200C)`, ""},
		"a character that is not allowed":   {"exam≠ple.com", `it contains '≠' (U+2260)`, ""},
		"a symbol for a Hebrew letter":      {"aℵa.com", "it contains 'ℵ' (U+2135), which is not allowed there", ""},
		"broken punycode":                   {"xn--\u00fc.com", `the label "xn--ü" is not valid in an internationalized name`, ""},
		"empty punycode in the first label": {"xn--.com", "", ""},
		"a label of 64 octets":              {strings.Repeat("a", 64) + ".com", `has 64 characters in ASCII form; the limit is 63`, ""},
		"a name of 253 octets":              {strings.Repeat(strings.Repeat("a", 49)+".", 4) + strings.Repeat("a", 49) + ".com", "it is a host name below a registered domain", strings.Repeat("a", 49) + ".com"},
		"a name of 254 octets":              {strings.Repeat(strings.Repeat("a", 49)+".", 4) + strings.Repeat("a", 50) + ".com", "it has 254 characters in ASCII form; the limit is 253", ""},
		"a name of 303 octets":              {strings.Repeat(strings.Repeat("a", 49)+".", 6) + "com", "it has 303 characters in ASCII form; the limit is 253", ""},
	}
	for name, c := range cases {
		got, err := domainname.Parse(c.spelling)
		remedy := ` Use the registered name, such as "example.com".`
		if c.meant != "" {
			remedy = ` Use "` + c.meant + `".`
		}
		if err == nil || !strings.Contains(err.Error(), c.reason) || !strings.HasSuffix(err.Error(), "."+remedy) {
			t.Errorf("%s: Parse(%q) = %q, %v; want %q and%s", name, c.spelling, got, err, c.reason, remedy)
		}
	}
}

func TestSame(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		a, b string
		same bool
	}{
		"case":                     {"Example.COM", "example.com", true},
		"a trailing dot":           {"example.com.", "example.com", true},
		"Unicode and punycode":     {"münchen.de", "XN--mnchen-3ya.de", true},
		"a host name":              {"WWW.example.com", "www.example.com", true},
		"a name that IDNA refuses": {"_Odd_.example.com.", "_odd_.example.com", true},
		"two names":                {"example.com", "example.net", false},
		"a sharp s and ss":         {"straße.de", "strasse.de", false},
		"a joiner":                 {"نامه\u200cای.com", "نامهای.com", false},
	}
	for name, c := range cases {
		if got := domainname.Same(c.a, c.b); got != c.same {
			t.Errorf("%s: Same(%q, %q) = %t; want %t", name, c.a, c.b, got, c.same)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"example.com", "MÜNCHEN.de.", "xn--mnchen-3ya.de", "a..b", "_x.com", "1.2.3.4", "github.io", "例え。jp"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, spelling string) {
		name, err := domainname.Parse(spelling)
		if err != nil {
			return
		}
		if again, err := domainname.Parse(string(name)); err != nil || again != name {
			t.Errorf("Parse(%q) = %q, but Parse(%q) = %q, %v", spelling, name, name, again, err)
		}
		if strings.Trim(string(name), "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
			t.Errorf("Parse(%q) = %q, which is not plain ASCII", spelling, name)
		}
		if domainname.Fold(spelling) != name {
			t.Errorf("Fold(%q) = %q; want %q", spelling, domainname.Fold(spelling), name)
		}
	})
}

func TestUnicode(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ name, want string }{
		"an emoji":                               {"xn--ls8h.la", "💩.la"},
		"plain ASCII":                            {"example.com", "example.com"},
		"an umlaut":                              {"xn--mnchen-3ya.de", "münchen.de"},
		"a sharp s":                              {"xn--strae-oqa.de", "straße.de"},
		"right to left":                          {"xn--4dbrk0ce.xn--9dbq2a", "ישראל.קום"},
		"hyphens as third and fourth characters": {"ab--cd.com", "ab--cd.com"},
		"empty punycode":                         {"xn--.com", "xn--.com"},
		"broken punycode in a label":             {"xn--a-0.com", "xn--a-0.com"},
		"punycode of an ASCII name":              {"xn--example-.com", "xn--example-.com"},
		"a zero-width non-joiner":                {"xn--example-f06c.com", "xn--example-f06c.com"},
		"a direction change":                     {"xn--example-676c.com", "xn--example-676c.com"},
		"a name that IDNA refuses":               {"a_b.com", "a_b.com"},
		"an empty name":                          {"", ""},
	}
	for name, c := range cases {
		if got := domainname.Unicode(domainname.Name(c.name)); got != c.want {
			t.Errorf("%s: Unicode(%q) = %q; want %q", name, c.name, got, c.want)
		}
	}
}
