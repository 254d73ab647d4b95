// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// operation is what Terraform asked for, as far as its time limit and its errors depend on it.
type operation struct {
	name    string // as in "the create timeout"
	timeout time.Duration
	setting string // the attribute that sets the timeout, empty where none does
}

// The operations whose timeout nothing sets.
var (
	readOperation   = operation{name: "read", timeout: defaultReadTimeout}
	listOperation   = operation{name: "listing", timeout: defaultReadTimeout}
	importOperation = operation{name: "import", timeout: defaultReadTimeout}
)

// run calls do within the operation's timeout. The error that do returns becomes a diagnostic.
func run[T any](
	ctx context.Context, d *providerData, op operation, id client.DomainID, do func(context.Context, client.DomainID) (T, error),
) (T, diag.Diagnostics) {
	ctx, cancel := op.limit(ctx)
	defer cancel()
	result, err := do(ctx, id)
	if err != nil {
		return result, errorDiagnostic(op, err, id, d.product)
	}
	return result, nil
}

func (o operation) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, o.timeout, o.elapsed())
}

// elapsed is the cause of a context that the operation's timeout ended.
func (o operation) elapsed() error {
	if o.setting != "" {
		return fmt.Errorf("the %s timeout of %s elapsed", o.name, o.timeout)
	}
	return fmt.Errorf("no answer within %s", o.timeout)
}

// raise says how to give the operation more time.
func (o operation) raise() string {
	switch o.setting {
	case "":
		return "Try again later."
	case "timeouts.read": // part of every plan, so that another value could not be applied
		return fmt.Sprintf("To wait longer, raise timeouts.read (now %s) and apply it with -refresh=false: a refresh takes it from the state.", o.timeout)
	}
	return fmt.Sprintf("To wait longer, raise %s (now %s).", o.setting, o.timeout)
}
