// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

func TestCheckAccount(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		account string
		want    bool
	}{
		"Cloudflare's form":              {"023e105f4ecef8ad9ca31a8372d0c353", true},
		"the reference allows shorter":   {"a", true},
		"upper case":                     {"023E105F", true},
		"hyphens and underscores":        {"my_account-1", true},
		"nothing":                        {"", false},
		"one more than 32 characters":    {strings.Repeat("a", 33), false},
		"a slash would be another path":  {"a/b", false},
		"dots would be another path":     {"..", false},
		"one dot would be no element":    {".", false},
		"an escape would be undone":      {"%2e%2e", false},
		"a question mark":                {"a?b", false},
		"a number sign":                  {"a#b", false},
		"a space":                        {"a b", false},
		"a newline at the end":           {"abc\n", false},
		"a letter that is not ASCII":     {"ä", false},
		"the reference page's template":  {"{account_id}", false},
		"a token in place of an account": {"Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := client.CheckAccount(test.account)
			if (err == nil) != test.want {
				t.Errorf("CheckAccount(%q) = %v, want it accepted: %t", test.account, err, test.want)
			}
		})
	}
}

func TestDomainIDReadsAsAccountAndDomain(t *testing.T) {
	t.Parallel()
	id := client.DomainID{Account: "023e105f4ecef8ad9ca31a8372d0c353", Name: "example.com"}
	if got := id.String(); got != "023e105f4ecef8ad9ca31a8372d0c353/example.com" {
		t.Errorf("String() = %q", got)
	}
}
