// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestAccTwoResourcesForOneDomainAreTold(t *testing.T) {
	t.Parallel()
	const second = `
resource "registrar_domain_settings" "second" {
  domain_name = "EXAMPLE.com"
  auto_renew  = false
}
`
	w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0)
	w.write("second.tf", second)
	w.plan(2).says(t, "Two resources want opposite settings for one domain", "example.com")
}

func TestAccAReplacementSaysWhatStaysBehind(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Immediate()), domain("example.net", true, fakeregistrar.Immediate()))
	w.apply(0)
	w.write("main.tf", `
resource "registrar_domain_settings" "example" {
  domain_name = "example.net"
  auto_renew  = true
}
`)
	w.plan(2).says(t, "example.com keeps auto_renew = true at the registrar", "1 to add, 0 to change, 1 to destroy")
	w.apply(0)
	if got := w.patches(); got != 0 {
		t.Errorf("sent %d PATCH; want none", got)
	}
}

func TestAccAPlanWithNothingToDoIsSilent(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0)
	if got := w.must(0, "plan", "-detailed-exitcode"); got.count("Warning:") != 1 {
		t.Errorf("warns %d times; want once, of the development overrides:\n%s", got.count("Warning:"), got.text)
	}
}
