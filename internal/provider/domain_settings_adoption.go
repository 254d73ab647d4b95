// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// A plan that adopts a domain asks for its registration, for the sake of what it can tell a
// person. Nobody should wait long for that: the two times are ten seconds together.
var (
	lookOperation  = operation{name: "look", timeout: 7 * time.Second} // at a registration
	checkOperation = operation{name: "look", timeout: 3 * time.Second} // at the account's list, where that could not be read
)

// accountError is what every domain of an account meets.
type accountError struct {
	error

	repeat bool // another domain has met it before
}

func (e *accountError) Unwrap() error { return e.error }

// accountCheck tells what the first failed read of an account means for its other domains, so that
// a plan of many meets a dead network once.
type accountCheck struct {
	done  chan struct{} // closed once alike is set
	err   error         // of that read
	alike bool          // the account's list fails like it
}

// wait returns the error that another domain of the account has met, unless that was only refused
// itself: an outage would take the time of each domain.
func (c *accountCheck) wait() error {
	if <-c.done; c.alike || !refusesCredentials(c.err) {
		return &accountError{c.err, true}
	}
	return nil
}

// look reads the registration of a domain to adopt. The first one of an account that cannot be
// read has the account checked.
func (d *providerData) look(ctx context.Context, id client.DomainID) (client.Registration, error) {
	limited, cancel := lookOperation.start(ctx)
	defer cancel()
	if value, checked := d.checks.Load(id.Account); checked && value.(*accountCheck).wait() != nil { //nolint:forcetypeassert // nothing else is stored
		cancel() // what is cached is told all the same
	}
	registration, err := d.registrations.Get(limited, id)
	if err == nil || client.IsNotFound(err) {
		return registration, err
	}
	mine := &accountCheck{done: make(chan struct{}), err: err}
	if value, checked := d.checks.LoadOrStore(id.Account, mine); checked {
		return registration, cmp.Or(value.(*accountCheck).wait(), err) //nolint:forcetypeassert // nothing else is stored
	}
	defer close(mine.done)
	if mine.alike = d.failsAlike(ctx, id.Account, err); mine.alike {
		return registration, &accountError{error: err}
	}
	return registration, err
}

// failsAlike reports whether the list of an account fails as a read of one of its domains did:
// both are refused, or nobody answers either.
func (d *providerData) failsAlike(ctx context.Context, account string, read error) bool {
	ctx, cancel := checkOperation.start(ctx)
	defer cancel()
	for _, err := range d.registrations.List(ctx, account) {
		return err != nil && refusesCredentials(err) == refusesCredentials(read)
	}
	return false
}
