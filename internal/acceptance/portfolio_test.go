// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestAccRefreshOfAHundredDomains(t *testing.T) {
	t.Parallel()
	options := make([]fakeregistrar.Option, 100)
	for i := range options {
		options[i] = domain(fmt.Sprintf("new%d.com", i), i%3 != 0, fakeregistrar.Immediate())
	}
	w := open(t, counted(`[for i in range(100) : "new${i}.com"]`), options...)
	w.apply(0).says(t, "100 added")
	w.patched(34) // for those that were off
	for _, parallelism := range []string{"1", "50"} {
		w.fake.ResetLog()
		w.must(0, "plan", "-detailed-exitcode", "-parallelism="+parallelism)
		if got := w.fake.Requests(); len(got) > 3 {
			t.Errorf("a refresh at parallelism %s took %d requests; want at most 3:\n%v", parallelism, len(got), got)
		}
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
	w.patched(0)
}
