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
	cases := map[string]struct {
		scenario fakeregistrar.Scenario
		says     []string
		then     func(*fakeregistrar.Server)
	}{
		"blocked until the timeout": {
			fakeregistrar.BlockedFor(9 * time.Second),
			[]string{"The update of example.com did not finish in time", "State: blocked", "raise timeouts.create (now 4s)", "the next apply resumes"},
			func(*fakeregistrar.Server) { time.Sleep(7 * time.Second) },
		},
		"a person has to act": {
			fakeregistrar.ActionRequired("confirm_contact", "owner@example.net"),
			[]string{"The update of example.com needs an action by you", "confirm_contact", "owner@example.net", "The next apply resumes"},
			func(f *fakeregistrar.Server) { f.CompleteAction(account, "example.com") },
		},
		"the registration never shows it, or only later": {
			fakeregistrar.LateRegistration(8 * time.Second),
			[]string{"The update of example.com did not finish in time", "State: succeeded", "raise timeouts.create (now 4s)"},
			func(*fakeregistrar.Server) { time.Sleep(8 * time.Second) },
		},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			w := open(t, impatient, domain("example.com", false, c.scenario))
			w.apply(1).says(t, c.says...)
			if got := w.resources(); got != "" {
				t.Errorf("the state holds %s; want nothing", got)
			}
			c.then(w.fake)
			w.apply(0)
			w.plan(0)
			if got := w.patches(); got != 1 {
				t.Errorf("both runs sent %d PATCH; want one", got)
			}
		})
	}
}

func TestAccAFailedCreateSaysWhyAndIsSentAnew(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.com", false, fakeregistrar.Failed("registry_rejected", "Registry rejected the update request.", time.Second)))
	w.apply(1).says(t, "The registrar could not update example.com", "registry_rejected", "Registry rejected the update request.", "Now: auto_renew = false")
	if got := w.resources(); got != "" {
		t.Errorf("the state holds %s; want nothing", got)
	}
	w.fake.SetScenario(account, "example.com", fakeregistrar.Immediate())
	w.apply(0)
	if got := w.patches(); got != 2 {
		t.Errorf("both runs sent %d PATCH; want one each", got)
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

func TestAccAFailedUpdateKeepsTheState(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Failed("registry_rejected", "No.", time.Second)))
	w.apply(0)
	w.fake.SetAutoRenew(account, "example.com", false)
	w.apply(1)
	if got := w.resources(); got != "registrar_domain_settings.example" {
		t.Errorf("the state holds %q; want the resource, not tainted", got)
	}
	w.plan(2)
}
