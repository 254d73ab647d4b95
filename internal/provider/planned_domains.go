// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"sync"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// plannedDomains remembers what is planned for each domain and not yet applied, so that two
// resources for one domain are noticed: Terraform shows a provider one resource at a time. It
// cannot see those of another provider block, an alias, because Terraform runs a process for each.
type plannedDomains struct {
	mu      sync.Mutex
	planned map[client.DomainID]bool // the wanted value of auto_renew
}

func newPlannedDomains() *plannedDomains {
	return &plannedDomains{planned: map[client.DomainID]bool{}}
}

// add notes what a resource wants of a domain, and reports whether another one is noted for it
// already, and what that one wants.
func (p *plannedDomains) add(id client.DomainID, want bool) (other, taken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	other, taken = p.planned[id]
	p.planned[id] = want
	return other, taken
}

// remove forgets a domain that is being applied: the next plan of it is a new one.
func (p *plannedDomains) remove(id client.DomainID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.planned, id)
}
