// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestPendingDomainHasNoExpiryDate(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{"active": `"2027-03-01T12:00:00Z"`, "transfer_pending": "null", "registration_pending": "null"} {
		expires := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
		c := newCaller(t, fake.WithDomain(fake.Domain{Name: domain, Account: account, Status: status, ExpiresAt: expires}))
		if r := c.get(domainPath); !strings.Contains(string(r.raw), `"expires_at":`+want+",") {
			t.Errorf("%s: answer = %s, want expires_at %s", status, r.raw, want)
		}
	}
}

func TestNextUpdateShowsADelayedValue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.LateRegistration(time.Hour))
		c.turnOn()
		time.Sleep(time.Minute)
		c.server.SetScenario(account, domain, fake.Failed("registry_rejected", "no", 0))
		c.turnOn()
		if !c.autoRenew() {
			t.Error("the registration doesn't show the value of the first update")
		}
	})
}
