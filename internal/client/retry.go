// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/http"
	"time"
)

// refusedFor is how long a GET goes on trying to reach a server to which no connection can be
// made: long enough for one that restarts, too short to hide a wrong port for minutes.
const refusedFor = 30 * time.Second

// shouldRetry reports whether a GET that failed is to be sent again, given how long the call has
// been tried. Only what can end differently by itself is.
func shouldRetry(e *Error, tried time.Duration) bool {
	switch e.Kind {
	case KindConnectionLost, KindAttemptTimeout:
		return true
	case KindUnreachable:
		return tried < refusedFor
	case KindRefused, KindNotAPI:
		return IsTransient(e.Status)
	case KindInvalid, KindRateLimited, KindMalformed, KindRedirect, KindUnknownHost, KindTLS, KindCanceled:
		return false
	}
	return false
}

// IsTransient reports whether a status speaks of the moment rather than of the request.
func IsTransient(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	}
	return status >= 500
}

// backoff is the pause before the try that follows the given number of failed ones, unless the
// server asked for another: half a second, doubled each time, at most 16 s.
func backoff(failed int) time.Duration {
	const first, longest = 500 * time.Millisecond, 16 * time.Second
	if failed > 5 {
		return longest
	}
	return min(first<<max(0, failed-1), longest)
}
