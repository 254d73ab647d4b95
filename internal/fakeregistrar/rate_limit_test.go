// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// limited sends a request and returns the status and the rate-limit headers.
func (c *caller) limited() string {
	r := c.get(domainPath)
	return fmt.Sprintf("%d %s %s", r.status, r.header.Get("Ratelimit"), r.header.Get("Retry-After"))
}

func TestRateLimitLocksOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Immediate(), fake.WithRateLimit(fake.RateLimit{
			Quota: 2, Window: 10 * time.Second, Lockout: 30 * time.Second, Headers: true,
		}))
		for _, step := range []struct {
			pause time.Duration
			want  string
		}{
			{0, `200 "default";r=1;t=10 `},
			{1500 * time.Millisecond, `200 "default";r=0;t=9 `},
			{0, `429 "default";r=0;t=30 30`},
			{29500 * time.Millisecond, `429 "default";r=0;t=1 1`},
			{500 * time.Millisecond, `200 "default";r=1;t=10 `},
			{10 * time.Second, `200 "default";r=1;t=10 `},
		} {
			time.Sleep(step.pause)
			if got := c.limited(); got != step.want {
				t.Errorf("answer = %s, want %s", got, step.want)
			}
		}
	})
}

func TestRateLimitPerCredentialWithoutHeaders(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate(), fake.WithRateLimit(fake.RateLimit{Quota: 1, Window: time.Hour}))
	if first, second := c.limited(), c.limited(); first != "200  " || second != "429  3600" {
		t.Errorf("answers = %s and %s, want 200, then 429 with Retry-After 3600", first, second)
	}
	wantRefusal(t, c.turnOn(), http.StatusTooManyRequests, 10100, "Rate limit exceeded")
	c.header.Set("Authorization", "Bearer another-token")
	wantStatus(t, c.get(domainPath), http.StatusOK)
}

func TestPublishedRateLimit(t *testing.T) {
	t.Parallel()
	r := withScenario(t, fake.Immediate(), fake.WithRateLimit(fake.PublishedRateLimit())).get(domainPath)
	if limit, policy := r.header.Get("Ratelimit"), r.header.Get("Ratelimit-Policy"); limit != `"default";r=1199;t=300` || policy != `"default";q=1200;w=300` {
		t.Errorf("Ratelimit = %s, Ratelimit-Policy = %s", limit, policy)
	}
}
