// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/http"
	"testing"
	"testing/synctest"
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

func TestReadKeepsItsTimeoutAfterAnotherSuccess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		failure, during, after := &Error{Kind: KindAttemptTimeout}, &health{lastAnswer: time.Now()}, &health{}
		during.fail(failure, time.Now().Add(-attemptTimeout))
		for _, h := range []*health{during, after} {
			if got := h.left(failure, time.Minute); got != time.Minute {
				t.Errorf("%s left, want 1m", got)
			}
		}
	})
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

func TestJitter(t *testing.T) {
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

func TestParseRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	type row struct {
		value, date string
		want        time.Duration
	}
	Each(t, map[string]row{
		"seconds":                       {value: "7", want: 7 * time.Second},
		"more than a day":               {value: "86401", want: 24 * time.Hour},
		"more than an integer can hold": {value: "99999999999999999999999", want: 24 * time.Hour},
		"a negative number that overflows a duration": {value: "-9223372037", want: 0},
		"a date": {value: "Sun, 01 Mar 2026 12:00:30 GMT", want: 30 * time.Second},
		"a date, with the server's clock an hour ahead": {value: "Sun, 01 Mar 2026 13:00:30 GMT", date: "Sun, 01 Mar 2026 13:00:00 GMT", want: 30 * time.Second},
		"a date with an invalid Date header":            {value: "Sun, 01 Mar 2026 12:00:30 GMT", date: "today", want: 30 * time.Second},
		"a date in the past":                            {value: "Sun, 01 Mar 2026 11:00:00 GMT", want: 0},
		"a date next year":                              {value: "Mon, 01 Mar 2027 12:00:00 GMT", want: 24 * time.Hour},
		"words":                                         {value: "soon", want: 0},
	}, func(t *testing.T, row row) {
		header := http.Header{"Retry-After": {row.value}, "Date": {row.date}}
		if got := retryAfter(header, now); got != row.want {
			t.Errorf("retryAfter(%q, Date %q) = %s, want %s", row.value, row.date, got, row.want)
		}
	})
}

// FuzzRetryAfter searches for a header that gives a negative wait, or one over a day.
func FuzzRetryAfter(f *testing.F) {
	f.Add("7", "")
	f.Add("Sun, 01 Mar 2026 12:00:30 GMT", "Sun, 01 Mar 2026 12:00:00 GMT")
	f.Fuzz(func(t *testing.T, value, date string) {
		header := http.Header{"Retry-After": {value}, "Date": {date}}
		if got := retryAfter(header, time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)); got < 0 || got > 24*time.Hour {
			t.Errorf("retryAfter = %s, want 0 to 24h", got)
		}
	})
}
