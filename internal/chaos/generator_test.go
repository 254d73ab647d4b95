// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// generator makes a schedule from a seed, and always the same one.
type generator struct {
	*rand.Rand

	endless bool // an update of the schedule may never end by itself
}

// generate is the only way to a schedule.
func generate(seed uint64) schedule {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0))}
	s := schedule{seed: seed, async: g.in(4)}
	few := []int{1, 1, 1, 1, 2, 2, 2, 2, 3, 4} // most that can happen, happens to few
	s.domains = []string{"alpha.com", "bravo.net", "charlie.org", "xn--mnchen-3ya.de"}[:one(g, few)]
	s.managed = append(s.managed, s.domains...)
	if g.in(5) {
		s.managed = append(s.managed, one(g, s.domains))
	}
	s.registrar = g.traits(s.domains)
	for range one(g, few[4:]) {
		s.walks = append(s.walks, g.walk(s))
	}
	s.endless = g.endless
	return s
}

// in is true once in so many times.
func (g *generator) in(times int) bool { return g.IntN(times) == 0 }

// one takes one of several, each as likely as the next.
func one[T any](g *generator, of []T) T { return of[g.IntN(len(of))] }

// span is a duration between two, short ones as likely as long ones. Every third is a whole
// number of seconds, so that things also happen at one instant.
func (g *generator) span(from, to time.Duration) time.Duration {
	d := time.Duration(float64(from) * math.Pow(float64(to)/float64(from), g.Float64()))
	if g.in(3) {
		return max(from, d.Round(time.Second))
	}
	return d.Round(time.Millisecond)
}

// traits are the domains and what the registrar is like.
func (g *generator) traits(domains []string) []trait {
	var traits []trait
	for _, name := range domains {
		s, on := g.scenario(), g.in(2)
		traits = append(traits, trait{
			fmt.Sprintf("holds %s with auto_renew=%t, updates: %s", name, on, s.says),
			fakeregistrar.WithDomain(fakeregistrar.Domain{Name: name, Account: account, AutoRenew: on, Scenario: s.scenario}),
		})
	}
	if g.in(2) {
		d := g.span(10*time.Millisecond, 3*time.Second)
		traits = append(traits, trait{fmt.Sprintf("answers after %s", d), fakeregistrar.WithLatency(d)})
	}
	if g.in(3) {
		d := one(g, []time.Duration{-72 * time.Hour, -time.Minute, -800 * time.Millisecond, 800 * time.Millisecond, time.Minute, 72 * time.Hour})
		traits = append(traits, trait{fmt.Sprintf("its clock is off by %s", d), fakeregistrar.WithClockSkew(d)})
	}
	if g.in(6) {
		limit := fakeregistrar.RateLimit{
			Quota: 10 + g.IntN(40), Window: g.span(5*time.Second, 2*time.Minute), Lockout: g.span(5*time.Second, 2*time.Minute), Headers: g.in(2),
		}
		traits = append(traits, trait{fmt.Sprintf("rate limit %+v", limit), fakeregistrar.WithRateLimit(limit)})
	}
	return traits
}

// betweenRuns is the least time between two runs of a CLI. It is longer than an update runs
// whose status is hidden: a new process could not know of it, whatever it did.
const betweenRuns = 2 * time.Second

// walk is one run of a CLI and what befalls it.
func (g *generator) walk(s schedule) walk {
	w := walk{processes: 1 + g.IntN(2), pause: betweenRuns}
	if g.in(2) {
		w.pause = g.span(betweenRuns, 5*time.Minute)
	}
	for range s.managed {
		want := want{autoRenew: g.in(2)}
		if !g.in(4) {
			want.timeout = g.span(2*time.Second, 20*time.Minute)
		}
		w.wants = append(w.wants, want)
	}
	for range g.IntN(6) {
		w.faults = append(w.faults, g.fault(s.domains))
	}
	for range g.IntN(4) {
		w.outsiders = append(w.outsiders, g.outsider(s.domains))
	}
	for range g.IntN(3) {
		w.repeats = append(w.repeats, g.IntN(12))
	}
	if g.in(3) {
		w.interrupt = g.span(5*time.Millisecond, 3*time.Minute)
	}
	return w
}
