// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
)

// hold is how long the API holds the connection of a PATCH. During that time, a PATCH with a lost connection
// can still start an update.
// Source: https://developers.cloudflare.com/registrar/registrar-api/.
const hold = 10 * time.Second

// rules holds the rules that were broken, and the facts that the checks need.
type rules struct {
	mu       sync.Mutex
	broken   []string
	excuses  map[string]time.Time  // when outsiders and stale answers stop excusing a wrong value, by domain
	shown    map[showing]time.Time // when the last answer that showed this was complete
	promises map[int]*promise      // by resource
}

// showing is a value in an answer about a domain.
type showing struct {
	domain    string
	autoRenew bool
}

// promise is the value that the registration must keep until the resource's next apply.
type promise struct {
	autoRenew bool
	since     time.Time // changes from outside after this time excuse another value
}

func newRules() rules {
	return rules{excuses: map[string]time.Time{}, shown: map[showing]time.Time{}, promises: map[int]*promise{}}
}

// problem records a broken rule. Its text is the same in each replay; the details go only to the log.
func (r *run) problem(rule, format string, args ...any) {
	r.note("BROKEN: %s: %s", rule, fmt.Sprintf(format, args...))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.broken = append(r.broken, rule)
}

// witness reads a response and records the value that it shows for each domain.
func (p *process) witness(resp *http.Response, path string) {
	r := p.run
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	resp.Body = body{io.MultiReader(bytes.NewReader(text), resp.Body), resp.Body}
	if err != nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, name := range r.domains {
		for _, value := range []bool{true, false} {
			if strings.Contains(path, "/"+name) && bytes.Contains(text, fmt.Appendf(nil, `"auto_renew":%t`, value)) {
				r.shown[showing{name, value}] = time.Now()
			}
		}
	}
}

// body is a partly read response body.
type body struct {
	io.Reader
	io.Closer
}

// checkRequest checks that a process sends nothing after its end. It must not send a PATCH after a 409 without
// a read of update-status, or while a lost PATCH can still start an update. A change from outside excuses the
// second case: if it sets the wanted value, the apply ends.
func (p *process) checkRequest(req *http.Request, now time.Time) {
	r, path := p.run, req.URL.Path
	if p.ended.Load() {
		r.problem("a request was sent after the process had ended", "%s %s", req.Method, path)
	}
	if req.Method != http.MethodPatch {
		p.conflict.Delete(strings.TrimSuffix(path, "/update-status"))
		return
	}
	if _, ok := p.conflict.LoadAndDelete(path); ok {
		r.problem("a PATCH followed a 409 without a read of update-status", "%s", path)
	}
	if lost, ok := p.lost.Load(path); ok {
		since := lost.(time.Time) //nolint:forcetypeassert // RoundTrip stores it
		k := slices.IndexFunc(r.managed, func(name string) bool { return strings.HasSuffix(path, "/"+name) })
		if now.Sub(since) < hold && !r.excused(k, since) {
			r.problem("a PATCH was sent while a lost one could still start an update", "%s", path)
		}
	}
}

// checkDiagnostics checks that each diagnostic names the domain, that an error also names the account, and
// that none contains the token.
func (p *process) checkDiagnostics(k int, operation string, diags []*tfprotov6.Diagnostic, err error) {
	r, name := p.run, p.run.managed[k]
	if err != nil {
		r.problem("the provider broke the protocol", "%s of %s: %v", operation, name, err)
	}
	r.note("resource %d (%s): %s: %s", k, name, operation, protocoltest.Show(diags))
	for _, d := range diags {
		text := d.Summary + "\n" + d.Detail
		// The second error about refused credentials is one line that refers to the first.
		needsAccount := d.Severity == tfprotov6.DiagnosticSeverityError && !p.refused.Load()
		if !strings.Contains(text, name) || needsAccount && !strings.Contains(text, account) {
			r.problem("a diagnostic does not name its domain and account", "%s", text)
		}
		if strings.Contains(text, token) {
			r.problem("a diagnostic contains the token", "%s", text)
		}
	}
}

// checkRefresh checks how long a refresh took. A failure must change nothing, and only a domain that left
// the account may be removed. The registration must have had the state's value while the process ran.
func (p *process) checkRefresh(k int, prior protocoltest.Object, began time.Time, failed bool) {
	r, name, state := p.run, p.run.managed[k], p.run.state[k]
	if took := time.Since(began); took > 5*time.Minute+time.Second {
		r.problem("a refresh took longer than its timeout", "%s: %s", name, took)
	}
	held, ok := r.fake.Registration(account, name)
	r.mu.Lock()
	found := p.found[name]
	r.mu.Unlock()
	switch {
	case failed:
		r.checkUnchanged(k, prior, state)
	case state == nil && ok:
		r.problem("a domain that the account holds was removed from state", "%s", name)
	case state != nil && on(state) != found && on(state) != held.AutoRenew && !r.excused(k, p.began):
		r.problem("the state has a value that the registration never had", "%s: %t", name, on(state))
	}
}

// checkApply checks how long an apply took. A failure must change nothing. After a success the registration
// must have the value, and an answer must have shown it at that instant.
func (p *process) checkApply(k int, w want, prior protocoltest.Object, began time.Time, failed bool) {
	r, name, state := p.run, p.run.managed[k], p.run.state[k]
	if took := time.Since(began); took > w.Timeout+time.Second {
		r.problem("an apply took longer than its timeout", "%s: %s, limit %s", name, took, w.Timeout)
	}
	if failed {
		r.checkUnchanged(k, prior.WithoutPrivate(), state.WithoutPrivate())
		return
	}
	if prior != nil && on(prior) == on(state) {
		return
	}
	if !r.excused(k, began) {
		r.fake.ReportSuccess(account, name, on(state))
	}
	r.mu.Lock()
	shown := r.shown[showing{name, on(state)}]
	p.found[name] = on(state) // no later refresh can show the old value
	r.mu.Unlock()
	if !shown.Equal(time.Now()) {
		r.problem("an apply succeeded although no answer showed the value at its end", "%s: %t", name, on(state))
	}
	r.promise(k, &promise{on(state), began})
}

// checkUnchanged checks that a failure left the state as it was.
func (r *run) checkUnchanged(k int, prior, state protocoltest.Object) {
	if !maps.EqualFunc(prior, state, tftypes.Value.Equal) {
		r.problem("a failure changed the state", "%s: %v in place of %v", r.managed[k], state, prior)
	}
}

// promise records the value that the registration must keep after a successful apply, or after a plan with no
// changes and no warnings. An update left in flight causes a warning. A new apply passes nil.
func (r *run) promise(k int, p *promise) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.promises[k] = p
}

// checkPromises compares the promises with what the account holds.
func (r *run) checkPromises(found map[string]bool) {
	for k, name := range r.managed {
		r.mu.Lock()
		p, unstable := r.promises[k], r.unstable[name]
		r.mu.Unlock()
		if p != nil && found[name] != p.autoRenew && !unstable && !r.excused(k, p.since) {
			r.problem("a value did not last until the next run", "%s: %t", name, p.autoRenew)
		}
	}
}

// excused reports whether an outsider changed the domain after since, or an answer about it was stale. In
// both cases no provider could know the right value. Two resources for one domain are outsiders to each other.
func (r *run) excused(k int, since time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.state) > len(r.domains) || !r.excuses[r.managed[k]].Before(since)
}

// excuse records a change from outside, how long it excuses results, and whether the domain can change long
// after it.
func (r *run) excuse(name string, until time.Time, lasts bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.unstable[name] = r.unstable[name] || lasts
	if until.After(r.excuses[name]) {
		r.excuses[name] = until
	}
}

func on(state protocoltest.Object) bool { return state["auto_renew"].Equal(protocoltest.Bool(true)) }
