// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"testing"
	"time"
)

func TestWhichFailedReadIsRetried(t *testing.T) {
	t.Parallel()
	type row struct {
		kind  Kind
		tried time.Duration
		want  bool
	}
	Each(t, map[string]row{
		"a wrong address stays wrong":                              {kind: KindInvalid},
		"a wait past the deadline stays past it":                   {kind: KindRateLimited},
		"a response that cannot be decoded will be the same":       {kind: KindMalformed},
		"a redirect points elsewhere the next time as well":        {kind: KindRedirect},
		"a host that does not exist was mistyped":                  {kind: KindUnknownHost},
		"a certificate does not mend itself":                       {kind: KindTLS},
		"a caller who cancels does not want another attempt":       {kind: KindCanceled},
		"an unknown kind is not guessed at":                        {kind: Kind(99)},
		"a reset may be the network's, also after a long time":     {kind: KindConnectionLost, tried: time.Hour, want: true},
		"a slow response may be faster the next time":              {kind: KindAttemptTimeout, tried: time.Hour, want: true},
		"a server may be starting":                                 {kind: KindUnreachable, tried: 29 * time.Second, want: true},
		"a server that does not start within 30 s was never there": {kind: KindUnreachable, tried: 30 * time.Second},
	}, func(t *testing.T, row row) {
		if got := shouldRetry(&Error{Kind: row.kind}, row.tried); got != row.want {
			t.Errorf("retried = %t, want %t", got, row.want)
		}
	})
}

// 520 to 524 are Cloudflare's edge, which did not understand or reach its server.
func TestWhichStatusIsTransient(t *testing.T) {
	t.Parallel()
	for want, statuses := range map[bool][]int{
		false: {200, 302, 400, 401, 403, 404, 405, 409, 410, 412, 422, 451, 501, 505},
		true:  {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 599},
	} {
		for _, status := range statuses {
			refused, notAPI := shouldRetry(&Error{Kind: KindRefused, Status: status}, 0), shouldRetry(&Error{Kind: KindNotAPI, Status: status}, 0)
			if got := IsTransient(status); got != want || refused != want || notAPI != want {
				t.Errorf("status %d: transient %t, retried %t and %t; want %t", status, got, refused, notAPI, want)
			}
		}
	}
}

func TestJitterStaysWithinAFifthAndReachesBothSides(t *testing.T) {
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
		t.Errorf("a nanosecond became %s", got)
	}
}
