// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const impatient = `
resource "registrar_domain_settings" "example" {
  domain_name = "example.com"
  auto_renew  = true
  timeouts    = { create = "4s", update = "4s" }
}
`

func TestAccAnUnfinishedCreateLeavesNoStateAndResumes(t *testing.T) {
	t.Parallel()
	w := open(t, impatient, domain("example.com", false, fakeregistrar.Slow(6*time.Second)))
	w.apply(1).says(t, "example.com did not finish in time", "in_progress", "timeouts.create", "the next apply resumes")
	if got := w.resources(); got != "" {
		t.Errorf("the state holds %s; want nothing", got)
	}
	w.apply(0)
	w.plan(0)
	if got := w.patches(); got != 1 {
		t.Errorf("both runs sent %d PATCH; want one", got)
	}
}

func TestAccAnInterruptEndsAtOnceAndResumes(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		scenario       fakeregistrar.Scenario
		method, suffix string
	}{
		"while waiting":                           {fakeregistrar.Slow(6 * time.Second), "PATCH", ""},
		"while the server holds the connection":   {fakeregistrar.Held(6 * time.Second), "PATCH", ""},
		"before anything was sent, at the status": {fakeregistrar.Slow(6 * time.Second), "GET", "/update-status"},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			w := open(t, oneDomain, domain("example.com", false, c.scenario))
			got, took := w.interrupted(c.method, c.suffix, "apply", "-auto-approve")
			if got.code == 0 || took > 3*time.Second {
				t.Errorf("ended with %d after %s; want a failure within moments\n%s", got.code, took, got.text)
			}
			if left := w.resources(); left != "" {
				t.Errorf("the state holds %s; want nothing", left)
			}
			w.apply(0)
			w.plan(0)
			if got := w.patches(); got != 1 {
				t.Errorf("both runs sent %d PATCH; want one", got)
			}
		})
	}
}
