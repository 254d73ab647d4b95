// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

// maxRetryAfter bounds what a server can ask for, so that no arithmetic overflows and a server that sends
// the time of day in place of a wait does not stop us for decades. No operation lasts as long.
const maxRetryAfter = 24 * time.Hour

// retryAfter returns how long a response asks to wait: its Retry-After, in seconds or as a date. A date
// is compared with the response's own Date where there is one, since the server's clock may differ
// from ours. Zero means that it asks nothing, or nothing that makes sense.
// Source: RFC 9110, section 10.2.3.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		// Out of range, seconds is the nearest number in it. It is bounded before it is a
		// duration, which holds fewer seconds than an integer.
		return time.Duration(min(max(0, seconds), int64(maxRetryAfter/time.Second))) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	return min(max(0, at.Sub(now)), maxRetryAfter)
}
