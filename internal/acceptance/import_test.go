// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestAccImport(t *testing.T) {
	t.Parallel()
	const byID = `
import {
  to = registrar_domain_settings.example
  id = "EXAMPLE.com"
}
`
	const byIdentity = `
import {
  to       = registrar_domain_settings.example
  identity = { domain_name = "Example.com" }
}
`
	cases := map[string]struct {
		block string
		args  []string // imports on the command line where there is no block
	}{
		"by domain":                   {args: []string{"import", "registrar_domain_settings.example", "example.com"}},
		"by account and domain":       {args: []string{"import", "registrar_domain_settings.example", account + "/example.com"}},
		"by a block with an id":       {block: byID},
		"by a block with an identity": {block: byIdentity},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			if c.block == byIdentity {
				needs(t, "1.12.0", "1.12.0", "import by identity")
			}
			w := open(t, oneDomain+c.block, domain("example.com", true, fakeregistrar.Immediate()))
			if c.args != nil {
				w.must(0, c.args...)
			} else {
				w.apply(0).says(t, "1 imported, 0 added, 0 changed")
			}
			w.plan(0)
			if got := w.patches(); got != 0 {
				t.Errorf("sent %d PATCH; want none", got)
			}
		})
	}
}

func TestAccImportOfADomainThatIsNotHeld(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.net", true, fakeregistrar.Immediate()))
	w.must(1, "import", "registrar_domain_settings.example", "example.com").says(t, "The account does not hold this domain", "example.com is not registered in account "+account)
}

func TestAccAdoptAWholeAccount(t *testing.T) {
	t.Parallel()
	w := open(t, `
data "registrar_domains" "all" {}

locals {
  domains = { for domain in data.registrar_domains.all.domains : domain.domain_name => domain }
}

import {
  for_each = local.domains
  to       = registrar_domain_settings.all[each.key]
  id       = each.value.id
}

resource "registrar_domain_settings" "all" {
  for_each    = local.domains
  domain_name = each.key
  auto_renew  = each.value.auto_renew
}
`, account100()...)
	w.apply(0).says(t, "100 imported, 0 added, 0 changed")
	w.plan(0)
	if got := len(w.fake.Requests()); got > 10 || w.patches() != 0 {
		t.Errorf("sent %d requests, %d of them PATCH; want at most 10 and none", got, w.patches())
	}
}

func TestAccGeneratedConfigurationPlansClean(t *testing.T) {
	t.Parallel()
	w := open(t, `
import {
  to = registrar_domain_settings.example
  id = "example.com"
}
`, domain("example.com", true, fakeregistrar.Immediate()))
	w.must(0, "plan", "-generate-config-out=generated.tf").says(t, "1 to import, 0 to add, 0 to change, 0 to destroy")
	w.apply(0).says(t, "1 imported, 0 added, 0 changed")
	w.plan(0)
	if got := w.patches(); got != 0 {
		t.Errorf("sent %d PATCH; want none", got)
	}
}
