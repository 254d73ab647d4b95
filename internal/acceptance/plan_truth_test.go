// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// Terraform drops the warnings of the second of the two calls in which it plans a replacement.
func TestAccAReplacementSaysEverythingOfBothDomains(t *testing.T) {
	t.Parallel()
	one := func(domain, more string) string {
		return fmt.Sprintf("resource \"registrar_domain_settings\" \"example\" {\n  domain_name = %s\n  auto_renew = true\n%s}\n", domain, more)
	}
	const (
		kept    = "keeps auto_renew = true at the registrar"
		charges = "Turning auto-renew on authorises charges"
		dup     = "Two resources"
	)
	cases := map[string]struct {
		before, after string
		args          []string
		says          []string
		times         map[string]int
	}{
		"another name": {
			one(`"on.com"`, ""), one(`"off.com"`, ""), nil,
			[]string{"on.com " + kept, "off.com (account " + account + ") expires on 2030-01-02. auto_renew off → on authorises", "1 to add, 0 to change, 1 to destroy"},
			map[string]int{kept: 1, charges: 1, dup: 0},
		},
		"create before destroy": {
			one(`"on.com"`, "  lifecycle { create_before_destroy = true }\n"), one(`"off.com"`, "  lifecycle { create_before_destroy = true }\n"), nil,
			[]string{"on.com " + kept, "off.com (account"},
			map[string]int{kept: 1, charges: 1, dup: 0},
		},
		"a count that is shifted at the front": {
			one(`["on.com", "on2.com"][count.index]`, "  count = 2\n"), one(`["off.com", "on.com", "on2.com"][count.index]`, "  count = 3\n"), nil,
			[]string{"keeps auto_renew = true", "off.com (account", "3 to add, 0 to change, 2 to destroy"},
			map[string]int{charges: 1, dup: 0},
		},
		"a key of for_each that is another domain": {
			one("each.key", "  for_each = toset([\"on.com\"])\n"), one("each.key", "  for_each = toset([\"off.com\"])\n"), nil,
			[]string{"on.com " + kept, "off.com (account"},
			map[string]int{kept: 1, charges: 1, dup: 0},
		},
		"a name that is not known yet": {
			one(`"on.com"`, ""), "resource \"terraform_data\" \"name\" {\n  input = \"off.com\"\n}\n" + one("terraform_data.name.output", ""), nil,
			[]string{"on.com " + kept, "must be replaced"},
			map[string]int{kept: 1, dup: 0},
		},
		"a replacement by request": {
			one(`"on.com"`, ""), one(`"on.com"`, ""),
			[]string{"-replace=registrar_domain_settings.example"},
			[]string{"1 to add, 0 to change, 1 to destroy"},
			map[string]int{charges: 0, dup: 0},
		},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			w := open(t, c.before, domain("on.com", true, fakeregistrar.Immediate()), domain("on2.com", true, fakeregistrar.Immediate()), domain("off.com", false, fakeregistrar.Immediate()))
			w.apply(0)
			w.write("main.tf", c.after)
			got := w.must(2, append([]string{"plan", "-detailed-exitcode"}, c.args...)...)
			got.says(t, c.says...)
			for text, times := range c.times {
				if got.count(text) != times {
					t.Errorf("the screen says %q %d times; want %d:\n%s", text, got.count(text), times, got.text)
				}
			}
			w.must(0, append([]string{"apply", "-auto-approve"}, c.args...)...)
			w.plan(0)
		})
	}
}

// Terraform keeps the private state that comes with the error of an update.
func TestAccAChangeUnderWayIsNeverNoChanges(t *testing.T) {
	t.Parallel()
	reverted := strings.Replace(oneDomain, "= true", "= false", 1)
	const inFlight = "An update of example.com is still in flight"
	w := open(t, reverted, domain("example.com", false, fakeregistrar.ActionRequired("confirm_contact", "owner@example.net")))
	w.apply(0)
	w.write("main.tf", oneDomain)
	w.apply(1).says(t, "Retrying does not help.", "Setting the old value back in the configuration does not cancel the change")

	w.write("main.tf", reverted)
	w.must(0, "refresh").says(t, inFlight, "State: action_required", "Action: confirm_contact")
	w.plan(2).says(t, inFlight, "The apply waits for an update that may be in flight", "0 to add, 1 to change")
	w.must(2, "plan", "-detailed-exitcode", "-refresh=false").says(t, "1 to change")
	w.must(2, "plan", "-detailed-exitcode", "-target=registrar_domain_settings.example").says(t, inFlight, "1 to change")
	w.apply(1).says(t, "The update of example.com needs an action by you")
	w.plan(2).says(t, inFlight)
	if got := w.patches(); got != 1 {
		t.Errorf("sent %d PATCH; want one", got)
	}

	w.fake.CompleteAction(account, "example.com")
	w.fake.SetScenario(account, "example.com", fakeregistrar.Immediate())
	w.must(0, "apply", "-auto-approve", "-refresh=false")
	w.plan(0).says(t, "No changes")
	if got := w.patches(); got != 2 {
		t.Errorf("sent %d PATCH; want one more, back to false", got)
	}
}

// many adopts thirty domains.
const many = `
resource "registrar_domain_settings" "example" {
  count       = 30
  domain_name = "new${count.index}.com"
  auto_renew  = true
}
`

func TestAccAFirstPlanIsNotSilentWhereNothingWorks(t *testing.T) {
	t.Parallel()
	const refusal = `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}`
	cases := map[string]struct {
		fault fakeregistrar.Fault
		code  int
		says  []string
	}{
		"refused credentials": {fakeregistrar.Fault{Times: -1, Status: 401, Body: refusal}, 1, []string{
			"Error: The registrar refused the credentials", "10000 Authentication error", `"Registrar Domains Read" to plan`,
		}},
		"a wrong account": {fakeregistrar.Fault{Times: -1, Status: 403, Body: refusal}, 1, []string{
			"Error: The registrar refused the credentials", `"Registrar Domains Read" to plan`, "or account_id is wrong",
		}},
		"a dead network": {fakeregistrar.Fault{Times: -1, Delay: time.Minute}, 2, []string{
			"Warning: The registrar cannot be asked about this domain", "nor whether the apply authorises charges", "(and 29 more similar warnings elsewhere)",
		}},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			w := open(t, many)
			w.fake.Inject(c.fault)
			began := time.Now()
			got := w.must(c.code, "plan", "-detailed-exitcode", "-input=false")
			got.says(t, c.says...)
			if took := time.Since(began); took > 13*time.Second { // a second for the CLI and its processes
				t.Errorf("took %s", took)
			}
			if errors := got.count("Error:"); errors > 1 {
				t.Errorf("%d errors; want one:\n%s", errors, got.text)
			}
		})
	}
}

func TestAccProductionAndSandboxNeverMix(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0)
	production := w.env
	w.env = append(w.env, "CLOUDFLARE_REGISTRAR_SANDBOX=true")
	const says = "Error: example.com is managed through the production registrar"
	w.fake.ResetLog()
	for _, command := range [][]string{
		{"plan"},
		{"refresh"},
		{"apply", "-auto-approve"},
		{"destroy", "-auto-approve"},
		{"plan", "-refresh=false", "-replace=registrar_domain_settings.example"},
		{"destroy", "-auto-approve", "-refresh=false"},
	} {
		w.must(1, command...).says(t, says)
	}
	if got := len(w.fake.Requests()); got != 0 {
		t.Errorf("sent %d requests; want none", got)
	}
	if got := w.resources(); got != "registrar_domain_settings.example" {
		t.Errorf("the state holds %q; want the resource", got)
	}
	w.env = production
	w.plan(0)
}

func TestAccAnotherAccountOfTheProviderPlansTheReplacement(t *testing.T) {
	t.Parallel()
	const other = "f1e2d3c4b5a6978877665544332211ff"
	w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Immediate()),
		fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.com", Account: other, ExpiresAt: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)}))
	w.apply(0)
	w.env = append(w.env, "CLOUDFLARE_ACCOUNT_ID="+other)
	w.plan(2).says(t, "must be replaced", "forces replacement", "example.com keeps auto_renew = true at the registrar",
		"example.com (account "+other+") expires on 2030-01-02. auto_renew off → on")
	w.write("main.tf", strings.Replace(oneDomain, "auto_renew", "account_id = \""+account+"\"\n  auto_renew", 1))
	w.plan(0)
}
