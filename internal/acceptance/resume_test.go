// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestAccInterruptedApplyResumes(t *testing.T) {
	t.Parallel()
	for moment, scenario := range map[string]fakeregistrar.Scenario{
		"while waiting":                         fakeregistrar.Slow(6 * time.Second),
		"while the server holds the connection": fakeregistrar.Held(6 * time.Second),
	} {
		t.Run(moment, func(t *testing.T) {
			t.Parallel()
			w := open(t, oneDomain, domain("example.com", false, scenario))
			got, took := w.interrupted("apply", "-auto-approve")
			if got.code == 0 || took > 3*time.Second {
				t.Errorf("exited with %d after %s; want a failure within 3 s\n%s", got.code, took, got.text)
			}
			if state := w.state(); strings.Contains(state, "example.com") {
				t.Errorf("the state has the resource; want none:\n%s", state)
			}
			w.apply(0)
			w.plan(0)
			w.wantPatches(1)
		})
	}
}
