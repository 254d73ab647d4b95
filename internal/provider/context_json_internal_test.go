// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import "testing"

func TestContextJSON(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ raw, want string }{
		"plain JSON stays":                       {`{"a": ["ä", 1, null]}`, `{"a": ["ä", 1, null]}`},
		"escapes stay escapes":                   {`{"a":"\u001b[31m\n"}`, `{"a":"\u001b[31m\n"}`},
		"a delete character is escaped":          {"\"\x7f\"", `"\u007f"`},
		"a C1 control character is escaped":      {"\"\u009b31m\"", `"\u009b31m"`},
		"a change of direction is escaped":       {"\"\u202egnp\"", `"\u202egnp"`},
		"a line separator is escaped":            {"\"\u2028\"", `"\u2028"`},
		"a tag beyond the first plane is a pair": {"\"\U000e0041\"", `"\udb40\udc41"`},
		"white space between tokens stays":       {"{\n\t\"a\": 1\n}", "{\n\t\"a\": 1\n}"},
		"nothing is nothing":                     {"", ""},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			if got := contextJSON([]byte(c.raw)); got != c.want {
				t.Errorf("got %q; want %q", got, c.want)
			}
		})
	}
}
