// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	account        = "023e105f4ecef8ad9ca31a8372d0c353"
	defaultTimeout = 20 * time.Minute // of create and update

	// betweenRuns is the shortest pause between two runs of a CLI. An update with a hidden status must
	// end sooner, because no new process could find it.
	betweenRuns = 2 * time.Second

	// longestLate is the longest time from the success of an update, or from the failure of its request,
	// until the registration changes.
	longestLate = 3 * time.Minute
)

// schedule is everything that happens in one test.
type schedule struct {
	managed  []string               // the domain of each resource
	domains  []string               // without duplicates
	fake     []fakeregistrar.Option // the registrar and its domains
	unstable map[string]bool        // domains that can change long after an update has ended
	async    bool                   // respond_async
	runs     []cliRun
}

// cliRun is one run of a CLI: refresh, plan, apply. The fields are exported for fmt, which calls
// String on exported fields only.
type cliRun struct {
	Pause     time.Duration // since the last run
	Processes int           // 2 for a saved plan that a second process applies
	Race      bool          // all resources start at the same instant, in any order
	Rereads   bool          // a refresh after the apply, as for a data source that depends on the resource
	Interrupt time.Duration // since the run began; zero for none
	Wants     []want        // by resource
	Faults    []fault
	Outsiders []outsider
}

// GoString implements [fmt.GoStringer]: rapid prints what it drew with %#v.
func (c cliRun) GoString() string {
	type fields cliRun // has no GoString
	return fmt.Sprintf("\n%+v", fields(c))
}

// want is the configuration of a resource.
type want struct {
	AutoRenew bool
	Timeout   time.Duration // of create and update
}

// scenario is what an update does, with its description.
type scenario struct {
	text string
	fakeregistrar.Scenario
}

// GoString implements [fmt.GoStringer].
func (s scenario) GoString() string { return s.text }

// outsider is a change from outside Terraform.
type outsider struct {
	domain string
	after  time.Duration // since the run began
	text   string
	act    func(*fakeregistrar.Server)
	lasts  bool // the domain can change after act has returned
}

func (o outsider) String() string { return fmt.Sprintf("after %s: %s", o.after, o.text) }

// oneIn draws true with probability 1/n. It shrinks to false.
func oneIn(t *rapid.T, n int) bool { return rapid.IntRange(1, n).Draw(t, "one in") == n }

// one draws one of the values. It shrinks to the first.
func one[T any](t *rapid.T, of ...T) T { return rapid.SampledFrom(of).Draw(t, "one") }

// span draws a time between from and to. rapid draws short times as often as long ones. Some are
// whole seconds, so that some events coincide.
func span(t *rapid.T, from, to time.Duration) time.Duration {
	d := time.Duration(rapid.Int64Range(from.Milliseconds(), to.Milliseconds()).Draw(t, "ms")) * time.Millisecond
	if oneIn(t, 3) {
		return max(from, d.Round(time.Second))
	}
	return d
}

// drawSchedule draws a whole schedule, which rapid prints before it is played.
func drawSchedule(t *rapid.T, managed []string) schedule {
	s := schedule{managed: managed, domains: slices.Compact(slices.Clone(managed)), unstable: map[string]bool{}}
	s.async = rapid.IntRange(1, 4).Draw(t, "respond_async, if 4") == 4
	for _, name := range s.domains {
		on, updates := rapid.Bool().Draw(t, name+" auto_renew"), drawScenario.Draw(t, name+" updates")
		s.fake = append(s.fake, fakeregistrar.WithDomain(fakeregistrar.Domain{Name: name, Account: account, AutoRenew: on, Scenario: updates.Scenario}))
		s.unstable[name] = updates.ShownAfter > 0
	}
	skews := []time.Duration{0, 0, 0, 0, 0, 0, -800 * time.Millisecond, 800 * time.Millisecond, -time.Minute, time.Minute, -72 * time.Hour, 72 * time.Hour}
	s.fake = append(s.fake, fakeregistrar.WithClockSkew(rapid.SampledFrom(skews).Draw(t, "clock skew")))
	if rapid.Bool().Draw(t, "latency") {
		s.fake = append(s.fake, fakeregistrar.WithLatency(span(t, 10*time.Millisecond, 3*time.Second)))
	}
	if rapid.IntRange(1, 6).Draw(t, "rate limit, if 6") == 6 {
		s.fake = append(s.fake, fakeregistrar.WithRateLimit(fakeregistrar.RateLimit{
			Quota: rapid.IntRange(10, 49).Draw(t, "quota"), Headers: rapid.Bool().Draw(t, "headers"),
			Window: span(t, 5*time.Second, 2*time.Minute), Lockout: span(t, 5*time.Second, 2*time.Minute),
		}))
	}
	s.runs = rapid.SliceOfN(rapid.Custom(s.drawRun), 1, 5).Draw(t, "runs")
	return s
}

// drawScenario draws what an update does. A late status appears only after the update has ended, because no
// provider can find an update that appears between its last read and its PATCH.
var drawScenario = rapid.Custom(func(t *rapid.T) scenario {
	short, long := span(t, 100*time.Millisecond, 40*time.Second), span(t, time.Second, 15*time.Minute)
	contradictory := "contradictory=" + one(t, "true:", "false:") + one(t, "in_progress", "succeeded", "failed", "verified")
	text := one(
		t,
		"immediate", "immediate",
		fmt.Sprintf("held=%s", short), fmt.Sprintf("held=%s", short),
		fmt.Sprintf("slow=%s", short), fmt.Sprintf("slow=%s", short), fmt.Sprintf("slow=%s", long),
		fmt.Sprintf("blocked=%s", long),
		"action_required=confirm_contact:owner@example.net",
		fmt.Sprintf("failed=registry_rejected:%s", short),
		"never", "stuck",
		fmt.Sprintf("unknown=verifying:%s", min(long, 5*time.Minute)),
		fmt.Sprintf("conflict=%s", min(long, 2*time.Minute)),
		fmt.Sprintf("late_registration=%s", min(long, longestLate)),
		"never_shown",
		fmt.Sprintf("late_status=%s", min(long, 2*time.Minute)),
		fmt.Sprintf("stale_status=%s", min(long, 2*time.Minute)),
		contradictory,
	)
	parsed, err := fakeregistrar.ParseScenario(text)
	if err != nil {
		panic(err)
	}
	s := scenario{text, parsed}
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
})

func (s schedule) drawRun(t *rapid.T) cliRun {
	c := cliRun{Processes: rapid.IntRange(1, 2).Draw(t, "processes"), Race: rapid.Bool().Draw(t, "race"), Rereads: oneIn(t, 3), Pause: betweenRuns}
	if rapid.Bool().Draw(t, "pause") {
		c.Pause = span(t, betweenRuns, 5*time.Minute)
	}
	if oneIn(t, 3) {
		c.Interrupt = span(t, 5*time.Millisecond, 3*time.Minute)
	}
	for range s.managed {
		w := want{AutoRenew: rapid.Bool().Draw(t, "auto_renew"), Timeout: defaultTimeout}
		if !oneIn(t, 4) {
			w.Timeout = span(t, 2*time.Second, defaultTimeout)
		}
		c.Wants = append(c.Wants, w)
	}
	c.Faults = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) fault { return drawFault(t, s.domains) }), 0, 7).Draw(t, "faults")
	c.Outsiders = rapid.SliceOfN(rapid.Custom(s.drawOutsider), 0, 3).Draw(t, "outsiders")
	return c
}

func (s schedule) drawOutsider(t *rapid.T) outsider {
	name, on := one(t, s.domains...), rapid.Bool().Draw(t, "auto_renew")
	updates, status := drawScenario.Draw(t, "updates"), one(t, "expired", "suspended", "redemption_period", "active")
	o := outsider{domain: name, after: span(t, time.Millisecond, 3*time.Minute)}
	switch n := rapid.IntRange(0, 39).Draw(t, "outsider"); {
	case n < 12:
		o.text = fmt.Sprintf("%s shows auto_renew=%t, without an update", name, on)
		o.act = func(f *fakeregistrar.Server) { f.SetAutoRenew(account, name, on) }
	case n < 24:
		o.text, o.lasts = fmt.Sprintf("the dashboard updates %s to auto_renew=%t: %s", name, on, updates.text), true
		o.act = func(f *fakeregistrar.Server) { f.StartScenario(account, name, on, updates.Scenario) }
	case n < 32:
		o.text, o.lasts = fmt.Sprintf("from now on, updates of %s are: %s", name, updates.text), updates.ShownAfter > 0
		o.act = func(f *fakeregistrar.Server) { f.SetScenario(account, name, updates.Scenario) }
	case n < 36:
		o.text = fmt.Sprintf("the owner of %s completes the user action", name)
		o.act = func(f *fakeregistrar.Server) { f.CompleteAction(account, name) }
	case n < 37:
		o.text = fmt.Sprintf("%s is transferred away", name)
		o.act = func(f *fakeregistrar.Server) { f.RemoveDomain(account, name) }
	default:
		o.text = fmt.Sprintf("%s has status %s", name, status)
		o.act = func(f *fakeregistrar.Server) { f.SetStatus(account, name, status) }
	}
	return o
}
