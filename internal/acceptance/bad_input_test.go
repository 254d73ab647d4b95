// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// `terraform validate` often runs without credentials.
func TestAccValidateRefusesBadInput(t *testing.T) {
	t.Parallel()
	for says, config := range map[string]string{
		"Success! The configuration is valid":                        oneDomain,
		"sets api_key without email":                                 oneDomain + "provider \"registrar\" {\n  api_key = \"two\"\n}\n",
		`timeouts.update is "-1h". It must be a duration`:            withTimeout("update", "-1h"),
		`expires_before is "2027-01-01". It must be a date and time`: "data \"registrar_domains\" \"found\" {\n  expires_before = \"2027-01-01\"\n}\n",
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			w := open(t, config)
			w.env = append(w.env, "CLOUDFLARE_API_TOKEN=", "CLOUDFLARE_ACCOUNT_ID=")
			got := w.cli("validate")
			got.says(t, says)
			if errors := got.count("Error:"); errors != got.code || len(w.fake.Requests()) > 0 {
				t.Errorf("ended with %d after %d errors and %v; want one error and no request", got.code, errors, w.fake.Requests())
			}
		})
	}
}

// withTimeout returns oneDomain with a timeout.
func withTimeout(entry, duration string) string {
	return strings.Replace(oneDomain, "= true\n", "= true\n  timeouts    = { "+entry+" = \""+duration+"\" }\n", 1)
}

// A plan and a destroy work with an invalid read timeout in the state.
func TestAccATimeoutInStateDoesNotLockTheResource(t *testing.T) {
	t.Parallel()
	w := open(t, withTimeout("read", "2s"), domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0)
	w.write("terraform.tfstate", strings.Replace(w.state(), `"2s"`, `"1ns"`, 1))
	w.plan(2).says(t, "1 to change")
	w.must(0, "destroy", "-auto-approve").says(t, "1 destroyed")
}

// The same apply can create the account.
func TestAccAnAccountThatIsOnlyKnownAfterApply(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain+`
resource "terraform_data" "account" {
  input = "`+account+`"
}

provider "registrar" {
  account_id = terraform_data.account.output
}
`, domain("example.com", false, fakeregistrar.Immediate()))
	w.plan(2).says(t, "2 to add", "+ account_id = (known after apply)")
	w.apply(0).says(t, "2 added")
	w.plan(0)
}
