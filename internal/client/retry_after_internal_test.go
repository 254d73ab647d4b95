// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/http"
	"testing"
	"time"
)

func TestRetryAfterFormats(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	type row struct {
		value, date string
		want        time.Duration
	}
	Each(t, map[string]row{
		"seconds":                  {value: "7", want: 7 * time.Second},
		"more than a day is a day": {value: "86401", want: 24 * time.Hour},
		"more than any integer can hold is a day":            {value: "99999999999999999999999", want: 24 * time.Hour},
		"so far in the past that a duration overflows":       {value: "-9223372037", want: 0},
		"a date by our clock":                                {value: "Sun, 01 Mar 2026 12:00:30 GMT", want: 30 * time.Second},
		"a date by the server's clock, which is an hour off": {value: "Sun, 01 Mar 2026 13:00:30 GMT", date: "Sun, 01 Mar 2026 13:00:00 GMT", want: 30 * time.Second},
		"a date with an invalid Date header":                 {value: "Sun, 01 Mar 2026 12:00:30 GMT", date: "today", want: 30 * time.Second},
		"a date in the past":                                 {value: "Sun, 01 Mar 2026 11:00:00 GMT", want: 0},
		"a date next year is a day":                          {value: "Mon, 01 Mar 2027 12:00:00 GMT", want: 24 * time.Hour},
		"words":                                              {value: "soon", want: 0},
	}, func(t *testing.T, row row) {
		header := http.Header{"Retry-After": {row.value}, "Date": {row.date}}
		if got := retryAfter(header, now); got != row.want {
			t.Errorf("retryAfter(%q, Date %q) = %s, want %s", row.value, row.date, got, row.want)
		}
	})
}

// FuzzRetryAfter searches for a header that gives a negative or endless wait.
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
