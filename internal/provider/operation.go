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

// configurable is an operation whose timeout the entry of that name in timeouts sets.
func configurable(entry string, timeout time.Duration) operation {
	return operation{name: entry, timeout: timeout, setting: "timeouts." + entry}
}

// run calls do within the operation's timeout. The error that do returns becomes a diagnostic.
func (d *providerData) run(ctx context.Context, op operation, id client.DomainID, do func(context.Context) error) diag.Diagnostics {
	ctx, cancel := op.limit(ctx)
	defer cancel()
	if err := do(ctx); err != nil {
		return errorDiagnostic(op, err, id, d.product)
	}
	return nil
}

func (o operation) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, o.timeout, o.elapsed())
}

// registration reads a registration. That the account does not hold the domain is an error.
func (d *providerData) registration(ctx context.Context, op operation, id client.DomainID) (registration client.Registration, diags diag.Diagnostics) {
	diags = d.run(ctx, op, id, func(ctx context.Context) error {
		var err error
		registration, err = d.registrations.Get(ctx, id)
		return err
	})
	return registration, diags
}

// updateStatus reads the last update of a registration; nil where the registrar knows of none.
func (d *providerData) updateStatus(ctx context.Context, id client.DomainID) (*client.Update, error) {
	update, err := d.client.UpdateStatus(ctx, id)
	if client.IsNoUpdate(err) {
		return nil, nil //nolint:nilnil // none is an answer
	}
	return &update, err
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
