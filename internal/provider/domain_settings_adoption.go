// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
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
	want := autoRenew.ValueBool()
	diags := r.duplicateWarning(id, want)
	registration, err := r.data.accounts.look(ctx, r.data, id)
	if err != nil {
		diags.Append(err.diagnostics(id, r.data.product)...)
		return diags
	}
	diags.Append(changeWarning(id, registrationFromAPI(id, registration), want, r.data.product)...)
	return diags
}

// lookError is why a plan could not read the registration of a domain to adopt.
type lookError struct {
	err     error
	account error // why the account's list cannot be read either, nil where it can
	repeat  bool  // another domain of the account has met it
}

// ofAccount reports whether the other domains of the account would meet it too: the list was
// refused like the domain, or the registrar could not be asked for the list.
func (e *lookError) ofAccount() bool {
	return e.account != nil && (refusesCredentials(e.err) || !refusesCredentials(e.account))
}

// diagnostics are an error, once an account, for refused credentials. A refusal for one domain of
// an account that can be listed is none: nobody knows how the API answers for a domain of another
// account.
func (e *lookError) diagnostics(id client.DomainID, product client.Product) diag.Diagnostics {
	switch {
	case client.IsNotFound(e.err):
		return notHeldWarning(id, product)
	case !refusesCredentials(e.err):
		return unaskedWarning(id, e.err, product)
	case e.account == nil:
		return hiddenWarning(id, e.err, product)
	case !refusesCredentials(e.account):
		return unaskedWarning(id, e.account, product)
	case e.repeat:
		return nil
	}
	return errorDiagnostic(lookOperation, e.err, id, product)
}

// accountChecks remembers, for a walk, which accounts cannot be asked, so that a plan of many
// domains meets a dead network once.
type accountChecks struct{ checks sync.Map } // by account, an *accountCheck

type accountCheck struct {
	met atomic.Pointer[lookError] // what every domain of the account would meet

	reading singleflight.Group
	read    bool
	list    error // why the account's list cannot be read, once read
}

// look reads the registration of a domain to adopt.
func (a *accountChecks) look(ctx context.Context, d *providerData, id client.DomainID) (client.Registration, *lookError) {
	value, _ := a.checks.LoadOrStore(id.Account, &accountCheck{})
	check := value.(*accountCheck) //nolint:forcetypeassert // nothing else is stored
	if met := check.met.Load(); met != nil {
		return client.Registration{}, &lookError{met.err, met.account, true}
	}
	limited, cancel := lookOperation.limit(ctx)
	defer cancel()
	registration, err := d.reader.Registration(limited, id)
	switch {
	case err == nil:
		return registration, nil
	case client.IsNotFound(err):
		return registration, &lookError{err: err}
	}
	failure := &lookError{err: err, account: check.readList(ctx, d, id.Account)}
	failure.repeat = failure.ofAccount() && !check.met.CompareAndSwap(nil, failure)
	return registration, failure
}

// readList reads the first page of an account's list, once a walk.
func (c *accountCheck) readList(ctx context.Context, d *providerData, account string) error {
	_, err, _ := c.reading.Do(account, func() (any, error) {
		if c.read {
			return nil, c.list
		}
		ctx, cancel := checkOperation.limit(ctx)
		defer cancel()
		for _, err := range d.reader.Pages(ctx, account) {
			c.list = err
			break
		}
		c.read = true
		return nil, c.list
	})
	return err
}
