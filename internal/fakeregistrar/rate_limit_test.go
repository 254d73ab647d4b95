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

func wantLimit(t *testing.T, r reply, status int, limit, retryAfter string) {
	t.Helper()
	wantStatus(t, r, status)
	if r.header.Get("Ratelimit") != limit || r.header.Get("Retry-After") != retryAfter {
		t.Errorf("Ratelimit = %s, Retry-After = %q, want %s and %q",
			r.header.Get("Ratelimit"), r.header.Get("Retry-After"), limit, retryAfter)
	}
}

func TestRateLimitLocksOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Immediate(), fake.WithRateLimit(fake.RateLimit{
			Quota: 2, Window: 10 * time.Second, Lockout: 30 * time.Second, Headers: true,
		}))
		r := c.get(domainPath)
		wantLimit(t, r, http.StatusOK, `"default";r=1;t=10`, "")
		if got := r.header.Get("Ratelimit-Policy"); got != `"default";q=2;w=10` {
			t.Errorf("Ratelimit-Policy = %s", got)
		}
		time.Sleep(1500 * time.Millisecond)
		wantLimit(t, c.get(domainPath), http.StatusOK, `"default";r=0;t=9`, "")
		wantRefusal(t, c.turnOn(), http.StatusTooManyRequests, 10100, "Rate limit exceeded")
		time.Sleep(29500 * time.Millisecond)
		wantLimit(t, c.get(domainPath), http.StatusTooManyRequests, `"default";r=0;t=1`, "1")
		time.Sleep(500 * time.Millisecond)
		wantLimit(t, c.get(domainPath), http.StatusOK, `"default";r=1;t=10`, "")
		time.Sleep(10 * time.Second)
		wantLimit(t, c.get(domainPath), http.StatusOK, `"default";r=1;t=10`, "")
		if c.autoRenew() {
			t.Error("a PATCH that was refused took effect")
		}
	})
}

func TestRateLimitIsPerCredentialAndCanBeSilent(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate(), fake.WithRateLimit(fake.RateLimit{Quota: 1, Window: time.Hour}))
	wantLimit(t, c.get(domainPath), http.StatusOK, "", "")
	wantLimit(t, c.get(domainPath), http.StatusTooManyRequests, "", "3600")
	c.header.Set("Authorization", "Bearer another-token")
	wantStatus(t, c.get(domainPath), http.StatusOK)
}

func TestPublishedRateLimit(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate(), fake.WithRateLimit(fake.PublishedRateLimit()))
	wantLimit(t, c.get(domainPath), http.StatusOK, `"default";r=1199;t=300`, "")
}
