// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"fmt"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// outsider is somebody else who does something to a domain during a walk, in words.
type outsider struct {
	says   string
	domain string
	after  time.Duration // since the walk began
	does   func(*fakeregistrar.Server)
}

// outsider takes something that others do.
func (g *generator) outsider(domains []string) outsider {
	name, on := one(g, domains), g.in(2)
	o := outsider{domain: name, after: g.span(time.Millisecond, 3*time.Minute)}
	switch g.IntN(10) {
	case 0, 1, 2:
		o.says = fmt.Sprintf("%s shows auto_renew=%t all at once", name, on)
		o.does = func(f *fakeregistrar.Server) { f.SetAutoRenew(account, name, on) }
	case 3, 4, 5:
		s := g.scenario()
		o.says = fmt.Sprintf("the dashboard updates %s to auto_renew=%t, %s", name, on, s.says)
		o.does = func(f *fakeregistrar.Server) { f.StartScenario(account, name, on, s.scenario) }
	case 6, 7:
		s := g.scenario()
		o.says = fmt.Sprintf("from now on updates of %s go: %s", name, s.says)
		o.does = func(f *fakeregistrar.Server) { f.SetScenario(account, name, s.scenario) }
	case 8:
		o.says = fmt.Sprintf("somebody acts on %s", name)
		o.does = func(f *fakeregistrar.Server) { f.CompleteAction(account, name) }
	case 9:
		o = g.rareOutsider(o)
	}
	return o
}

func (g *generator) rareOutsider(o outsider) outsider {
	if g.in(4) {
		o.says = fmt.Sprintf("%s is transferred away", o.domain)
		o.does = func(f *fakeregistrar.Server) { f.RemoveDomain(account, o.domain) }
		return o
	}
	status := one(g, []string{"expired", "suspended", "redemption_period", "active"})
	o.says = fmt.Sprintf("%s has status %s", o.domain, status)
	o.does = func(f *fakeregistrar.Server) { f.SetStatus(account, o.domain, status) }
	return o
}
