// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestChangesBehindTheClientsBack(t *testing.T) {
	t.Parallel()
	expiry := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	c := withScenario(t, fake.Immediate())
	c.server.SetAutoRenew(account, domain, true)
	c.server.SetStatus(account, domain, "suspended")
	c.server.SetExpiresAt(account, domain, expiry)
	got := decode[registration](t, c.get(domainPath))
	if !*got.AutoRenew || got.Status != "suspended" || !got.ExpiresAt.Equal(expiry) {
		t.Errorf("registration = %+v", got)
	}
	wantStatus(t, c.get(statusPath), http.StatusNotFound)
}

func TestChangesOfAnUnknownDomainSaySo(t *testing.T) {
	t.Parallel()
	s := fake.New(fake.WithAccount(account))
	tests := map[string]bool{
		"SetAutoRenew":   s.SetAutoRenew(account, domain, true),
		"SetExpiresAt":   s.SetExpiresAt(account, domain, time.Time{}),
		"SetCreatedAt":   s.SetCreatedAt(account, domain, time.Time{}),
		"SetStatus":      s.SetStatus(account, domain, "active"),
		"SetScenario":    s.SetScenario(account, domain, fake.Never()),
		"StartUpdate":    s.StartUpdate(account, domain, true),
		"StartScenario":  s.StartScenario(account, domain, true, fake.Never()),
		"CompleteAction": s.CompleteAction(account, domain),
		"RemoveDomain":   s.RemoveDomain(account, domain),
	}
	for name, found := range tests {
		if found {
			t.Errorf("%s found a domain that is not there", name)
		}
	}
}

func TestCompleteActionOfADomainWithoutAnUpdate(t *testing.T) {
	t.Parallel()
	if withScenario(t, fake.Immediate()).server.CompleteAction(account, domain) {
		t.Error("an action was completed that nobody asked for")
	}
}

func TestARemovedDomainIsGoneAndItsAccountIsNot(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.server.RemoveDomain(account, domain)
	wantRefusal(t, c.get(domainPath), http.StatusNotFound, 10000, "Domain not found")
}

func TestDomainsAreTheTruthInOrder(t *testing.T) {
	t.Parallel()
	c := newCaller(t)
	for _, d := range []fake.Domain{{Name: "b.com", Account: account}, {Name: "a.com", Account: account}, {Name: "c.com", Account: "other"}} {
		c.server.AddDomain(d)
	}
	all := c.server.Domains(account)
	if len(all) != 2 || all[0].Name != "a.com" || all[1].Name != "b.com" {
		t.Errorf("domains = %+v", all)
	}
}

func TestALateViewIsOvertakenByTheNextUpdate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.LateRegistration(time.Hour))
		c.turnOn()
		time.Sleep(time.Minute)
		c.server.SetScenario(account, domain, fake.Failed("registry_rejected", "no", 0))
		c.turnOn()
		if !c.autoRenew() {
			t.Error("what the first update had written is lost")
		}
	})
}
