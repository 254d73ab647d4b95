// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"testing"
	"time"
)

func TestShouldRetry(t *testing.T) {
	t.Parallel()
	for want, kinds := range map[bool][]Kind{
		true:  {KindConnectionLost, KindAttemptTimeout, KindUnreachable},
		false: {KindInvalid, KindRateLimited, KindMalformed, KindRedirect, KindUnknownHost, KindTLS, KindCanceled, Kind(99)},
	} {
		for _, kind := range kinds {
			if got := shouldRetry(&Error{Kind: kind}); got != want {
				t.Errorf("kind %d: retried = %t, want %t", kind, got, want)
			}
		}
	}
}

func TestAReadKeepsItsFullTimeoutAfterAnotherSuccess(t *testing.T) {
	t.Parallel()
	if got := new(health).left(&Error{Kind: KindAttemptTimeout}, time.Minute); got != time.Minute {
		t.Errorf("%s left, want 1m", got)
	}
}

func TestIsTransient(t *testing.T) {
	// 520 to 527 are from Cloudflare's edge. 525 and 526 are TLS failures behind it, which need user action.
	t.Parallel()
	for want, statuses := range map[bool][]int{
		false: {200, 302, 400, 401, 403, 404, 405, 409, 410, 412, 422, 451, 501, 505, 525, 526},
		true:  {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 527, 530, 599},
	} {
		for _, status := range statuses {
			refused, notAPI := shouldRetry(&Error{Kind: KindRefused, Status: status}), shouldRetry(&Error{Kind: KindNotAPI, Status: status})
			if got := IsTransient(status); got != want || refused != want || notAPI != want {
				t.Errorf("status %d: transient %t, retried %t and %t; want %t", status, got, refused, notAPI, want)
			}
		}
	}
}

func TestJitterVariesAPauseByAFifth(t *testing.T) {
	t.Parallel()
	shortest, longest := time.Hour, time.Duration(0)
	for range 1000 {
		got := jitter(10 * time.Second)
		shortest, longest = min(shortest, got), max(longest, got)
	}
	if shortest < 8*time.Second || shortest > 9*time.Second || longest < 11*time.Second || longest > 12*time.Second {
		t.Errorf("pauses from %s to %s, want them spread over 8s to 12s", shortest, longest)
	}
	if got := jitter(1); got != 1 {
		t.Errorf("%s for a nanosecond", got)
	}
}
