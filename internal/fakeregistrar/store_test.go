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
	c.server.RemoveDomain(account, domain)
	wantRefusal(t, c.get(domainPath), http.StatusNotFound, 10000, "Domain not found")
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
