// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// frameworkFault is what the framework says where a provider did not think of a value.
const frameworkFault = "This is always an error in the provider"

func TestAccBadInputIsRefusedInOurWords(t *testing.T) {
	t.Parallel()
	withTimeouts := func(timeouts string) string {
		return `
resource "registrar_domain_settings" "example" {
  domain_name = "example.com"
  auto_renew  = true
  timeouts    = { ` + timeouts + ` }
}
`
	}
	filter := func(argument string) string {
		return "data \"registrar_domains\" \"found\" {\n  " + argument + "\n}\n"
	}
	importing := []string{"import", "registrar_domain_settings.example"}
	const forms = `Import by "<domain>" or "<account_id>/<domain>"`
	cases := map[string]struct {
		config string
		args   []string
		says   string
	}{
		"an empty import ID": {oneDomain, append(importing, ""), `"" is not an import ID. ` + forms},
		"a URL as import ID": {oneDomain, append(importing, "https://example.com"), `"https://example.com" is not an import ID. ` + forms},
		"a null status":      {filter("statuses = [null]"), []string{"plan"}, "statuses contains a null"},
		"no status":          {filter("statuses = []"), []string{"validate"}, "statuses is empty"},
		"a date alone":       {filter(`expires_before = "2027-01-01"`), []string{"validate"}, `expires_before is "2027-01-01". It must be a date and time`},
		"a tiny timeout":     {withTimeouts(`read = "1ns"`), []string{"plan"}, `timeouts.read is "1ns". It must be a duration from "1s" to "720h"`},
		"a negative timeout": {withTimeouts(`update = "-1h"`), []string{"validate"}, `timeouts.update is "-1h". It must be a duration`},
		"a huge timeout":     {withTimeouts(`create = "99999999h"`), []string{"validate"}, `timeouts.create is "99999999h". It must be a duration`},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			w := open(t, c.config, domain("example.com", true, fakeregistrar.Immediate()))
			got := w.must(1, c.args...)
			got.says(t, c.says)
			if got.count("Error:") != 1 || got.count(frameworkFault) > 0 {
				t.Errorf("want one error of the provider's own:\n%s", got.text)
			}
			if sent := len(w.fake.Requests()); sent != 0 {
				t.Errorf("sent %d requests; want none", sent)
			}
		})
	}
}

func TestAccStatusesMatchInAnyCaseAndWarnOfTheUnknown(t *testing.T) {
	t.Parallel()
	const config = `
data "registrar_domains" "found" {
  statuses = ["Active", "lapsed"]
}

output "names" {
  value = data.registrar_domains.found.domains[*].domain_name
}
`
	w := open(t, config, domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0).says(t, `this version of the provider does not know "lapsed"`, "transfer_pending", `names = tolist([ "example.com", ])`)
}

// A read timeout in state that no version accepts today neither fails the plan nor the destroy.
func TestAccATimeoutInStateDoesNotLockTheResource(t *testing.T) {
	t.Parallel()
	w := open(t, `
resource "registrar_domain_settings" "example" {
  domain_name = "example.com"
  auto_renew  = true
  timeouts    = { read = "2s" }
}
`, domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0)
	state, err := os.ReadFile(filepath.Join(w.dir, "terraform.tfstate"))
	if err != nil || bytes.Count(state, []byte(`"2s"`)) != 1 {
		t.Fatalf("%v: %s", err, state)
	}
	w.write("terraform.tfstate", strings.Replace(string(state), `"2s"`, `"1ns"`, 1))
	w.plan(2).says(t, "1 to change")
	w.must(0, "destroy", "-auto-approve").says(t, "1 destroyed")
}

// `terraform validate` runs where the credentials are not.
func TestAccTheProviderBlockIsValidated(t *testing.T) {
	t.Parallel()
	for arguments, says := range map[string]string{ //nolint:gosec // made-up credentials that must be refused
		`api_token = "one"
  api_key   = "two"`: "sets both api_token and api_key",
		`api_key    = "two"`:                "sets api_key without email",
		`account_id = "not an account"`:     `account_id (from the provider block): "not an account" is not an account ID`,
		`base_url   = "ftp://nowhere"`:      "has a scheme other than https",
		`base_url   = "http://example.com"`: "use https",
		`account_id = "accounts-are-fine"`:  "Success! The configuration is valid",
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			w := open(t, oneDomain+"\nprovider \"registrar\" {\n  "+arguments+"\n}\n")
			w.env = append(w.env, "CLOUDFLARE_API_TOKEN=", "CLOUDFLARE_ACCOUNT_ID=")
			if got := w.cli("validate"); (got.code == 0) != (got.count("Error:") == 0) || got.count("Error:") > 1 {
				t.Errorf("ended with %d:\n%s", got.code, got.text)
			} else {
				got.says(t, says)
			}
		})
	}
}

// The account is created in the same apply, here by a resource that only becomes known then.
func TestAccAnAccountThatIsOnlyKnownAfterApply(t *testing.T) {
	t.Parallel()
	needs(t, "1.4.0", "1.6.0", "terraform_data")
	const config = `
resource "terraform_data" "account" {
  input = "` + account + `"
}

provider "registrar" {
  account_id = terraform_data.account.output
}

resource "registrar_domain_settings" "falls_back" {
  domain_name = "example.com"
  auto_renew  = true
}

resource "registrar_domain_settings" "sets_its_own" {
  domain_name = "example.net"
  auto_renew  = true
  account_id  = "` + account + `"
}

data "registrar_domain" "waits" {
  domain_name = "example.org"
  account_id  = terraform_data.account.output
}
`
	w := open(t, config, domain("example.com", false, fakeregistrar.Immediate()), domain("example.net", false, fakeregistrar.Immediate()),
		domain("example.org", false, fakeregistrar.Immediate()))
	w.plan(2).says(t, "3 to add", `+ id = "`+account+`/example.net"`, "+ account_id = (known after apply)")
	w.apply(0).says(t, "3 added")
	w.plan(0)
	if got := w.patches(); got != 2 {
		t.Errorf("sent %d PATCH; want 2", got)
	}
	w.write("data.tf", "data \"registrar_domain\" \"fails\" {\n  domain_name = \"example.org\"\n}\n")
	w.must(1, "plan", "-replace=terraform_data.account").says(t, "Account is not known yet", "Set account_id here as well")
}
