// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

// run is a schedule being played.
type run struct {
	schedule
	wordy bool
	ctx   context.Context
	fake  *fakeregistrar.Server
	began time.Time
	state []protocoltest.Object // of each resource; nil where there is none

	mu       sync.Mutex
	problems []string
	journal  []string
	shown    []showing
	meddled  map[string]time.Time // when others last did something to a domain
	misled   map[string]time.Time // when a stale answer was last given about it
}

// play plays a schedule in a bubble of fake time, and gives what went wrong and, where that is
// asked for, everything that happened.
func play(t *testing.T, s schedule, wordy bool) (problems, journal []string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		options := make([]fakeregistrar.Option, len(s.registrar))
		for i, trait := range s.registrar {
			options[i] = trait.option
		}
		r := &run{
			schedule: s, wordy: wordy, ctx: t.Context(), fake: fakeregistrar.New(options...), began: time.Now(),
			state: make([]protocoltest.Object, len(s.managed)), meddled: map[string]time.Time{}, misled: map[string]time.Time{},
		}
		for i, w := range s.walks {
			r.note("walk %d", i+1)
			r.walk(w)
		}
		r.settle()
		for _, violation := range r.fake.Violations() {
			r.problem("the registrar saw: %s", violation)
		}
		r.requests()
		problems, journal = r.problems, r.journal
	})
	return problems, journal
}

// note keeps what happened, with the time since the beginning.
func (r *run) note(format string, args ...any) {
	if !r.wordy {
		return // most of the time of a schedule would go into words that nobody reads
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.journal = append(r.journal, fmt.Sprintf("%10s  ", time.Since(r.began))+fmt.Sprintf(format, args...))
}

// problem is a promise broken.
func (r *run) problem(format string, args ...any) {
	r.note("PROBLEM "+format, args...)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.problems = append(r.problems, fmt.Sprintf(format, args...))
}

// requests adds the registrar's log to the journal.
func (r *run) requests() {
	if !r.wordy {
		return
	}
	for _, q := range r.fake.Requests() {
		r.journal = append(r.journal, fmt.Sprintf("%10s  %s %s %s -> %d after %s", q.Time.Sub(r.began), q.Method, q.Path, q.Body, q.Status, q.Duration))
	}
	slices.SortStableFunc(r.journal, func(a, b string) int { return int(instant(a) - instant(b)) })
}

// instant is when a line of the journal is of.
func instant(line string) time.Duration {
	at, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	d, _ := time.ParseDuration(at) // lines are ours
	return d
}

// start begins a provider process and configures it.
func (r *run) start(w *wire) *protocoltest.Session {
	factory := provider.New("chaos", provider.WithTransport(w), provider.WithEnvironment(func(string) string { return "" }))
	session, diags, err := protocoltest.Start(r.ctx, factory, protocoltest.Object{
		"api_token": protocoltest.Text("a-token-of-the-randomised-tests"), "account_id": protocoltest.Text(account),
		"respond_async": protocoltest.Truth(r.async),
	})
	if err != nil || len(diags) > 0 {
		r.problem("configuring: %v %s", err, protocoltest.Show(diags))
	}
	return session
}

// process is a provider process and when it was told to stop.
type process struct {
	*protocoltest.Session

	wire    *wire
	began   time.Time
	stopped chan struct{}
}

func (p *process) interrupted() bool {
	select {
	case <-p.stopped:
		return true
	default:
		return false
	}
}

// process runs work in a provider process that is stopped at the given moment, if there is one,
// and sees that it leaves nothing behind.
func (r *run) process(repeats []int, stop time.Time, work func(*process)) (interrupted bool) {
	w := r.wire(repeats)
	p := &process{Session: r.start(w), wire: w, began: time.Now(), stopped: make(chan struct{})}
	if !stop.IsZero() {
		timer := time.AfterFunc(time.Until(stop), func() {
			r.note("interrupted")
			close(p.stopped)
			if err := p.Stop(r.ctx); err != nil {
				r.problem("stopping: %v", err)
			}
		})
		defer timer.Stop()
	}
	work(p)
	if p.interrupted() && time.Since(stop) > time.Second {
		r.problem("the interrupt took %s", time.Since(stop))
	}
	synctest.Wait()
	w.end()
	return p.interrupted()
}

// walk is one run of a CLI.
func (r *run) walk(w walk) {
	time.Sleep(w.pause)
	defer r.upset(w)()
	var stop time.Time
	if w.interrupt > 0 {
		stop = time.Now().Add(w.interrupt)
	}
	plans := make([]*protocoltest.Planned, len(r.managed))
	apply := func(p *process) {
		if !p.interrupted() {
			r.each(func(k int) { r.apply(p, k, w.wants[k], plans[k]) })
		}
	}
	interrupted := r.process(w.repeats, stop, func(p *process) {
		r.each(func(k int) { r.refresh(p, k) })
		if p.interrupted() {
			return
		}
		r.each(func(k int) { plans[k] = r.plan(p, k, w.wants[k].config()) })
		if w.processes == 1 {
			apply(p)
		}
	})
	if w.processes == 2 && !interrupted {
		r.process(w.repeats, stop, apply)
	}
}

// each does something for all resources at once, as a CLI does.
func (r *run) each(does func(k int)) {
	var all sync.WaitGroup
	for k := range r.managed {
		all.Go(func() { does(k) })
	}
	all.Wait()
}

// upset lets faults and others loose, and gives what calls them back.
func (r *run) upset(w walk) func() {
	for _, f := range w.faults {
		r.fake.Inject(r.noting(f))
	}
	timers := make([]*time.Timer, len(w.outsiders))
	for i, o := range w.outsiders {
		timers[i] = time.AfterFunc(o.after, func() {
			r.note("%s", o.says)
			r.meddle(o.domain, time.Now())
			o.does(r.fake)
		})
	}
	return func() {
		for _, timer := range timers {
			timer.Stop()
		}
	}
}

// noting lets a fault leave word when it strikes in a way that can excuse a wrong success.
func (r *run) noting(f fault) fakeregistrar.Fault {
	injects := f.injects
	injects.Hook = func(*fakeregistrar.Server) {
		r.note("struck: %s", f.says)
		for _, domain := range r.domains {
			if injects.ActLater > 0 && (f.domain == "" || f.domain == domain) {
				r.meddle(domain, time.Now().Add(injects.ActLater))
			}
		}
		if injects.Stale {
			r.mu.Lock()
			r.misled[f.domain] = time.Now()
			r.mu.Unlock()
		}
	}
	return injects
}

// meddle notes that a domain is no longer in our hands alone.
func (r *run) meddle(domain string, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if at.After(r.meddled[domain]) {
		r.meddled[domain] = at
	}
}

// config is what a person writes for a resource, but for the domain.
func (w want) config() protocoltest.Object {
	config := protocoltest.Object{"auto_renew": protocoltest.Truth(w.autoRenew)}
	if w.timeout == 0 {
		return config
	}
	limit := w.timeout.String()
	return config.With(protocoltest.Timeouts("create", limit, "update", limit))
}

// refresh reads what there is of a resource.
func (r *run) refresh(p *process, k int) {
	prior := r.state[k]
	if prior == nil {
		return
	}
	began := time.Now()
	state, diags, err := p.Read(r.ctx, prior)
	r.heard(k, "read", diags, err)
	switch {
	case time.Since(began) > 5*time.Minute+time.Second:
		r.problem("reading %s took %s", r.managed[k], time.Since(began))
	case protocoltest.Failed(diags):
		if !same(state, prior) {
			r.problem("the failed read of %s changed its state", r.managed[k])
		}
	case state == nil:
		if _, held := r.fake.Registration(account, r.managed[k]); held {
			r.problem("%s left the state although the account holds it", r.managed[k])
		}
		r.state[k] = nil
	default:
		r.wasShown(k, on(state), p.began)
		r.state[k] = state
	}
}

// plan plans a resource. A plan fails for no fault of the registrar's but refused credentials.
func (r *run) plan(p *process, k int, config protocoltest.Object) *protocoltest.Planned {
	config = config.With(protocoltest.Object{"domain_name": protocoltest.Text(r.managed[k])})
	plan, diags, err := p.Plan(r.ctx, r.state[k], config)
	r.heard(k, "plan", diags, err)
	if err == nil && !protocoltest.Failed(diags) {
		return &plan
	}
	if !strings.Contains(protocoltest.Show(diags), "The registrar refused the credentials") {
		r.problem("the plan of %s failed", r.managed[k])
	}
	return nil
}

// apply carries a plan out.
func (r *run) apply(p *process, k int, w want, plan *protocoltest.Planned) {
	if plan == nil || len(plan.Changed()) == 0 {
		return
	}
	began := time.Now()
	state, diags, err := p.Apply(r.ctx, *plan)
	if took := time.Since(began); took > w.limit()+time.Second {
		r.problem("the apply of %s took %s; its limit is %s", r.managed[k], took, w.limit())
	}
	r.heard(k, "apply", diags, err)
	if protocoltest.Failed(diags) {
		if !same(state.WithoutPrivate(), plan.Prior.WithoutPrivate()) {
			r.problem("the failed apply of %s left the state %v in place of %v", r.managed[k], state, plan.Prior)
		}
		r.state[k] = state
		return
	}
	if plan.Prior == nil || on(plan.Prior) != on(state) {
		r.claimed(k, on(state), began)
	}
	r.state[k] = state
}

// heard looks at what a person is told.
func (r *run) heard(k int, doing string, diags []*tfprotov6.Diagnostic, err error) {
	if err != nil {
		r.problem("%s of %s: %v", doing, r.managed[k], err)
	}
	r.note("resource %d (%s): %s: %s", k, r.managed[k], doing, shown(diags))
	for _, d := range diags {
		text := d.Summary + "\n" + d.Detail
		if !strings.Contains(text, r.managed[k]) || !strings.Contains(text, account) {
			r.problem("what is said of %s does not name it and its account: %s", r.managed[k], text)
		}
	}
}

// shown is diagnostics that are written out only where somebody reads them.
type shown []*tfprotov6.Diagnostic

func (s shown) String() string { return protocoltest.Show(s) }

func on(state protocoltest.Object) bool {
	return state["auto_renew"].Equal(protocoltest.Truth(true))
}

func same(a, b protocoltest.Object) bool {
	if (a == nil) != (b == nil) || len(a) != len(b) {
		return false
	}
	for key, value := range a {
		if !value.Equal(b[key]) {
			return false
		}
	}
	return true
}
