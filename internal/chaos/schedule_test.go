// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const account = "023e105f4ecef8ad9ca31a8372d0c353"

// schedule is everything that happens in one test: the registrar, and the runs of a CLI.
type schedule struct {
	managed   []string // the domain of each resource
	async     bool     // respond_async
	registrar registrar
	domains   []domain // each one once
	runs      []cliRun
}

// registrar is the state of Cloudflare's API as a whole.
type registrar struct {
	Latency, ClockSkew time.Duration
	RateLimit          fakeregistrar.RateLimit
}

// GoString implements [fmt.GoStringer].
func (r registrar) GoString() string {
	return fmt.Sprintf("latency %s, clock skew %s, rate limit %+v", r.Latency, r.ClockSkew, r.RateLimit)
}

// domain is a domain at the start.
type domain struct {
	Name      string
	AutoRenew bool
	Updates   scenario
}

// scenario is the course of an update.
type scenario struct {
	text string
	fakeregistrar.Scenario
}

// GoString implements [fmt.GoStringer], by which rapid prints what it drew.
func (s scenario) GoString() string { return s.text }

// cliRun is one run of a CLI: refresh, plan, apply. The fields are exported for fmt, which calls
// String on exported fields only.
type cliRun struct {
	Pause     time.Duration // since the last run
	Processes int           // 2: a saved plan, applied by a process of its own
	Race      bool          // all resources start at the same instant, in any order
	Rereads   bool          // a refresh after the apply, as a data source that depends on the resource
	Interrupt time.Duration // since the run began; zero for none
	Wants     []want        // by resource
	Faults    []fault
	Outsiders []outsider
}

// GoString implements [fmt.GoStringer].
func (c cliRun) GoString() string {
	type fields cliRun // has no GoString
	return fmt.Sprintf("\n%+v", fields(c))
}

// want is the configuration of a resource.
type want struct {
	AutoRenew bool
	Timeout   time.Duration // of create and update
}

// outsider is a change from outside Terraform.
type outsider struct {
	domain string
	after  time.Duration // since the run began
	text   string
	act    func(*fakeregistrar.Server)
	lasts  bool // the domain can change after act has returned
}

func (o outsider) String() string { return fmt.Sprintf("after %s: %s", o.after, o.text) }

// betweenRuns is the shortest pause between two runs of a CLI. An update with a hidden status
// takes less: no new process could find it.
const betweenRuns = 2 * time.Second

// longestLate bounds how long after its success, or after its request failed, an update can
// still change a registration.
const longestLate = 3 * time.Minute

// drawSchedule draws everything before it is played: rapid prints it first.
func drawSchedule(t *rapid.T, managed []string) schedule {
	names := slices.Compact(slices.Clone(managed))
	s := schedule{managed: managed, async: rapid.IntRange(1, 4).Draw(t, "respond_async if 4") == 4}
	for _, name := range names {
		s.domains = append(s.domains, domain{name, rapid.Bool().Draw(t, name), drawScenario.Draw(t, "updates of "+name)})
	}
	s.registrar = rapid.Custom(drawRegistrar).Draw(t, "registrar")
	s.runs = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) cliRun { return drawRun(t, managed, names) }), 1, 5).Draw(t, "runs")
	return s
}

// oneIn is true once in n times. It shrinks to false.
func oneIn(t *rapid.T, n int) bool { return rapid.IntRange(1, n).Draw(t, "one in") == n }

// one draws one of several values. It shrinks to the first.
func one[T any](t *rapid.T, of ...T) T { return rapid.SampledFrom(of).Draw(t, "one of") }

// span draws a time between two. rapid draws short ones as often as long ones. Some are whole
// seconds, so that things also happen at the same instant.
func span(t *rapid.T, from, to time.Duration) time.Duration {
	d := time.Duration(rapid.Int64Range(from.Milliseconds(), to.Milliseconds()).Draw(t, "ms")) * time.Millisecond
	if oneIn(t, 3) {
		return max(from, d.Round(time.Second))
	}
	return d
}

func drawRegistrar(t *rapid.T) registrar {
	var r registrar
	if rapid.Bool().Draw(t, "slow") {
		r.Latency = span(t, 10*time.Millisecond, 3*time.Second)
	}
	if oneIn(t, 3) {
		r.ClockSkew = one(t, -800*time.Millisecond, 800*time.Millisecond, -time.Minute, time.Minute, -72*time.Hour, 72*time.Hour)
	}
	if oneIn(t, 6) {
		r.RateLimit = fakeregistrar.RateLimit{
			Quota: rapid.IntRange(10, 49).Draw(t, "quota"), Headers: rapid.Bool().Draw(t, "headers"),
			Window: span(t, 5*time.Second, 2*time.Minute), Lockout: span(t, 5*time.Second, 2*time.Minute),
		}
	}
	return r
}

// options returns the fake registrar's options.
func (s schedule) options() []fakeregistrar.Option {
	r := s.registrar
	options := []fakeregistrar.Option{
		fakeregistrar.WithLatency(r.Latency), fakeregistrar.WithClockSkew(r.ClockSkew), fakeregistrar.WithRateLimit(r.RateLimit),
	}
	for _, d := range s.domains {
		options = append(options, fakeregistrar.WithDomain(fakeregistrar.Domain{
			Name: d.Name, Account: account, AutoRenew: d.AutoRenew, Scenario: d.Updates.Scenario,
		}))
	}
	return options
}

// drawScenario draws the course of an update. A status that comes late comes after the end of the
// update: no provider can find an update that appears between its last read and its PATCH.
var drawScenario = rapid.Custom(func(t *rapid.T) scenario {
	kind := one(t, []struct {
		text     string // %s is a time between the two
		from, to time.Duration
	}{
		{text: "immediate"},
		{text: "immediate"},
		{"held=%s", 100 * time.Millisecond, 40 * time.Second},
		{"held=%s", 100 * time.Millisecond, 40 * time.Second},
		{"slow=%s", 500 * time.Millisecond, 5 * time.Second},
		{"slow=%s", 5 * time.Second, time.Minute},
		{"slow=%s", time.Minute, 15 * time.Minute},
		{"blocked=%s", time.Second, 12 * time.Minute},
		{text: "action_required=confirm_contact:owner@example.net"},
		{"failed=registry_rejected:%s", time.Second, time.Minute},
		{text: "never"},
		{text: "stuck"},
		{"unknown=verifying:%s", time.Second, 5 * time.Minute},
		{"conflict=%s", time.Second, 2 * time.Minute},
		{"late_registration=%s", 100 * time.Millisecond, longestLate},
		{text: "never_shown"},
		{"late_status=%s", time.Second, 2 * time.Minute},
		{"stale_status=%s", time.Second, 2 * time.Minute},
		{text: "contradictory"},
	}...)
	text := kind.text
	switch {
	case text == "contradictory":
		text += one(t, "=true:", "=false:") + one(t, "in_progress", "succeeded", "failed", "verified")
	case kind.to > 0:
		text = fmt.Sprintf(text, span(t, kind.from, kind.to))
	}
	parsed, err := fakeregistrar.ParseScenario(text)
	if err != nil {
		panic(err)
	}
	return drawVariant(t, scenario{text, parsed})
})

// drawVariant draws how the API presents an update.
func drawVariant(t *rapid.T, s scenario) scenario {
	if oneIn(t, 4) && len(s.Steps) > 1 {
		s.text, s.Steps = s.text+", without its first step", s.Steps[1:]
	}
	if oneIn(t, 6) {
		s = scenario{s.text + ", held", s.Holding()}
	}
	if oneIn(t, 4) {
		s = scenario{s.text + ", without registration", s.WithoutRegistration()}
	}
	if oneIn(t, 3) {
		style := rapid.IntRange(0, int(fakeregistrar.LinkRegistrationStatus)).Draw(t, "link style")
		s = scenario{fmt.Sprintf("%s, link style %d", s.text, style), s.WithLinkStyle(fakeregistrar.LinkStyle(style))}
	}
	return s
}

func drawRun(t *rapid.T, managed, names []string) cliRun {
	c := cliRun{Processes: rapid.IntRange(1, 2).Draw(t, "processes"), Race: rapid.Bool().Draw(t, "race"), Rereads: oneIn(t, 3), Pause: betweenRuns}
	if rapid.Bool().Draw(t, "pause") {
		c.Pause = span(t, betweenRuns, 5*time.Minute)
	}
	if oneIn(t, 3) {
		c.Interrupt = span(t, 5*time.Millisecond, 3*time.Minute)
	}
	for range managed {
		w := want{AutoRenew: rapid.Bool().Draw(t, "auto_renew"), Timeout: defaultTimeout}
		if !oneIn(t, 4) {
			w.Timeout = span(t, 2*time.Second, defaultTimeout)
		}
		c.Wants = append(c.Wants, w)
	}
	c.Faults = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) fault { return drawFault(t, names) }), 0, 7).Draw(t, "faults")
	c.Outsiders = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) outsider { return drawOutsider(t, names) }), 0, 3).Draw(t, "outsiders")
	return c
}

func drawOutsider(t *rapid.T, names []string) outsider {
	name, on := one(t, names...), rapid.Bool().Draw(t, "auto_renew")
	o := outsider{domain: name, after: span(t, time.Millisecond, 3*time.Minute)}
	switch n := rapid.IntRange(0, 39).Draw(t, "outsider"); {
	case n < 12:
		o.text = fmt.Sprintf("%s shows auto_renew=%t, without an update", name, on)
		o.act = func(f *fakeregistrar.Server) { f.SetAutoRenew(account, name, on) }
	case n < 24:
		updates := drawScenario.Draw(t, "update")
		o.text, o.lasts = fmt.Sprintf("the dashboard updates %s to auto_renew=%t: %s", name, on, updates.text), true
		o.act = func(f *fakeregistrar.Server) { f.StartScenario(account, name, on, updates.Scenario) }
	case n < 32:
		updates := drawScenario.Draw(t, "updates")
		o.text, o.lasts = fmt.Sprintf("from now on updates of %s go: %s", name, updates.text), updates.late()
		o.act = func(f *fakeregistrar.Server) { f.SetScenario(account, name, updates.Scenario) }
	case n < 36:
		o.text = fmt.Sprintf("the owner of %s acts", name)
		o.act = func(f *fakeregistrar.Server) { f.CompleteAction(account, name) }
	case n < 37:
		o.text = fmt.Sprintf("%s is transferred away", name)
		o.act = func(f *fakeregistrar.Server) { f.RemoveDomain(account, name) }
	default:
		status := one(t, "expired", "suspended", "redemption_period", "active")
		o.text = fmt.Sprintf("%s has status %s", name, status)
		o.act = func(f *fakeregistrar.Server) { f.SetStatus(account, name, status) }
	}
	return o
}

// late reports whether the registration can change after the update has succeeded.
func (s scenario) late() bool { return strings.HasPrefix(s.text, "late_registration") }
