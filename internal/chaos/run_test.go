// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

// defaultTimeout is the limit of a create or a change that sets none.
const defaultTimeout = 20 * time.Minute

// run is a schedule being played.
type run struct {
	schedule
	t     *testing.T
	wordy bool
	ctx   context.Context
	fake  *fakeregistrar.Server
	began time.Time
	state []protocoltest.Object // of each resource; nil where there is none

	failed  atomic.Bool
	mu      sync.Mutex
	excuses map[string]time.Time  // until when others, or an old answer, excuse what is said of a domain
	shown   map[showing]time.Time // when an answer was last complete that showed this
}

// play plays a schedule in a bubble of fake time and, where that is asked for, tells everything
// that happens. It fails t itself: a failed test of the bubble would end its caller too.
func play(t *testing.T, s schedule, wordy bool) {
	t.Helper()
	r := &run{
		schedule: s, t: t, wordy: wordy, state: make([]protocoltest.Object, len(s.managed)),
		excuses: map[string]time.Time{}, shown: map[showing]time.Time{},
	}
	failed := true // also where the bubble panics, as one does that cannot end
	defer func() {
		if failed {
			t.Errorf("to replay it: CHAOS_SEED=%d go test -v -run '^TestChaos$' ./internal/chaos", s.seed)
		}
	}()
	synctest.Test(t, func(t *testing.T) {
		r.ctx, r.began = t.Context(), time.Now()
		r.fake = fakeregistrar.New(append(s.registrar, fakeregistrar.WithObserver(r.request))...)
		for i, w := range s.walks {
			r.note("walk %d", i+1)
			r.walk(w)
		}
		r.settle()
		for _, violation := range r.fake.Violations() {
			r.problem("the registrar saw: %s", violation)
		}
	})
	failed = r.failed.Load()
}

// note tells what happened, with the time since the beginning.
func (r *run) note(format string, args ...any) {
	if r.wordy { // most of the time of a schedule would go into words that nobody reads
		r.t.Helper()
		r.t.Logf("%10s  %s", time.Since(r.began), fmt.Sprintf(format, args...))
	}
}

// request notes one that was answered.
func (r *run) request(q fakeregistrar.Request) {
	r.note("%s %s %s -> %d after %s", q.Method, q.Path, q.Body, q.Status, q.Duration)
}

// problem is a promise broken.
func (r *run) problem(format string, args ...any) {
	r.failed.Store(true)
	r.t.Helper()
	r.t.Errorf("seed %d, after %s: %s", r.seed, time.Since(r.began), fmt.Sprintf(format, args...))
}

// process is a provider process, and its way to the registrar.
type process struct {
	*protocoltest.Session

	run            *run
	network        http.RoundTripper
	began          time.Time
	found          map[string]bool // auto_renew of each domain when it began
	stopped, ended atomic.Bool
}

// RoundTrip implements http.RoundTripper. A request after the end comes of something left running.
func (p *process) RoundTrip(req *http.Request) (*http.Response, error) {
	if p.ended.Load() {
		p.run.problem("%s %s was sent after the process had ended", req.Method, req.URL.Path)
	}
	resp, err := p.network.RoundTrip(req)
	if err == nil {
		resp.Body = &witness{ReadCloser: resp.Body, run: p.run, path: req.URL.Path}
	}
	return resp, err
}

// process runs work in a provider process that is stopped at the given moment, if there is one.
func (r *run) process(stop time.Time, work func(*process)) (stopped bool) {
	p := &process{run: r, network: r.fake.Transport(), began: time.Now(), found: map[string]bool{}}
	for _, domain := range r.domains {
		held, _ := r.fake.Registration(account, domain)
		p.found[domain] = held.AutoRenew
	}
	factory := provider.New("chaos", provider.WithTransport(p), provider.WithEnvironment(func(string) string { return "" }))
	session, diags, err := protocoltest.Start(r.ctx, factory, protocoltest.Object{
		"api_token": protocoltest.Text("a-token-of-the-randomised-tests"), "account_id": protocoltest.Text(account),
		"respond_async": protocoltest.Truth(r.async),
	})
	if err != nil || len(diags) > 0 {
		r.problem("configuring: %v %s", err, protocoltest.Show(diags))
	}
	p.Session = session
	if !stop.IsZero() {
		timer := time.AfterFunc(time.Until(stop), func() {
			r.note("interrupted")
			p.stopped.Store(true)
			for range 2 { // a CLI begins nothing after a stop; here an apply can begin at the same moment
				if err := p.Stop(r.ctx); err != nil {
					r.problem("stopping: %v", err)
				}
				time.Sleep(time.Millisecond)
			}
		})
		defer timer.Stop()
	}
	work(p)
	if p.stopped.Load() && time.Since(stop) > time.Second {
		r.problem("the interrupt took %s", time.Since(stop))
	}
	synctest.Wait()
	p.ended.Store(true)
	return p.stopped.Load()
}

// walk is one run of a CLI.
func (r *run) walk(w walk) {
	time.Sleep(w.pause)
	r.upset(w)
	var stop time.Time
	if w.interrupt > 0 {
		stop = time.Now().Add(w.interrupt)
	}
	plans := make([]*protocoltest.Planned, len(r.managed))
	apply := func(p *process) {
		if !p.stopped.Load() {
			r.each(func(k int) { r.apply(p, k, w.wants[k], plans[k]) })
		}
	}
	stopped := r.process(stop, func(p *process) {
		r.each(func(k int) { r.refresh(p, k) })
		if p.stopped.Load() {
			return
		}
		r.each(func(k int) { plans[k] = r.plan(p, k, w.wants[k]) })
		if w.processes == 1 {
			apply(p)
		}
	})
	if w.processes == 2 && !stopped {
		r.process(stop, apply)
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

// upset lets faults and others loose, and notes what they can excuse.
func (r *run) upset(w walk) {
	for _, f := range w.faults {
		said := words(f)
		f.Hook = func(*fakeregistrar.Server) {
			r.note("struck: %s", said)
			for _, domain := range r.domains {
				if (f.Stale || f.ActLater > 0) && (f.Path == "" || strings.HasSuffix(f.Path, "/"+domain)) {
					r.excuse(domain, time.Now().Add(f.ActLater))
				}
			}
		}
		r.fake.Inject(f)
	}
	for _, o := range w.outsiders {
		time.AfterFunc(o.after, func() {
			r.note("%s", o.says)
			r.excuse(o.domain, time.Now())
			o.does(r.fake)
		})
	}
}

// refresh reads what there is of a resource.
func (r *run) refresh(p *process, k int) {
	prior := r.state[k]
	if prior == nil {
		return
	}
	began := time.Now()
	state, diags, err := p.Read(r.ctx, prior)
	if took := time.Since(began); took > 5*time.Minute+time.Second {
		r.problem("reading %s took %s", r.managed[k], took)
	}
	r.heard(k, "read", diags, err)
	r.state[k] = state
	switch {
	case protocoltest.Failed(diags):
		r.unchanged(k, "read", prior, state)
	case state == nil:
		if _, held := r.fake.Registration(account, r.managed[k]); held {
			r.problem("%s left the state although the account holds it", r.managed[k])
		}
	default:
		r.wasSo(p, k, on(state))
	}
}

// plan plans a resource. A plan fails for no fault of the registrar's but refused credentials.
func (r *run) plan(p *process, k int, w want) *protocoltest.Planned {
	limit := w.timeout.String()
	config := protocoltest.Timeouts("create", limit, "update", limit).With(protocoltest.Object{
		"domain_name": protocoltest.Text(r.managed[k]), "auto_renew": protocoltest.Truth(w.autoRenew),
	})
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
	if took := time.Since(began); took > w.timeout+time.Second {
		r.problem("the apply of %s took %s; its limit is %s", r.managed[k], took, w.timeout)
	}
	r.heard(k, "apply", diags, err)
	r.state[k] = state
	switch {
	case protocoltest.Failed(diags):
		r.unchanged(k, "apply", plan.Prior.WithoutPrivate(), state.WithoutPrivate())
	case plan.Prior == nil || on(plan.Prior) != on(state):
		r.claimed(k, on(state), began)
	}
}

// heard looks at what a person is told.
func (r *run) heard(k int, doing string, diags []*tfprotov6.Diagnostic, err error) {
	if err != nil {
		r.problem("%s of %s: %v", doing, r.managed[k], err)
	}
	r.note("resource %d (%s): %s: %s", k, r.managed[k], doing, unread(diags))
	for _, d := range diags {
		text := d.Summary + "\n" + d.Detail
		if !strings.Contains(text, r.managed[k]) || !strings.Contains(text, account) {
			r.problem("what is said of %s does not name it and its account: %s", r.managed[k], text)
		}
	}
}

// unread are diagnostics that are written out only where somebody reads them.
type unread []*tfprotov6.Diagnostic

func (u unread) String() string { return protocoltest.Show(u) }

func on(state protocoltest.Object) bool {
	return state["auto_renew"].Equal(protocoltest.Truth(true))
}
