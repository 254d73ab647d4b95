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

func TestAccAPlanWithNothingToDoIsSilent(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0)
	if got := w.must(0, "plan", "-detailed-exitcode"); got.count("Warning:") != 1 {
		t.Errorf("warns %d times; want once, of the development overrides:\n%s", got.count("Warning:"), got.text)
	}
}
