// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"sync"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// planLedger remembers what is planned for each domain and not yet applied, so that two
// resources for one domain are noticed: Terraform shows a provider one resource at a time.
type planLedger struct {
	mu      sync.Mutex
	planned map[client.DomainID]bool // the wanted value of auto_renew
}

func newPlanLedger() *planLedger {
	return &planLedger{planned: map[client.DomainID]bool{}}
}

// enter takes in what a resource is to make of a domain, and reports whether another plan is
// entered for it already, and what that wants.
func (l *planLedger) enter(id client.DomainID, want bool) (other, taken bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	other, taken = l.planned[id]
	l.planned[id] = want
	return other, taken
}

// strike takes out what is being applied: the next plan of the domain is a new one.
func (l *planLedger) strike(id client.DomainID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.planned, id)
}
