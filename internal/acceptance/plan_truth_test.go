// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// withTimeout returns oneDomain with a timeout.
func withTimeout(entry, duration string) string {
	return strings.Replace(oneDomain, "= true\n", "= true\n  timeouts    = { "+entry+" = \""+duration+"\" }\n", 1)
}

// withCount returns a resource with one instance per name. Its block includes the text in more.
func withCount(names, more string) string {
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

func TestAccReplacementWarnsAboutBothDomains(t *testing.T) {
	// Terraform plans a replacement in two calls, and drops the warnings of the second.
	t.Parallel()
	const (
		on, renamed = `["on.com", "on2.com"]`, `["on.com", "off.com"]`
		destroyed   = "Terraform stops managing "
		replaced    = "1 to add, 0 to change, 1 to destroy"
		charge      = "off.com (account " + account + ") expires on 2030-01-02"
	)
	for name, c := range map[string]struct {
		names, more string
		args        []string
		charges     int // the number of warnings about charges
		contains    []string
	}{
		"a renamed domain": {names: renamed, charges: 1, contains: []string{destroyed + "on2.com", charge, replaced}},
		"a renamed domain, with create_before_destroy": {names: renamed, more: "lifecycle { create_before_destroy = true }", charges: 1, contains: []string{destroyed + "on2.com", charge, replaced}},
		"a domain inserted at the start of a count":    {names: `["off.com", "on.com", "on2.com"]`, charges: 1, contains: []string{destroyed, charge, "3 to add, 0 to change, 2 to destroy"}},
		"a replacement with -replace":                  {names: on, args: []string{"-replace=registrar_domain_settings.example[0]"}, contains: []string{replaced}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t, withCount(on, c.more), domain("on.com", true, fakeregistrar.Immediate()), domain("on2.com", true, fakeregistrar.Immediate()), domain("off.com", false, fakeregistrar.Immediate()))
			w.apply(0)
			w.write("main.tf", withCount(c.names, c.more))
			got := w.must(2, append([]string{"plan", "-detailed-exitcode"}, c.args...)...)
			got.contains(t, c.contains...)
			if charges := got.count("Turning auto-renew on authorizes charges: off.com"); charges != c.charges || got.count("Two resources") > 0 {
				t.Errorf("%d warnings about charges; want %d, and none about two resources for one domain:\n%s", charges, c.charges, got.text)
			}
			w.must(0, append([]string{"apply", "-auto-approve"}, c.args...)...)
			w.plan(0)
		})
	}
}

func TestAccCompactWarningsListEveryChange(t *testing.T) {
	// The diff of a create has no old value, and CLIs consolidate warnings with the same summary.
	t.Parallel()
	soon := time.Now().Add(5 * 24 * time.Hour).UTC()
	options := []fakeregistrar.Option{fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "soon.com", Account: account, AutoRenew: true, ExpiresAt: soon})}
	for n := range 4 {
		options = append(options, domain(fmt.Sprintf("off%d.com", n), false, fakeregistrar.Immediate()), domain(fmt.Sprintf("on%d.com", n), true, fakeregistrar.Immediate()))
	}
	config := func(changed bool) string {
		return fmt.Sprintf(`
locals { names = concat(["soon.com"], [for n in range(8) : "o${n < 4 ? "ff" : "n"}${n %% 4}.com"]) }

resource "registrar_domain_settings" "example" {
  for_each    = toset(local.names)
  domain_name = each.key
  auto_renew  = startswith(each.key, "off") == %t
}
`, changed)
	}
	w := open(t, config(true), options...)
	compact := []string{"plan", "-detailed-exitcode", "-compact-warnings"}
	got := w.must(2, compact...)
	got.contains(t, "With auto-renew off, the domain expires on "+soon.Format(time.DateOnly)+": soon.com")
	for n := range 4 {
		got.contains(t, fmt.Sprintf("Turning auto-renew on authorizes charges: off%d.com", n), fmt.Sprintf("Turning auto-renew off lets the domain expire: on%d.com", n))
	}
	w.apply(0)
	w.write("main.tf", config(false))
	w.must(2, compact...).contains(t, "Turning auto-renew on may incur a charge now: soon.com",
		"- Turning auto-renew on authorizes charges on main.tf line 7 (and 3 more)", "- Turning auto-renew off lets the domain expire on main.tf line 7 (and 3 more)")
}

func TestAccWrongAccountKeepsState(t *testing.T) {
	// Without this error, the apply would destroy the resources and then fail to create them.
	t.Parallel()
	const other = "f1e2d3c4b5a6978877665544332211ff"
	moved := fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "moved.com", Account: other})
	w := open(t, withCount(`["moved.com", "on.com"]`, ""), domain("on.com", true, fakeregistrar.Immediate()), domain("moved.com", true, fakeregistrar.Immediate()), moved)
	w.apply(0)
	state, right := w.state(), slices.Clone(w.env)
	w.env = append(w.env, "CLOUDFLARE_ACCOUNT_ID="+other)
	w.fake.ResetLog()
	for _, command := range []string{"plan", "plan -refresh=false", "apply -auto-approve", "apply -auto-approve -target=registrar_domain_settings.example[1]"} {
		w.must(1, strings.Fields(command)...).contains(t, "Error: The provider's account differs from the state: on.com", "on.com is in the state with account "+account,
			"The provider's account is "+other+", from CLOUDFLARE_ACCOUNT_ID. That account does not hold on.com")
	}
	if w.state() != state {
		t.Errorf("the state changed:\n%s", w.state())
	}
	w.must(2, "plan", "-detailed-exitcode", "-target=registrar_domain_settings.example[0]").contains(t, "Warning: The provider's account differs from the state",
		"That account holds moved.com, so the apply replaces the resource", "Turning auto-renew on authorizes charges: moved.com", "1 to add, 0 to change, 1 to destroy")
	w.wantPatches(0)
	w.env = right
	w.plan(0)
}

func TestAccPlanShowsAPendingUpdate(t *testing.T) {
	// Terraform keeps the private state that a failed update returns.
	t.Parallel()
	off := strings.Replace(oneDomain, "= true", "= false", 1)
	w := open(t, off, domain("example.com", false, fakeregistrar.ActionRequired("confirm_contact", "owner@example.net")))
	w.apply(0)
	w.write("main.tf", oneDomain)
	w.apply(1).contains(t, "Restoring the old value in the configuration does not cancel the change")
	w.write("main.tf", off)
	w.plan(2).contains(t, "An update of example.com is pending", "0 to add, 1 to change")
	w.must(2, "plan", "-detailed-exitcode", "-refresh=false").contains(t, "0 to add, 1 to change")
	w.wantPatches(1)
}

func TestAccPlanConsolidatesWarningsAboutOneAccount(t *testing.T) {
	// CLIs consolidate warnings with the same summary.
	t.Parallel()
	w := open(t, withCount(`[for i in range(30) : "new${i}.com"]`, ""))
	w.fake.Inject(fakeregistrar.Fault{Times: -1, Status: 404, Body: `{"success":false,"errors":[{"code":7003,"message":"No"}],"messages":[],"result":null}`})
	w.plan(2).contains(t, "Warning: Could not read account "+account, "(and 29 more similar warnings elsewhere)")
}

func TestAccInvalidTimeoutInState(t *testing.T) {
	// An invalid read timeout in the state must not prevent a plan or a destroy.
	t.Parallel()
	w := open(t, withTimeout("read", "2s"), domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0)
	w.write("terraform.tfstate", strings.Replace(w.state(), `"2s"`, `"1ns"`, 1))
	w.plan(2).contains(t, "1 to change")
	w.must(0, "destroy", "-auto-approve").contains(t, "1 destroyed")
}
