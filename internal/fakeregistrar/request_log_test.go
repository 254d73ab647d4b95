// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestRequestLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var observed []string
		c := withScenario(t, fake.Held(3*time.Second), fake.WithObserver(func(r fake.Request) {
			observed = append(observed, fmt.Sprintf("%s %d", r.Method, r.Status))
		}))
		c.header.Set("User-Agent", "a-test/1.0")
		start := time.Now()
		one := c.get(listPath + "?per_page=7")
		c.header.Set("Prefer", "wait=5")
		two := c.turnOn()
		if one, two := one.header.Get("cf-ray"), two.header.Get("cf-ray"); one != "8f00000000000001-FRA" || two != "8f00000000000002-FRA" {
			t.Errorf("cf-ray = %q and %q, want one for each answer", one, two)
		}
		log := c.server.Requests()
		want := []fake.Request{
			{Time: start, Method: "GET", Path: listPath, Query: "per_page=7", UserAgent: "a-test/1.0", Credential: "token", Status: 200},
			{Time: start, Method: "PATCH", Path: domainPath, Body: `{"auto_renew":true}`, Prefer: "wait=5", UserAgent: "a-test/1.0", Credential: "token", Status: 200, Duration: 3 * time.Second},
		}
		if len(log) != 2 || log[0] != want[0] || log[1] != want[1] {
			t.Errorf("log = %+v, want %+v", log, want)
		}
		if got := strings.Join(observed, ", "); got != "GET 200, PATCH 200" {
			t.Errorf("observed %s", got)
		}
	})
}
