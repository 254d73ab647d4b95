// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"regexp"
	"time"
)

// The limits of a timeout. In less than a second no request can be answered, and Read, which
// takes its timeout from the state, would fail whatever the configuration says by then. The
// longest is a month; much more than that overflows time.Duration.
const (
	minTimeout = time.Second
	maxTimeout = 720 * time.Hour
)

// durationPattern is what time.ParseDuration accepts where the value fits.
var durationPattern = regexp.MustCompile(`^[+-]?((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$`)

// timeoutValidator refuses durations under which no operation can succeed.
var timeoutValidator = stringValidator{"timeout", func(attribute, value string) string {
	if _, fault := parseTimeout(value); fault != "" {
		return fmt.Sprintf(`%s is %q, which is %s. Set a duration from "1s" to "720h", such as "90s", "30m" or "1h30m".`, attribute, value, fault)
	}
	return ""
}}

// parseTimeout reads a duration. The fault completes "which is …" and is empty for a duration
// that can be used.
func parseTimeout(text string) (timeout time.Duration, fault string) {
	timeout, err := time.ParseDuration(text)
	switch {
	case err != nil && durationPattern.MatchString(text):
		return 0, "too long"
	case err != nil:
		return 0, "not a duration"
	case timeout < minTimeout:
		return 0, "too short"
	case timeout > maxTimeout:
		return 0, "too long"
	}
	return timeout, ""
}
