// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

// maxRetryAfter is the longest wait that a server can ask for. It prevents overflows, and a wait of decades
// if a server sends a Unix time. No operation lasts that long.
const maxRetryAfter = 24 * time.Hour

// retryAfter returns a response's Retry-After, in seconds or as a date. It compares a date with the
// response's own Date, because the server's clock can differ from ours. It returns zero if the header is
// missing or malformed.
// Source: RFC 9110, section 10.2.3.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		// ParseInt clamps a value that is out of range. Bound it before it overflows a duration.
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
