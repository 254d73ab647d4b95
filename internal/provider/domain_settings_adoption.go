// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/sync/singleflight"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// A plan that adopts a domain asks for its registration, for the sake of what it can tell a
// person. Nobody should wait long for that: the two times are ten seconds together.
var (
	lookOperation  = operation{name: "look", timeout: 7 * time.Second} // at a registration
	checkOperation = operation{name: "look", timeout: 3 * time.Second} // at the account's list, where that could not be read
)

// adoptionDiagnostics says what adopting a domain means, and fails the plan where the
// credentials are refused. It asks also under -refresh=false, which no request tells: what a
// plan says of charges is worth a request. A setting that is not known yet asks nothing.
func (r *domainSettingsResource) adoptionDiagnostics(ctx context.Context, id client.DomainID, autoRenew types.Bool) diag.Diagnostics {
	if autoRenew.IsUnknown() {
		return nil
	}
	diags := r.duplicateWarning(id, autoRenew.ValueBool())
	registration, err := r.data.accounts.look(ctx, r.data, id)
	switch {
	case err == nil:
		diags.Append(changeWarning(id, registrationFromAPI(id, registration), autoRenew.ValueBool(), r.data.product)...)
	case client.IsNotFound(err):
		diags.Append(notHeldWarning(id, r.data.product)...)
	default:
		diags.Append(lookDiagnostics(id, err, r.data.product)...)
	}
	return diags
}

// lookDiagnostics are an error for refused credentials, told once an account. A refusal for one
// domain of an account that can be listed is a warning: nobody knows how the API answers for a
// domain of another account.
func lookDiagnostics(id client.DomainID, err error, product client.Product) diag.Diagnostics {
	down, ok := errors.AsType[*accountError](err)
	switch {
	case !ok || !refusesCredentials(err):
		return unreadWarning(id, err, product)
	case down.repeat:
		return nil
	}
	return errorDiagnostic(lookOperation, err, id, product)
}

// accountError is what every domain of an account meets.
type accountError struct {
	error

	repeat bool // another domain has met it before
}

func (e *accountError) Unwrap() error { return e.error }

// accountChecks remembers, for a walk, which accounts cannot be asked, so that a plan of many
// domains meets a dead network once.
type accountChecks struct{ checks sync.Map } // by account, an *accountCheck

type accountCheck struct {
	down    atomic.Pointer[accountError]
	listing singleflight.Group
	listed  bool
	err     error // why the list cannot be read, once it was tried
}

// look reads the registration of a domain to adopt.
func (a *accountChecks) look(ctx context.Context, d *providerData, id client.DomainID) (client.Registration, error) {
	value, _ := a.checks.LoadOrStore(id.Account, &accountCheck{})
	check := value.(*accountCheck) //nolint:forcetypeassert // nothing else is stored
	if down := check.down.Load(); down != nil {
		return client.Registration{}, &accountError{down.error, true}
	}
	limited, cancel := lookOperation.limit(ctx)
	defer cancel()
	registration, err := d.registrations.Get(limited, id)
	if err == nil || client.IsNotFound(err) {
		return registration, err
	}
	list := check.list(ctx, d, id.Account)
	if list == nil || refusesCredentials(list) && !refusesCredentials(err) {
		return registration, err
	}
	if refusesCredentials(err) && !refusesCredentials(list) {
		err = list
	}
	return registration, &accountError{err, !check.down.CompareAndSwap(nil, &accountError{error: err})}
}

// list reads the first page of an account's list, once a walk.
func (c *accountCheck) list(ctx context.Context, d *providerData, account string) error {
	_, err, _ := c.listing.Do(account, func() (any, error) {
		if c.listed {
			return nil, c.err
		}
		ctx, cancel := checkOperation.limit(ctx)
		defer cancel()
		c.listed = true
		for _, c.err = range d.registrations.List(ctx, account) {
			break
		}
		return nil, c.err
	})
	return err
}
