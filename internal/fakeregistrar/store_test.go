// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

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
