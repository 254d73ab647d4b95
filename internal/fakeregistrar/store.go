// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Registrar is the state of one API, production or sandbox. Its methods act on
// domains directly, without a request. A Server is its own production Registrar; see also
// [Server.Sandbox]. All methods are safe for concurrent use. A bool result reports
// whether the account holds the domain.
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

// with calls fn with the current registration, under the lock.
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

// answerWith returns fn's answer for the current registration, or "Domain not found".
func (g *Registrar) answerWith(t target, fn func(r *registration, now time.Time) answer) answer {
	a := refuseWith(http.StatusNotFound, codeGeneral, "Domain not found")
	g.with(t.account, t.domain, func(r *registration, now time.Time) { a = fn(r, now) })
	return a
}

// put adds or replaces a domain and its account.
func (g *Registrar) put(d Domain) {
	g.mu.Lock()
	defer g.mu.Unlock()
	d = d.withDefaults(g.settings.now())
	d.Name = strings.ToLower(d.Name)
	g.accounts[d.Account] = true
	g.registrations[domainKey{d.Account, d.Name}] = &registration{domain: d, before: d.AutoRenew}
}

// hasAccount reports whether the registrar has the account, and whether it has none at all.
func (g *Registrar) hasAccount(account string) (known, none bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.accounts[account], len(g.accounts) == 0
}

// RemoveDomain removes the domain and its workflows from the account.
func (g *Registrar) RemoveDomain(account, name string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	key := domainKey{account, strings.ToLower(name)}
	_, found := g.registrations[key]
	delete(g.registrations, key)
	return found
}

// Registration returns the current state of a domain.
func (g *Registrar) Registration(account, name string) (Domain, bool) {
	var d Domain
	found := g.with(account, name, func(r *registration, _ time.Time) { d = r.domain })
	return d, found
}

// registrationsOf returns the current registrations of an account, ordered by
// registration date.
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

// SetAutoRenew changes the value without a workflow.
func (g *Registrar) SetAutoRenew(account, name string, value bool) bool {
	return g.with(account, name, func(r *registration, _ time.Time) { r.set(value) })
}

// SetExpiresAt changes the expiry. The API sends null for zero.
func (g *Registrar) SetExpiresAt(account, name string, at time.Time) bool {
	return g.with(account, name, func(r *registration, _ time.Time) { r.domain.ExpiresAt = at })
}

// SetCreatedAt changes the registration date, and with it the domain's place in a list.
func (g *Registrar) SetCreatedAt(account, name string, at time.Time) bool {
	return g.with(account, name, func(r *registration, _ time.Time) { r.domain.CreatedAt = at })
}

// SetStatus changes the registration's status, for instance to "expired".
func (g *Registrar) SetStatus(account, name, status string) bool {
	return g.with(account, name, func(r *registration, _ time.Time) { r.domain.Status = status })
}

// SetScenario sets the scenario of the domain's next update. It doesn't affect an
// update in flight.
func (g *Registrar) SetScenario(account, name string, sc Scenario) bool {
	return g.with(account, name, func(r *registration, _ time.Time) {
		r.domain.Scenario, r.conflictUntil = sc, time.Time{}
	})
}

// StartUpdate starts an update as the dashboard does, with the domain's scenario.
func (g *Registrar) StartUpdate(account, name string, want bool) bool {
	return g.with(account, name, func(r *registration, now time.Time) {
		r.start(r.domain.Scenario, want, now, elsewhere)
	})
}

// StartScenario starts an update as the dashboard does, with another scenario.
func (g *Registrar) StartScenario(account, name string, want bool, sc Scenario) bool {
	return g.with(account, name, func(r *registration, now time.Time) {
		r.start(sc, want, now, elsewhere)
	})
}

// CompleteAction completes the action that a workflow in action_required waits for.
// It reports whether there was such a workflow.
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
