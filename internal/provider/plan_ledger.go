// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"sync"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// planLedger remembers what was planned and said in one walk of Terraform's graph. Terraform
// plans a replacement twice, and what was said once is not worth saying again.
type planLedger struct {
	mu      sync.Mutex
	said    map[string]bool
	planned map[client.DomainID]bool // the value of auto_renew
}

func newPlanLedger() *planLedger {
	return &planLedger{said: map[string]bool{}, planned: map[client.DomainID]bool{}}
}

// first reports whether a text comes for the first time.
func (l *planLedger) first(text string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := !l.said[text]
	l.said[text] = true
	return first
}

// enter takes in what a resource is to make of a domain, and reports whether another resource
// already is to make something of it, and what.
func (l *planLedger) enter(id client.DomainID, autoRenew bool) (other, taken bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	other, taken = l.planned[id]
	l.planned[id] = autoRenew
	return other, taken
}
