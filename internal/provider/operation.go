// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The default timeouts. Most updates take seconds, but a registry can take many minutes; a
// refresh is one request or a few, and minutes for a network that fails.
const (
	defaultWriteTimeout = 20 * time.Minute
	defaultReadTimeout  = 5 * time.Minute
)

// operation is what Terraform asked for, as far as its time limit and its errors depend on it.
type operation struct {
	name    string // as in "the create timeout"
	timeout time.Duration
	setting string // the attribute that sets the timeout, empty where none does
}

// The reads without a configurable timeout.
var (
	readOperation   = operation{name: "read", timeout: defaultReadTimeout}
	importOperation = operation{name: "import", timeout: defaultReadTimeout}
)

// refreshOperation is a read of a resource.
func refreshOperation(timeouts types.Object) operation {
	return configurable("read", timeouts, defaultReadTimeout)
}

// configurable is an operation whose timeout the entry of that name sets. A value that is refused
// today counts as none: a refresh takes it from the state, where an older version may have left
// one, and each plan would fail with no configuration to mend it.
func configurable(entry string, timeouts types.Object, timeout time.Duration) operation {
	if text, ok := timeouts.Attributes()[entry].(types.String); ok {
		if configured, ok := parseTimeout(text.ValueString()); ok {
			timeout = configured
		}
	}
	return operation{name: entry, timeout: timeout, setting: "timeouts." + entry}
}

// parseTimeout reads a duration, and reports whether an operation can succeed under it: in less
// than a second no request can be answered. The longest is a month.
func parseTimeout(text string) (time.Duration, bool) {
	timeout, err := time.ParseDuration(text)
	return timeout, err == nil && timeout >= time.Second && timeout <= 720*time.Hour
}

// start returns the context of the operation, which ends after its timeout.
func (o operation) start(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, o.timeout, o.elapsed())
}

// elapsed is the cause of a context that the operation's timeout ended.
func (o operation) elapsed() error {
	if o.setting != "" {
		return fmt.Errorf("the %s timeout of %s elapsed", o.name, o.timeout)
	}
	return fmt.Errorf("no answer within %s", o.timeout)
}

// raise says how to give the operation more time, where that can be set.
func (o operation) raise() string {
	switch o.setting {
	case "":
		return ""
	case "timeouts.read": // part of every plan, so that another value could not be applied
		return fmt.Sprintf("To wait longer, raise timeouts.read (now %s) and apply it with -refresh=false: a refresh takes it from the state.", o.timeout)
	}
	return fmt.Sprintf("To wait longer, raise %s (now %s).", o.setting, o.timeout)
}
