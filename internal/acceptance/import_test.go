// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

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
