// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const account = "023e105f4ecef8ad9ca31a8372d0c353"

// schedule is everything that is going to happen.
type schedule struct {
	seed      uint64
	registrar []fakeregistrar.Option // what holds for the registrar throughout
	async     bool                   // respond_async
	domains   []string               // the first resources manage one each
	managed   []string               // the domain of each resource; the last one can share its domain with another
	walks     []walk
	told      story
}

// walk is one run of a CLI: refresh, plan, apply.
type walk struct {
	pause     time.Duration // since the walk before
	wants     []want        // of each resource
	faults    []fakeregistrar.Fault
	outsiders []outsider
	interrupt time.Duration // since the walk began; zero for none
	processes int           // 2: the apply has a process of its own, as with a saved plan
}

// want is the configuration of a resource.
type want struct {
	autoRenew bool
	timeout   time.Duration // for creating and for changing
}

// outsider is somebody else who does something to a domain.
type outsider struct {
	domain string
	after  time.Duration // since the walk began
	says   string
	does   func(*fakeregistrar.Server)
}

// betweenRuns is the least time between two runs of a CLI. It is longer than an update runs
// whose status is hidden: a new process could not know of it, whatever it did.
const betweenRuns = 2 * time.Second

// longestLate bounds how long after its success, or after its request broke, an update can
// still change a registration.
const longestLate = 3 * time.Minute

// generator draws a schedule, always the same one from the same seed.
type generator struct {
	*rand.Rand

	domains []string
	told    story
}

// generate is the only way to a schedule.
func generate(seed uint64) schedule {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0))}
	// Most that can happen, happens to few domains in few walks.
	domainCounts, walkCounts := []int{1, 1, 1, 1, 2, 2, 2, 2, 3, 4}, []int{2, 2, 2, 2, 3, 4}
	g.domains = []string{"alpha.com", "bravo.net", "charlie.org", "xn--mnchen-3ya.de"}[:one(g, domainCounts)]
	s := schedule{seed: seed, async: g.in(4), domains: g.domains, managed: slices.Clone(g.domains)}
	if g.in(5) {
		s.managed = append(s.managed, one(g, s.domains))
	}
	g.tell("respond_async=%t, resources for %v", s.async, s.managed)
	s.registrar = g.registrar()
	for range one(g, walkCounts) {
		s.walks = append(s.walks, g.walk(s.managed))
	}
	s.told = g.told
	return s
}

// story is a schedule for a person who replays it. Its lines are written only then.
type story []func() string

func (s story) String() string {
	var text strings.Builder
	for _, line := range s {
		fmt.Fprintln(&text, line())
	}
	return text.String()
}

func (g *generator) tell(format string, args ...any) {
	g.told = append(g.told, func() string { return fmt.Sprintf(format, args...) })
}

// in is true once in so many times.
func (g *generator) in(times int) bool { return g.IntN(times) == 0 }

// one takes one of several, each as likely as the next.
func one[T any](g *generator, of []T) T { return of[g.IntN(len(of))] }

// span takes a time between two, short ones as often as long ones. Some are whole seconds, so
// that things also happen at one instant.
func (g *generator) span(from, to time.Duration) time.Duration {
	d := time.Duration(float64(from) * math.Pow(float64(to)/float64(from), g.Float64()))
	if g.in(3) {
		return max(from, d.Round(time.Second))
	}
	return d.Round(time.Millisecond)
}

// registrar is what the registrar is like, and the domains that it holds.
func (g *generator) registrar() []fakeregistrar.Option {
	var latency, skew time.Duration
	var limit fakeregistrar.RateLimit
	if g.in(2) {
		latency = g.span(10*time.Millisecond, 3*time.Second)
	}
	if g.in(3) {
		skew = one(g, []time.Duration{-72 * time.Hour, -time.Minute, -800 * time.Millisecond, 800 * time.Millisecond, time.Minute, 72 * time.Hour})
	}
	if g.in(6) {
		limit.Quota, limit.Headers = 10+g.IntN(40), g.in(2)
		limit.Window, limit.Lockout = g.span(5*time.Second, 2*time.Minute), g.span(5*time.Second, 2*time.Minute)
	}
	g.tell("the registrar: latency %s, clock off by %s, rate limit %+v", latency, skew, limit)
	options := []fakeregistrar.Option{
		fakeregistrar.WithLatency(latency), fakeregistrar.WithClockSkew(skew), fakeregistrar.WithRateLimit(limit),
	}
	for _, name := range g.domains {
		on := g.in(2)
		says, scenario := g.scenario()
		g.tell("it holds %s with auto_renew=%t; updates: %s", name, on, says)
		options = append(options, fakeregistrar.WithDomain(fakeregistrar.Domain{Name: name, Account: account, AutoRenew: on, Scenario: scenario}))
	}
	return options
}

// scenario is a way in which updates go, and its words. A status that comes late does so only
// once the update is over: one that comes to light while it runs can do so between a look and a
// PATCH, where nobody can know of it.
func (g *generator) scenario() (says string, scenario fakeregistrar.Scenario) {
	kind := one(g, []struct {
		spec     string // %s is a time between these two
		from, to time.Duration
	}{
		{spec: "immediate"},
		{spec: "immediate"},
		{"held=%s", 100 * time.Millisecond, 40 * time.Second},
		{"held=%s", 100 * time.Millisecond, 40 * time.Second},
		{"slow=%s", 500 * time.Millisecond, 5 * time.Second},
		{"slow=%s", 5 * time.Second, time.Minute},
		{"slow=%s", time.Minute, 15 * time.Minute},
		{"blocked=%s", time.Second, 12 * time.Minute},
		{spec: "action_required=confirm_contact:owner@example.net"},
		{"failed=registry_rejected:%s", time.Second, time.Minute},
		{spec: one(g, []string{"never", "stuck"})},
		{"unknown=verifying:%s", time.Second, 5 * time.Minute},
		{"conflict=%s", time.Second, 2 * time.Minute},
		{"late_registration=%s", 100 * time.Millisecond, longestLate},
		{spec: "never_shown"},
		{"late_status=%s", time.Second, 2 * time.Minute},
		{"stale_status=%s", time.Second, 2 * time.Minute},
		{spec: "contradictory=" + one(g, []string{"true:", "false:"}) + one(g, []string{"in_progress", "succeeded", "failed", "verified"})},
	})
	if says = kind.spec; kind.to > 0 {
		says = fmt.Sprintf(kind.spec, g.span(kind.from, kind.to))
	}
	scenario, err := fakeregistrar.ParseScenario(says)
	if err != nil {
		panic(err)
	}
	if g.in(4) && len(scenario.Steps) > 1 {
		says, scenario.Steps = says+", without its first step", scenario.Steps[1:]
	}
	if g.in(6) {
		says, scenario = says+", held", scenario.Holding()
	}
	if g.in(4) {
		says, scenario = says+", without registration", scenario.WithoutRegistration()
	}
	if g.in(3) {
		style := fakeregistrar.LinkStyle(g.IntN(int(fakeregistrar.LinkRegistrationStatus) + 1))
		says, scenario = fmt.Sprintf("%s, link style %d", says, style), scenario.WithLinkStyle(style)
	}
	return says, scenario
}

// walk is one run of a CLI and what befalls it.
func (g *generator) walk(managed []string) walk {
	w := walk{processes: 1 + g.IntN(2), pause: betweenRuns}
	if g.in(2) {
		w.pause = g.span(betweenRuns, 5*time.Minute)
	}
	if g.in(3) {
		w.interrupt = g.span(5*time.Millisecond, 3*time.Minute)
	}
	g.tell("a walk after a pause of %s, in %d processes, interrupted after %s (0s: not)", w.pause, w.processes, w.interrupt)
	for k, domain := range managed {
		want := want{g.in(2), g.span(2*time.Second, 20*time.Minute)}
		if g.in(4) {
			want.timeout = defaultTimeout
		}
		g.tell("  resource %d: %s auto_renew=%t within %s", k, domain, want.autoRenew, want.timeout)
		w.wants = append(w.wants, want)
	}
	for range g.IntN(6) {
		w.faults = append(w.faults, g.fault())
	}
	for range g.IntN(3) {
		w.faults = append(w.faults, g.repeat())
	}
	for _, f := range w.faults {
		g.tell("  fault: %s", words(f))
	}
	for range g.IntN(4) {
		o := g.outsider()
		g.tell("  after %s: %s", o.after, o.says)
		w.outsiders = append(w.outsiders, o)
	}
	return w
}

// outsider is something that others do.
func (g *generator) outsider() outsider {
	name, on := one(g, g.domains), g.in(2)
	o := outsider{domain: name, after: g.span(time.Millisecond, 3*time.Minute)}
	switch n := g.IntN(40); {
	case n < 12:
		o.says = fmt.Sprintf("%s shows auto_renew=%t all at once", name, on)
		o.does = func(f *fakeregistrar.Server) { f.SetAutoRenew(account, name, on) }
	case n < 24:
		how, scenario := g.scenario()
		o.says = fmt.Sprintf("the dashboard updates %s to auto_renew=%t: %s", name, on, how)
		o.does = func(f *fakeregistrar.Server) { f.StartScenario(account, name, on, scenario) }
	case n < 32:
		how, scenario := g.scenario()
		o.says = fmt.Sprintf("from now on updates of %s go: %s", name, how)
		o.does = func(f *fakeregistrar.Server) { f.SetScenario(account, name, scenario) }
	case n < 36:
		o.says = fmt.Sprintf("somebody acts on %s", name)
		o.does = func(f *fakeregistrar.Server) { f.CompleteAction(account, name) }
	case n < 37:
		o.says = fmt.Sprintf("%s is transferred away", name)
		o.does = func(f *fakeregistrar.Server) { f.RemoveDomain(account, name) }
	default:
		status := one(g, []string{"expired", "suspended", "redemption_period", "active"})
		o.says = fmt.Sprintf("%s has status %s", name, status)
		o.does = func(f *fakeregistrar.Server) { f.SetStatus(account, name, status) }
	}
	return o
}
