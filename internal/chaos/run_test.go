// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

const token = "a-token-of-the-chaos-tests"

// run is a schedule while it is played.
type run struct {
	schedule
	rules

	t     *rapid.T
	ctx   context.Context
	fake  *fakeregistrar.Server
	began time.Time
	race  bool                  // of the cliRun being played
	state []protocoltest.Object // by resource; nil if there is none
}

// play plays a schedule in a bubble of fake time, and returns the rules that were broken. The
// bubble itself never fails, because its failure would replace the messages that rapid compares.
func play(t *rapid.T, s schedule) (broken []string) {
	r := &run{schedule: s, rules: newRules(), t: t, state: make([]protocoltest.Object, len(s.managed))}
	r.unstable = maps.Clone(s.unstable)
	rapid.SyncTest(t, func(t *rapid.T) {
		r.ctx, r.began = t.Context(), time.Now()
		r.fake = fakeregistrar.New(append(slices.Clone(s.fake), fakeregistrar.WithObserver(func(q fakeregistrar.Request) {
			r.note("%s %s %s -> %d after %s", q.Method, q.Path, q.Body, q.Status, q.Duration)
		}))...)
		for i, c := range s.runs {
			r.note("run %d", i+1)
			r.play(c)
		}
		r.settle()
		for _, violation := range r.fake.Violations() {
			r.problem(violation, "recorded by the fake registrar")
		}
	})
	return r.broken
}

// note logs an event with its time. rapid prints it only if the test fails.
func (r *run) note(format string, args ...any) {
	r.t.Logf("%10s  "+format, append([]any{time.Since(r.began)}, args...)...)
}

// process is a provider process and its connection to the registrar.
type process struct {
	*protocoltest.Session

	run                     *run
	network                 http.RoundTripper
	began                   time.Time
	found                   map[string]bool // auto_renew of each domain when the process began, or as the process set it
	lost                    sync.Map        // when the last PATCH without an answer was sent, by path
	conflict                sync.Map        // paths of PATCHes that got a 409, until update-status is read
	refused, stopped, ended atomic.Bool
}

// RoundTrip implements [http.RoundTripper].
func (p *process) RoundTrip(req *http.Request) (*http.Response, error) {
	sent := time.Now()
	p.checkRequest(req, sent)
	resp, err := p.network.RoundTrip(req)
	if err != nil {
		if req.Method == http.MethodPatch && !errors.Is(err, syscall.ECONNREFUSED) {
			p.lost.Store(req.URL.Path, sent)
		}
		return nil, err
	}
	switch resp.StatusCode {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden:
		p.refused.Store(true)
	case http.StatusConflict:
		p.conflict.Store(req.URL.Path, true)
	}
	p.witness(resp, req.URL.Path)
	return resp, nil
}

// process runs work in a provider process, and interrupts it at the given time, if not zero.
func (r *run) process(interrupt time.Time, work func(*process)) (stopped bool) {
	p := &process{run: r, network: r.fake.Transport(), began: time.Now(), found: map[string]bool{}}
	for _, name := range r.domains {
		held, _ := r.fake.Registration(account, name)
		p.found[name] = held.AutoRenew
	}
	r.checkPromises(p.found)
	factory := provider.New("chaos", provider.WithTransport(p), provider.WithEnvironment(func(string) string { return "" }))
	session, diags, err := protocoltest.Start(r.ctx, factory, protocoltest.Object{
		"api_token": protocoltest.Text(token), "account_id": protocoltest.Text(account), "respond_async": protocoltest.Bool(r.async),
	})
	if err != nil || len(diags) > 0 {
		r.problem("the provider could not be configured", "%v %s", err, protocoltest.Show(diags))
	}
	p.Session = session
	if !interrupt.IsZero() {
		defer time.AfterFunc(time.Until(interrupt), p.interrupt).Stop()
	}
	work(p)
	if p.stopped.Load() && time.Since(interrupt) > time.Second {
		r.problem("an interrupt took more than a second", "%s", time.Since(interrupt))
	}
	synctest.Wait()
	p.ended.Store(true)
	return p.stopped.Load()
}

// interrupt stops the process as Ctrl-C does. It calls Stop twice because an apply can start at the same
// instant here; a CLI starts nothing after a stop.
func (p *process) interrupt() {
	p.run.note("interrupted")
	p.stopped.Store(true)
	for range 2 {
		if err := p.Stop(p.run.ctx); err != nil {
			p.run.problem("the provider could not be stopped", "%v", err)
		}
		time.Sleep(time.Millisecond)
	}
}

// play plays one run of a CLI.
func (r *run) play(c cliRun) {
	time.Sleep(c.Pause)
	r.race = c.Race
	r.release(c)
	var interrupt time.Time
	if c.Interrupt > 0 {
		interrupt = time.Now().Add(c.Interrupt)
	}
	quiet, plans := make([]bool, len(r.managed)), make([]*protocoltest.Planned, len(r.managed))
	apply := func(p *process) {
		r.each(p, func(k int) { r.apply(p, k, c.Wants[k], plans[k]) })
		if c.Rereads {
			r.each(p, func(k int) { r.refresh(p, k) })
		}
	}
	stopped := r.process(interrupt, func(p *process) {
		r.each(p, func(k int) { quiet[k] = r.refresh(p, k) })
		r.each(p, func(k int) { plans[k] = r.plan(p, k, c.Wants[k], quiet[k]) })
		if c.Processes == 1 {
			apply(p)
		}
	})
	if c.Processes == 2 && !stopped {
		r.process(interrupt, apply)
	}
}

// each runs do for all resources concurrently, as a CLI does, unless the process was stopped. Without a race,
// they start an instant apart, so that replays have the same order.
func (r *run) each(p *process, do func(k int)) {
	if p.stopped.Load() {
		return
	}
	var all sync.WaitGroup
	for k := range r.managed {
		if !r.race {
			time.Sleep(time.Microsecond)
		}
		all.Go(func() { do(k) })
	}
	all.Wait()
}

// release injects the faults and starts the outsiders of a run, with their excuses.
func (r *run) release(c cliRun) {
	for _, f := range c.Faults {
		injected := fakeregistrar.Fault(f)
		if f.Rewrite != nil {
			injected.Rewrite = repeatFirst() // each play has its own
		}
		injected.Hook = func(*fakeregistrar.Server) {
			r.note("fault: %s", f)
			for _, name := range r.domains {
				if (f.Stale || f.ActLater > 0) && (f.Path == "" || strings.HasSuffix(f.Path, "/"+name)) {
					r.excuse(name, time.Now().Add(f.ActLater), false)
				}
			}
		}
		r.fake.Inject(injected)
	}
	for _, o := range c.Outsiders {
		time.AfterFunc(o.after, func() {
			r.note("%s", o)
			r.excuse(o.domain, time.Now(), o.lasts)
			o.act(r.fake)
		})
	}
}

// refresh reads a resource that has a state. It reports whether there were no diagnostics.
func (r *run) refresh(p *process, k int) (quiet bool) {
	prior := r.state[k]
	if prior == nil {
		return false
	}
	began := time.Now()
	state, diags, err := p.Read(r.ctx, prior)
	r.state[k] = state
	p.checkDiagnostics(k, "refresh", diags, err)
	p.checkRefresh(k, prior, began, protocoltest.Failed(diags))
	return len(diags) == 0
}

// plan plans a resource; quiet means that its refresh returned no diagnostics.
func (r *run) plan(p *process, k int, w want, quiet bool) *protocoltest.Planned {
	limit := w.Timeout.String()
	config := protocoltest.Timeouts("create", limit, "update", limit).With(protocoltest.Object{
		"domain_name": protocoltest.Text(r.managed[k]), "auto_renew": protocoltest.Bool(w.AutoRenew),
	})
	plan, diags, err := p.Plan(r.ctx, r.state[k], config)
	p.checkDiagnostics(k, "plan", diags, err)
	if err != nil || protocoltest.Failed(diags) {
		if !p.refused.Load() {
			r.problem("a plan failed although no answer refused the credentials", "of %s", r.managed[k])
		}
		return nil
	}
	if quiet && len(diags) == 0 && len(plan.Changed()) == 0 {
		r.promise(k, &promise{w.AutoRenew, p.began})
	}
	return &plan
}

// apply applies a plan that has a change.
func (r *run) apply(p *process, k int, w want, plan *protocoltest.Planned) {
	if plan == nil || len(plan.Changed()) == 0 {
		return
	}
	r.promise(k, nil)
	began := time.Now()
	state, diags, err := p.Apply(r.ctx, *plan)
	r.state[k] = state
	p.checkDiagnostics(k, "apply", diags, err)
	p.checkApply(k, w, plan.Prior, began, protocoltest.Failed(diags))
}

// settle ends a schedule: no more faults, and all user actions are complete. One apply must set every domain
// to its configured value, and the value must last.
func (r *run) settle() {
	r.note("the faults are over")
	r.fake.ClearFaults()
	// Outsiders, lost requests and late updates change nothing after this time.
	time.Sleep(2*longestLate + time.Minute)
	for _, name := range r.domains {
		r.repair(name)
	}
	// Two resources that want different values never settle, so only the first one stays.
	r.managed, r.race = r.domains, false
	wants := r.runs[len(r.runs)-1].Wants
	for _, last := range []bool{false, true} {
		r.process(time.Time{}, func(p *process) {
			r.each(p, func(k int) { r.refresh(p, k) })
			r.each(p, func(k int) {
				w := want{wants[k].AutoRenew, defaultTimeout}
				plan := r.plan(p, k, w, false)
				if last && (plan == nil || len(plan.Changed()) > 0) {
					r.problem("one apply after the faults was not enough", "%s still has a change", r.managed[k])
				}
				r.apply(p, k, w, plan)
			})
		})
	}
	time.Sleep(time.Hour)
	for k, name := range r.domains {
		if held, _ := r.fake.Registration(account, name); held.AutoRenew != wants[k].AutoRenew {
			r.problem("an hour after the last apply, the registration has another value", "%s", name)
		}
	}
}

// repair does what the user or Cloudflare support would do: restore a lost domain, and end a stuck update.
func (r *run) repair(name string) {
	held, ok := r.fake.Registration(account, name)
	if !ok {
		r.fake.AddDomain(fakeregistrar.Domain{Name: name, Account: account})
		return
	}
	r.fake.StartScenario(account, name, held.AutoRenew, fakeregistrar.Immediate())
	r.fake.SetScenario(account, name, fakeregistrar.Slow(20*time.Second))
}
