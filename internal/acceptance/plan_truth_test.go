// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// counted is a resource with count, for a list of names, with more in its block.
func counted(names, more string) string {
	return `
locals { names = ` + names + ` }

resource "registrar_domain_settings" "example" {
  count       = length(local.names)
  domain_name = local.names[count.index]
  auto_renew  = true
  ` + more + `
}
`
}

// Terraform drops the warnings of the second of the two calls in which it plans a replacement.
func TestAccAReplacementSaysEverythingOfBothDomains(t *testing.T) {
	t.Parallel()
	const (
		on, renamed = `["on.com", "on2.com"]`, `["on.com", "off.com"]`
		kept        = "keeps auto_renew = true at the registrar"
		replaced    = "1 to add, 0 to change, 1 to destroy"
		charge      = "off.com (account " + account + ") expires on 2030-01-02"
	)
	for sentence, c := range map[string]struct {
		names, more string
		args        []string
		charges     int // how many warnings of them
		says        []string
	}{
		"another name":                         {names: renamed, charges: 1, says: []string{"on2.com " + kept, charge, replaced}},
		"another name, created first":          {names: renamed, more: "lifecycle { create_before_destroy = true }", charges: 1, says: []string{"on2.com " + kept, charge, replaced}},
		"a count that is shifted at the front": {names: `["off.com", "on.com", "on2.com"]`, charges: 1, says: []string{kept, charge, "3 to add, 0 to change, 2 to destroy"}},
		"a replacement by request":             {names: on, args: []string{"-replace=registrar_domain_settings.example[0]"}, says: []string{replaced}},
	} {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			w := open(t, counted(on, c.more), domain("on.com", true, fakeregistrar.Immediate()), domain("on2.com", true, fakeregistrar.Immediate()), domain("off.com", false, fakeregistrar.Immediate()))
			w.apply(0)
			w.write("main.tf", counted(c.names, c.more))
			got := w.must(2, append([]string{"plan", "-detailed-exitcode"}, c.args...)...)
			got.says(t, c.says...)
			if charges := got.count("Turning auto-renew on authorises charges"); charges != c.charges || got.count("Two resources") > 0 {
				t.Errorf("%d warnings of charges; want %d, and none of two resources for one domain:\n%s", charges, c.charges, got.text)
			}
			w.must(0, append([]string{"apply", "-auto-approve"}, c.args...)...)
			w.plan(0)
		})
	}
}

// Terraform keeps the private state that comes with the error of an update.
func TestAccAChangeUnderWayIsNeverNoChanges(t *testing.T) {
	t.Parallel()
	off := strings.Replace(oneDomain, "= true", "= false", 1)
	w := open(t, off, domain("example.com", false, fakeregistrar.ActionRequired("confirm_contact", "owner@example.net")))
	w.apply(0)
	w.write("main.tf", oneDomain)
	w.apply(1).says(t, "Setting the old value back in the configuration does not cancel the change")
	w.write("main.tf", off)
	w.plan(2).says(t, "An update of example.com is still in flight", "0 to add, 1 to change")
	w.must(2, "plan", "-detailed-exitcode", "-refresh=false").says(t, "0 to add, 1 to change")
	w.patched(1)
}

// Terraform folds warnings that have the same summary.
func TestAccAFirstPlanIsNotSilentWhereNothingWorks(t *testing.T) {
	t.Parallel()
	for sentence, c := range map[string]struct {
		status, api  int
		code, errors int
		says         []string
	}{
		"refused credentials": {401, 10000, 1, 30, []string{"Error: The registrar refused the credentials", "Replace CLOUDFLARE_API_TOKEN", "Same cause as the first error for account " + account}},
		"a wrong base URL":    {404, 7003, 2, 0, []string{"Warning: The registrar cannot be asked about this domain", "(and 29 more similar warnings elsewhere)"}},
	} {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			w := open(t, counted(`[for i in range(30) : "new${i}.com"]`, ""))
			w.fake.Inject(fakeregistrar.Fault{Times: -1, Status: c.status, Body: fmt.Sprintf(`{"success":false,"errors":[{"code":%d,"message":"No"}],"messages":[],"result":null}`, c.api)})
			got := w.plan(c.code)
			got.says(t, c.says...)
			if errors := got.count("Error:"); errors != c.errors {
				t.Errorf("%d errors; want %d:\n%s", errors, c.errors, got.text)
			}
		})
	}
}

// A refresh of many domains costs one timeout, or two refused requests.
func TestAccManyDomainsMeetOneFailure(t *testing.T) {
	t.Parallel()
	for answer, c := range map[string]struct {
		remedy   string
		requests int
	}{
		"no_permission": {"Give the token the permission group", 2},
		"unavailable":   {"https://www.cloudflarestatus.com", 150},
	} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			var domains []fakeregistrar.Option
			for n := range 60 {
				domains = append(domains, domain(fmt.Sprintf("new%d.com", n), true, fakeregistrar.Immediate()))
			}
			w := open(t, counted(`[for i in range(60) : "new${i}.com"]`, `timeouts = { read = "3s" }`), domains...)
			w.apply(0)
			fault, err := fakeregistrar.ParseAnswer(answer)
			if err != nil {
				t.Fatal(err)
			}
			w.fake.ResetLog()
			w.fake.Inject(fault)
			got := w.plan(1)
			full, short := got.count(c.remedy), got.count("Same cause as the first error for account "+account)
			if sent := len(w.fake.Requests()); full != 1 || short != 59 || sent > c.requests {
				t.Errorf("%d errors in full, %d short, %d requests; want 1, 59 and at most %d:\n%s", full, short, sent, c.requests, got.text)
			}
		})
	}
}

func TestAccProductionAndSandboxNeverMix(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0)
	production := slices.Clone(w.env)
	w.env = append(w.env, "CLOUDFLARE_REGISTRAR_SANDBOX=true")
	w.fake.ResetLog()
	for _, command := range []string{"refresh", "apply -auto-approve", "destroy -auto-approve -refresh=false"} {
		w.must(1, strings.Fields(command)...).says(t, "Error: example.com is managed through the production registrar")
	}
	if got := len(w.fake.Requests()); got != 0 {
		t.Errorf("sent %d requests; want none", got)
	}
	w.env = production
	w.plan(0)
}
