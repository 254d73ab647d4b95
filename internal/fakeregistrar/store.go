// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// Registrar is the state of one of the two APIs, production or sandbox. Its
// methods are what a test or the program does behind the client's back; a
// Server is its own production Registrar, see also [Server.Sandbox]. All are
// safe for concurrent use. Those that return a bool report whether the account
// holds the domain.
type Registrar struct {
	settings   *settings
	violations *violationLog

	mu            sync.Mutex
	accounts      map[string]bool
	registrations map[domainKey]*registration
	cursors       map[string]listPosition
}

type domainKey struct{ account, name string }

func newRegistrar(set *settings, violations *violationLog) *Registrar {
	g := &Registrar{
		settings: set, violations: violations,
		accounts:      map[string]bool{},
		registrations: map[domainKey]*registration{},
		cursors:       map[string]listPosition{},
	}
	for _, account := range set.accounts {
		g.accounts[account] = true
	}
	return g
}

// with runs fn on the registration, brought up to date, under the lock.
func (g *Registrar) with(account, name string, fn func(r *registration, now time.Time)) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	r, found := g.registrations[domainKey{account, strings.ToLower(name)}]
	if !found {
		return false
	}
	now := g.settings.now()
	r.advance(now)
	fn(r, now)
	return true
}

// put adds or replaces a domain and makes its account known.
func (g *Registrar) put(d Domain) {
	g.mu.Lock()
	defer g.mu.Unlock()
	d = d.withDefaults(g.settings.now())
	d.Name = strings.ToLower(d.Name)
	g.accounts[d.Account] = true
	g.registrations[domainKey{d.Account, d.Name}] = &registration{domain: d, before: d.AutoRenew}
}

// knows reports whether the account is known, and whether none is.
func (g *Registrar) knows(account string) (known, none bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.accounts[account], len(g.accounts) == 0
}

// RemoveDomain takes the domain out of the account, with its workflows.
func (g *Registrar) RemoveDomain(account, name string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	key := domainKey{account, strings.ToLower(name)}
	_, found := g.registrations[key]
	delete(g.registrations, key)
	return found
}

// Registration is the truth about a domain at this moment.
func (g *Registrar) Registration(account, name string) (Domain, bool) {
	var d Domain
	found := g.with(account, name, func(r *registration, _ time.Time) { d = r.domain })
	return d, found
}

// Domains is the truth about all domains of an account, sorted by name.
func (g *Registrar) Domains(account string) []Domain {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := []Domain{}
	for _, r := range g.registrationsOf(account) {
		all = append(all, r.domain)
	}
	slices.SortFunc(all, func(a, b Domain) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// registrationsOf is the registrations of an account, brought up to date, by
// the date of registration.
func (g *Registrar) registrationsOf(account string) []*registration {
	now := g.settings.now()
	var all []*registration
	for key, r := range g.registrations {
		if key.account == account {
			r.advance(now)
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b *registration) int { return a.position().compare(b.position()) })
	return all
}

// SetAutoRenew changes the value behind everybody's back, without a workflow.
func (g *Registrar) SetAutoRenew(account, name string, value bool) bool {
	return g.with(account, name, func(r *registration, _ time.Time) { r.set(value) })
}

// SetExpiresAt changes the expiry; zero is reported as null.
func (g *Registrar) SetExpiresAt(account, name string, at time.Time) bool {
	return g.with(account, name, func(r *registration, _ time.Time) { r.domain.ExpiresAt = at })
}

// SetCreatedAt changes when the domain was registered, and with that its place
// in a list.
func (g *Registrar) SetCreatedAt(account, name string, at time.Time) bool {
	return g.with(account, name, func(r *registration, _ time.Time) { r.domain.CreatedAt = at })
}

// SetStatus changes the registration's status, for instance to "expired".
func (g *Registrar) SetStatus(account, name, status string) bool {
	return g.with(account, name, func(r *registration, _ time.Time) { r.domain.Status = status })
}

// SetScenario changes what the next update of the domain does. An update that
// is already running goes on as it was.
func (g *Registrar) SetScenario(account, name string, sc Scenario) bool {
	return g.with(account, name, func(r *registration, _ time.Time) {
		r.domain.Scenario, r.conflictUntil = sc, time.Time{}
	})
}

// StartUpdate starts an update as the dashboard would, by the domain's scenario.
func (g *Registrar) StartUpdate(account, name string, want bool) bool {
	return g.with(account, name, func(r *registration, now time.Time) {
		r.start(r.domain.Scenario, want, now, elsewhere)
	})
}

// StartScenario starts an update as the dashboard would, by the given scenario;
// the domain's own one is left as it is.
func (g *Registrar) StartScenario(account, name string, want bool, sc Scenario) bool {
	return g.with(account, name, func(r *registration, now time.Time) {
		r.start(sc, want, now, elsewhere)
	})
}

// CompleteAction does what a workflow in action_required asks of the user. It
// reports whether there was such a workflow.
func (g *Registrar) CompleteAction(account, name string) bool {
	waited := false
	g.with(account, name, func(r *registration, now time.Time) {
		if r.current == nil {
			return
		}
		if step, _ := r.current.at(now); step.State == StateActionRequired {
			r.current.resume(now)
			waited = true
		}
	})
	return waited
}
