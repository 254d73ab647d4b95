// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// account100 is an account with as many domains as Cloudflare allows, every third with
// auto-renew off.
func account100() []fakeregistrar.Option {
	options := make([]fakeregistrar.Option, 100)
	for i := range options {
		options[i] = domain(fmt.Sprintf("domain%03d.com", i), i%3 != 0, fakeregistrar.Immediate())
	}
	return options
}

const hundredDomains = `
resource "registrar_domain_settings" "all" {
  for_each    = toset([for i in range(100) : format("domain%03d.com", i)])
  domain_name = each.key
  auto_renew  = true
}
`

func TestAccRefreshOfAHundredDomains(t *testing.T) {
	t.Parallel()
	w := open(t, hundredDomains, account100()...)
	w.apply(0).says(t, "100 added")
	if got := w.patches(); got != 34 {
		t.Errorf("adopting sent %d PATCH; want 34, for those that were off", got)
	}
	for _, parallelism := range []string{"10", "1", "50"} {
		w.fake.ResetLog()
		w.must(0, "plan", "-detailed-exitcode", "-parallelism="+parallelism)
		if got := w.fake.Requests(); len(got) > 3 {
			t.Errorf("a refresh at parallelism %s took %d requests; want at most 3:\n%v", parallelism, len(got), got)
		}
	}
}

func TestAccQuery(t *testing.T) {
	t.Parallel()
	needs(t, "1.14.0", "", "terraform query")
	w := open(t, "", account100()...)
	w.write("all.tfquery.hcl", `
list "registrar_domain_settings" "all" {
  provider = registrar
}
`)
	w.must(0, "query", "-generate-config-out=generated.tf")
	w.must(0, "plan", "-out=saved.tfplan").says(t, "100 to import, 0 to add, 0 to change, 0 to destroy")
	w.must(0, "apply", "saved.tfplan")
	w.plan(0)
	if got := len(w.fake.Requests()); got > 10 || w.patches() != 0 {
		t.Errorf("sent %d requests, %d of them PATCH; want at most 10 and none", got, w.patches())
	}
}
