// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The default timeouts. Most updates take seconds, but a registry can take many minutes. A refresh
// sends few requests; the rest of its time is for retries.
const (
	defaultWriteTimeout = 20 * time.Minute
	defaultReadTimeout  = 5 * time.Minute
)

// operation is a Terraform operation, with its timeout and its wording in errors.
type operation struct {
	name    string // as in "the create timeout"
	timeout time.Duration
	setting string // the attribute that sets the timeout, empty if none does
	skip    string // how to skip a domain that this operation can't read
}

// The reads with a fixed timeout.
var (
	// planOperation is a plan's read of a domain to adopt. In an outage, the reads of an account take
	// up to 10% longer, so all end within 10 s.
	planOperation   = operation{name: "plan", timeout: 9 * time.Second}
	readOperation   = operation{name: "read", timeout: defaultReadTimeout}
	importOperation = operation{
		name: "import", timeout: defaultReadTimeout,
		skip: "To skip this domain, remove its import block, or its entry in the block's for_each.",
	}
)

// refreshOperation returns the operation that refreshes a resource.
func refreshOperation(timeouts types.Object) operation {
	op := configurable("read", timeouts, defaultReadTimeout)
	op.skip = "To skip this domain, plan with -refresh=false. To stop managing it, add a removed block with destroy = false."
	return op
}

// configurable returns an operation with a timeout from the timeouts attribute, or else the default. It
// ignores an invalid value: a refresh uses the timeouts in state, which an older version may have accepted
// and a new configuration can't fix.
func configurable(entry string, timeouts types.Object, timeout time.Duration) operation {
	if text, ok := timeouts.Attributes()[entry].(types.String); ok {
		if configured, ok := parseTimeout(text.ValueString()); ok {
			timeout = configured
		}
	}
	return operation{name: entry, timeout: timeout, setting: "timeouts." + entry}
}

// parseTimeout parses a duration and reports whether it is valid: at least one second, enough for a request,
// and at most 30 days.
func parseTimeout(text string) (time.Duration, bool) {
	timeout, err := time.ParseDuration(text)
	return timeout, err == nil && timeout >= time.Second && timeout <= 720*time.Hour
}

// start returns the context of the operation, which ends after its timeout.
func (o operation) start(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, o.timeout, o.elapsed())
}

// elapsed returns the context's cancellation cause after a timeout.
func (o operation) elapsed() error {
	if o.setting != "" {
		return fmt.Errorf("the %s timeout of %s elapsed", o.name, short(o.timeout))
	}
	return fmt.Errorf("no answer within %s", short(o.timeout))
}

// raise returns the remedy for a timeout, to append to another sentence. It is empty if the timeout is fixed.
func (o operation) raise() string {
	switch o.setting {
	case "":
		return ""
	case "timeouts.read": // a plan first refreshes with the old value
		return fmt.Sprintf(" To wait longer, raise timeouts.read (now %s) and apply with -refresh=false.", short(o.timeout))
	}
	return fmt.Sprintf(" To wait longer, raise %s (now %s).", o.setting, short(o.timeout))
}

// short formats a duration without zero seconds, such as "20m".
func short(d time.Duration) string { return strings.Replace(d.String(), "m0s", "m", 1) }
