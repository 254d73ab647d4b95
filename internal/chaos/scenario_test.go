// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"fmt"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// scenario is a way in which updates go, in words.
type scenario struct {
	says     string
	scenario fakeregistrar.Scenario
}

// longestLate bounds how long after its success, or after its request broke, an update can
// still change a registration.
const longestLate = 3 * time.Minute

// longestUpdate is longer than any update runs that ends by itself.
const longestUpdate = 16 * time.Minute

// scenario takes one of the fake's, with durations of its own.
func (g *generator) scenario() scenario {
	s := one(g, []func() scenario{
		g.immediate, g.immediate, g.held, g.held, g.slow, g.slow, g.slow,
		g.blocked, g.action, g.failed, g.stuck, g.novel, g.conflicting,
		g.shownLate, g.statusLate, g.statusStale, g.contradictory,
	})()
	if g.in(6) {
		s = scenario{s.says + ", held", s.scenario.Holding()}
	}
	if g.in(4) {
		s = scenario{s.says + ", without registration", s.scenario.WithoutRegistration()}
	}
	if g.in(3) {
		style := fakeregistrar.LinkStyle(g.IntN(int(fakeregistrar.LinkRegistrationStatus) + 1))
		s = scenario{fmt.Sprintf("%s, link style %d", s.says, style), s.scenario.WithLinkStyle(style)}
	}
	return s
}

func (g *generator) immediate() scenario { return scenario{"immediate", fakeregistrar.Immediate()} }

func (g *generator) held() scenario {
	d := g.span(100*time.Millisecond, 40*time.Second)
	return scenario{fmt.Sprintf("held %s", d), fakeregistrar.Held(d)}
}

func (g *generator) slow() scenario {
	d := g.span(500*time.Millisecond, 15*time.Minute)
	return scenario{fmt.Sprintf("slow %s", d), fakeregistrar.Slow(d)}
}

func (g *generator) blocked() scenario {
	d := g.span(time.Second, 12*time.Minute)
	return scenario{fmt.Sprintf("blocked %s", d), fakeregistrar.BlockedFor(d)}
}

func (g *generator) action() scenario {
	return scenario{"action required", fakeregistrar.ActionRequired("confirm_contact", "owner@example.net")}
}

func (g *generator) failed() scenario {
	d := g.span(time.Second, time.Minute)
	if g.in(3) {
		d = 0
	}
	return scenario{fmt.Sprintf("failed after %s", d), fakeregistrar.Failed("registry_rejected", "No.", d)}
}

// stuck never ends by itself; see run.mend.
func (g *generator) stuck() scenario {
	g.endless = true
	if g.in(2) {
		return scenario{"never", fakeregistrar.Never()}
	}
	return scenario{"stuck", fakeregistrar.Stuck()}
}

func (g *generator) novel() scenario {
	d := g.span(time.Second, 5*time.Minute)
	return scenario{fmt.Sprintf("verifying %s", d), fakeregistrar.UnknownState("verifying", d)}
}

func (g *generator) conflicting() scenario {
	d := g.span(time.Second, 2*time.Minute)
	return scenario{fmt.Sprintf("conflicting %s", d), fakeregistrar.Conflicting(d)}
}

func (g *generator) shownLate() scenario {
	d := g.span(100*time.Millisecond, longestLate)
	if g.in(4) {
		return scenario{"never shown", fakeregistrar.NeverShown()}
	}
	return scenario{fmt.Sprintf("registration %s late", d), fakeregistrar.LateRegistration(d)}
}

// statusLate is hidden for no less than it runs. An update that comes to light while it runs can
// do so between a look and a PATCH, where nobody can know of it.
func (g *generator) statusLate() scenario {
	d := g.span(time.Second, 2*time.Minute)
	return scenario{fmt.Sprintf("status %s late", d), fakeregistrar.LateStatus(d)}
}

func (g *generator) statusStale() scenario {
	d := g.span(time.Second, 2*time.Minute)
	return scenario{fmt.Sprintf("status stale for %s", d), fakeregistrar.StaleStatus(d)}
}

func (g *generator) contradictory() scenario {
	completed, state := g.in(2), one(g, []string{"in_progress", "succeeded", "failed", "verified"})
	g.endless = true
	return scenario{fmt.Sprintf("completed=%t beside %s", completed, state), fakeregistrar.Contradictory(completed, state)}
}
