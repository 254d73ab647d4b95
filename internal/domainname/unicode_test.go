// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package domainname_test

import (
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

func TestUnicode(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ name, want string }{
		"an emoji":                     {"xn--ls8h.la", "💩.la"},
		"plain ASCII":                  {"example.com", "example.com"},
		"an umlaut":                    {"xn--mnchen-3ya.de", "münchen.de"},
		"a sharp s":                    {"xn--strae-oqa.de", "straße.de"},
		"right to left":                {"xn--4dbrk0ce.xn--9dbq2a", "ישראל.קום"},
		"hyphens in third and fourth":  {"ab--cd.com", "ab--cd.com"},
		"punycode of nothing":          {"xn--.com", "xn--.com"},
		"punycode that is broken":      {"xn--a-0.com", "xn--a-0.com"},
		"punycode of an ASCII name":    {"xn--example-.com", "xn--example-.com"},
		"a zero-width non-joiner":      {"xn--example-f06c.com", "xn--example-f06c.com"},
		"a change of direction":        {"xn--example-676c.com", "xn--example-676c.com"},
		"an odd name of the registrar": {"a_b.com", "a_b.com"},
		"no name at all":               {"", ""},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			if got := domainname.Unicode(domainname.Name(c.name)); got != c.want {
				t.Errorf("Unicode(%q) = %q; want %q", c.name, got, c.want)
			}
		})
	}
}
