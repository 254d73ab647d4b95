// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"testing"
)

func TestAnExpectationMissesWhatIsNotThere(t *testing.T) {
	t.Parallel()
	want := expectation{
		exit:     1,
		says:     []string{"could not update example.org"},
		patched:  []string{"example.com", "example.org"},
		renewing: []string{"example.com"},
		managed:  []string{"registrar_domain_settings.fast"},
	}
	good := sight{
		exit:     1,
		output:   "╷\n│ Error: The registrar could not\n│ update example.org\n╵\n",
		patched:  []string{"example.com", "example.org"},
		renewing: []string{"example.com"},
		managed:  []string{"registrar_domain_settings.fast"},
	}
	tests := map[string]struct {
		change func(*sight)
		missed []string
	}{
		"nothing where all is as told": {func(*sight) {}, nil},
		"the exit code": {
			func(s *sight) { s.exit = 0 },
			[]string{"exit code: got 0, want 1"},
		},
		"a piece of the output": {
			func(s *sight) { s.output = "Apply complete!" },
			[]string{`the output lacks "could not update example.org"`},
		},
		"a PATCH sent twice": {
			func(s *sight) { s.patched = []string{"example.com", "example.com", "example.org"} },
			[]string{"changed over the API: got [example.com example.com example.org], want [example.com example.org]"},
		},
		"what the registrar holds": {
			func(s *sight) { s.renewing = nil },
			[]string{"with auto-renew on at the registrar: got [], want [example.com]"},
		},
		"what is in state": {
			func(s *sight) { s.managed = append(s.managed, "registrar_domain_settings.failing") },
			[]string{"in state: got [registrar_domain_settings.fast registrar_domain_settings.failing], want [registrar_domain_settings.fast]"},
		},
		"several things at once": {
			func(s *sight) { s.exit, s.managed = 2, nil },
			[]string{"exit code: got 2, want 1", "in state: got [], want [registrar_domain_settings.fast]"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := good
			seen.managed = slices.Clone(good.managed)
			test.change(&seen)
			if got := want.missed(seen); !slices.Equal(got, test.missed) {
				t.Errorf("missed = %q, want %q", got, test.missed)
			}
		})
	}
}

func TestPlainTextDoesNotDependOnTheTerminal(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ output, want string }{
		"colours":      {"\x1b[1m\x1b[31mError:\x1b[0m\x1b[0m no", "Error: no"},
		"frames":       {"╷\n│ Error: no\n│ \n╵", "Error: no"},
		"line breaks":  {"the domain is\nunder a dispute", "the domain is under a dispute"},
		"aligned text": {"  ~ auto_renew   = false -> true", "~ auto_renew = false -> true"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := plain(test.output); got != test.want {
				t.Errorf("plain = %q, want %q", got, test.want)
			}
		})
	}
}
