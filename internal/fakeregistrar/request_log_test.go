// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestRequestLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Held(3*time.Second))
		c.header.Set("User-Agent", "a-test/1.0")
		start := time.Now()
		c.get(listPath + "?per_page=7")
		c.header.Set("Prefer", "wait=5")
		c.turnOn()
		log := c.server.Requests()
		want := []fake.Request{
			{Time: start, Method: "GET", Path: listPath, Query: "per_page=7", UserAgent: "a-test/1.0", Credential: "token", Status: 200},
			{Time: start, Method: "PATCH", Path: domainPath, Body: `{"auto_renew":true}`, Prefer: "wait=5", UserAgent: "a-test/1.0", Credential: "token", Status: 200, Duration: 3 * time.Second},
		}
		if len(log) != 2 || log[0] != want[0] || log[1] != want[1] {
			t.Errorf("log = %+v, want %+v", log, want)
		}
	})
}

func TestRequestLogHoldsNoSecret(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.header = both("a-secret-token", "me@example.com", "a-secret-key")
	c.get(domainPath)
	if text := fmt.Sprintf("%+v %q", c.server.Requests(), c.server.Violations()); strings.Contains(text, "secret") {
		t.Errorf("a secret in %s", text)
	}
}

func TestCountAndReset(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.turnOn()
	c.get(domainPath)
	c.get(statusPath)
	tests := map[string]struct {
		method, suffix string
		want           int
	}{
		"all":                 {"", "", 3},
		"a method":            {http.MethodGet, "", 2},
		"an end":              {"", "/example.com", 2},
		"a method and an end": {http.MethodGet, "/update-status", 1},
		"none":                {http.MethodDelete, "", 0},
	}
	for name, test := range tests {
		if got := c.server.Count(test.method, test.suffix); got != test.want {
			t.Errorf("%s: count = %d, want %d", name, got, test.want)
		}
	}
	c.server.ResetLog()
	if got := c.server.Count("", ""); got != 0 {
		t.Errorf("count after the reset = %d", got)
	}
}

func TestObserverSeesEachRequestOnce(t *testing.T) {
	t.Parallel()
	var seen []string
	c := withScenario(t, fake.Immediate(), fake.WithObserver(func(r fake.Request) {
		seen = append(seen, fmt.Sprintf("%s %d", r.Method, r.Status))
	}))
	c.get(domainPath)
	c.turnOn()
	if got := strings.Join(seen, ", "); got != "GET 200, PATCH 200" {
		t.Errorf("seen = %s", got)
	}
}

func TestEachAnswerHasItsOwnRay(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	one, two := c.get(domainPath).header.Get("cf-ray"), c.get("/zones").header.Get("cf-ray")
	if one != "8f00000000000001-FRA" || two != "8f00000000000002-FRA" {
		t.Errorf("cf-ray = %q and %q", one, two)
	}
}
