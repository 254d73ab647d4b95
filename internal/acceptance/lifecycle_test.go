// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// domain is a domain of the test's account.
func domain(name string, autoRenew bool, scenario fakeregistrar.Scenario) fakeregistrar.Option {
	return fakeregistrar.WithDomain(fakeregistrar.Domain{
		Name: name, Account: account, AutoRenew: autoRenew, Scenario: scenario, Locked: true,
		ExpiresAt: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC),
	})
}

const oneDomain = `
resource "registrar_domain_settings" "example" {
  domain_name = "example.com"
  auto_renew  = true
}
`

func TestAccLifecycle(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.com", false, fakeregistrar.Slow(2*time.Second)))
	w.apply(0).says(t, "Turning auto-renew on authorises charges", "expires on 2030-01-02", "1 added")
	w.plan(0).says(t, "No changes")
	if got := w.patches(); got != 1 {
		t.Errorf("adopting sent %d PATCH; want one", got)
	}

	w.fake.SetAutoRenew(account, "example.com", false)
	w.plan(2).says(t, "auto_renew = false -> true", "1 to change", "auto_renew off → on authorises")
	w.apply(0)
	w.plan(0)

	w.fake.ResetLog()
	w.must(0, "apply", "-destroy", "-auto-approve", "-refresh=false").says(t, "The domain keeps its auto-renew setting", "example.com keeps auto_renew = true")
	if got := len(w.fake.Requests()); got != 0 {
		t.Errorf("destroying sent %d requests; want none", got)
	}
}

func TestAccAdoptingAsItIsWritesNothing(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0)
	w.plan(0)
	if got := w.patches(); got != 0 {
		t.Errorf("sent %d PATCH; want none", got)
	}
}

func TestAccValuesThatMoveBetweenPlanAndApply(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Immediate()))
	w.apply(0)
	w.fake.SetAutoRenew(account, "example.com", false)
	w.must(0, "plan", "-out=saved.tfplan").says(t, "1 to change")
	w.fake.SetExpiresAt(account, "example.com", time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC))
	w.fake.SetStatus(account, "example.com", "suspended")
	w.must(0, "apply", "saved.tfplan")
	w.plan(0).says(t, "Domain example.com has status suspended")
}

func TestAccAnotherSpellingIsNoChange(t *testing.T) {
	t.Parallel()
	w := open(t, `
resource "registrar_domain_settings" "example" {
  domain_name = "MÜNCHEN.de."
  auto_renew  = true
}
`, domain("xn--mnchen-3ya.de", true, fakeregistrar.Immediate()))
	w.apply(0)
	w.write("main.tf", `
resource "registrar_domain_settings" "example" {
  domain_name = "xn--mnchen-3ya.de"
  auto_renew  = true
}
`)
	w.plan(0)
}

func TestAccADomainThatIsNotHeld(t *testing.T) {
	t.Parallel()
	w := open(t, oneDomain, domain("example.net", true, fakeregistrar.Immediate()))
	w.plan(2).says(t, "Warning: The account does not hold this domain", "This resource does not buy domains")
	w.apply(1).says(t, "Error: The account does not hold this domain", "example.com is not registered in account "+account, "does not buy domains")
}

func TestAccTimeoutsAreRefusedWhenPlanning(t *testing.T) {
	t.Parallel()
	w := open(t, `
resource "registrar_domain_settings" "example" {
  domain_name = "example.com"
  auto_renew  = true
  timeouts    = { create = "-1h" }
}
`, domain("example.com", true, fakeregistrar.Immediate()))
	w.plan(1).says(t, `timeouts.create is "-1h", which is too short`)
	if got := len(w.fake.Requests()); got != 0 {
		t.Errorf("sent %d requests; want none", got)
	}
}
