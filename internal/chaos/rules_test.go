// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
)

// rules holds what the provider promises, what can excuse it, and which rules it broke.
type rules struct {
	*run

	mu       sync.Mutex
	broken   []string
	excuses  map[string]time.Time  // until when outsiders or stale answers excuse a wrong value, by domain
	unstable map[string]bool       // domains that can change by themselves, long after an outsider's act
	shown    map[showing]time.Time // when an answer that showed this was last complete
	promises map[int]promise       // by resource
}

// showing is a value in an answer about a domain.
type showing struct {
	domain    string
	autoRenew bool
}

// promise is a value that the registration must keep until the next apply of the resource.
type promise struct {
	autoRenew bool
	since     time.Time // changes from outside after this time excuse it
}

func newRules(r *run) *rules {
	unstable := map[string]bool{}
	for _, d := range r.domains {
		unstable[d.Name] = d.Updates.late()
	}
	return &rules{run: r, excuses: map[string]time.Time{}, unstable: unstable, shown: map[showing]time.Time{}, promises: map[int]promise{}}
}

// problem records a broken rule. The rule is the same text in each replay; the details go to the
// log.
func (r *rules) problem(rule, format string, args ...any) {
	r.note("BROKEN: %s: %s", rule, fmt.Sprintf(format, args...))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.broken = append(r.broken, rule)
}

// witness records what an answer showed once it is complete.
type witness struct {
	io.ReadCloser

	rules *rules
	path  string
	body  bytes.Buffer
}

// Read implements [io.Reader].
func (w *witness) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if w.body.Len() < 1<<20 {
		w.body.Write(p[:n])
	}
	if errors.Is(err, io.EOF) {
		w.rules.show(w.path, w.body.Bytes())
	}
	return n, err
}

func (r *rules) show(path string, body []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, d := range r.domains {
		for _, value := range []bool{true, false} {
			if strings.Contains(path, "/"+d.Name) && bytes.Contains(body, fmt.Appendf(nil, `"auto_renew":%t`, value)) {
				r.shown[showing{d.Name, value}] = time.Now()
			}
		}
	}
}

// hold is how long the API holds the connection of a PATCH. A PATCH whose connection was lost can
// start an update until then.
// Source: https://developers.cloudflare.com/registrar/registrar-api/.
const hold = 10 * time.Second

// checkPatch checks that a process sends no PATCH while a lost one can still start an update. An
// outsider can show the wanted value in that time, which ends the first apply.
func (r *rules) checkPatch(p *process, path string, sent time.Time) {
	lost, ok := p.lost.Load(path)
	if !ok {
		return
	}
	since := lost.(time.Time) //nolint:forcetypeassert // RoundTrip stores it
	k := slices.IndexFunc(r.managed, func(name string) bool { return strings.HasSuffix(path, "/"+name) })
	if sent.Sub(since) < hold && !r.excused(k, since) {
		r.problem("a PATCH was sent while a lost one could still start an update", "%s", path)
	}
}

// checkDiagnostics checks the diagnostics of any operation: they name the domain, an error names
// the account too, and none contains the token.
func (r *rules) checkDiagnostics(p *process, k int, operation string, diags []*tfprotov6.Diagnostic, err error) {
	if err != nil {
		r.problem("the provider broke the protocol", "%s of %s: %v", operation, r.managed[k], err)
	}
	r.note("resource %d (%s): %s: %s", k, r.managed[k], operation, unread(diags))
	for _, d := range diags {
		text := d.Summary + "\n" + d.Detail
		// A second refusal of the same credentials is one line that refers to the first.
		account := strings.Contains(text, account) || p.refused.Load() || d.Severity == tfprotov6.DiagnosticSeverityWarning
		if !account || !strings.Contains(text, r.managed[k]) {
			r.problem("a diagnostic does not name its domain and account", "%s of %s: %s", operation, r.managed[k], text)
		}
		if strings.Contains(text, token) {
			r.problem("a diagnostic contains the token", "%s of %s: %s", operation, r.managed[k], text)
		}
	}
}

// checkRefresh checks a refresh: its time, that a failure changes nothing, that only a lost domain
// is removed, and that the value was the registration's while the process ran.
func (r *rules) checkRefresh(p *process, k int, prior protocoltest.Object, began time.Time, failed bool) {
	name, state := r.managed[k], r.state[k]
	if took := time.Since(began); took > 5*time.Minute+time.Second {
		r.problem("a refresh took more than its timeout", "%s: %s", name, took)
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
	case state == nil:
	case on(state) != found && on(state) != held.AutoRenew && !r.excused(k, p.began):
		r.problem("the state has a value that the registration never had", "%s: %t", name, on(state))
	}
}

// checkApply checks an apply: its time, that a failure changes nothing, and that the registration
// has the value of a success and showed it to the provider at that instant.
func (r *rules) checkApply(p *process, k int, w want, prior protocoltest.Object, began time.Time, failed bool) {
	name, state := r.managed[k], r.state[k]
	if took := time.Since(began); took > w.Timeout+time.Second {
		r.problem("an apply took more than its timeout", "%s: %s, limit %s", name, took, w.Timeout)
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
	p.found[name] = on(state) // no refresh after this can show the old value
	r.mu.Unlock()
	if !shown.Equal(time.Now()) {
		r.problem("an apply succeeded although no answer showed the value at its end", "%s: %t", name, on(state))
	}
	r.promise(k, on(state), began)
}

// checkUnchanged checks that a failure left the state as it was.
func (r *rules) checkUnchanged(k int, prior, state protocoltest.Object) {
	if !maps.EqualFunc(prior, state, tftypes.Value.Equal) {
		r.problem("a failure changed the state", "%s: %v in place of %v", r.managed[k], state, prior)
	}
}

// promise records what a success, or a plan with no changes and no warning, means: the
// registration keeps the value. An update in flight breaks it.
func (r *rules) promise(k int, autoRenew bool, since time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.shared(k) {
		r.promises[k] = promise{autoRenew, since}
	}
}

// withdraw ends a promise, because an apply begins.
func (r *rules) withdraw(k int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.promises, k)
}

// checkPromises compares promises with what the account holds.
func (r *rules) checkPromises(found map[string]bool) {
	for k, promised := range r.promises {
		name := r.managed[k]
		if found[name] != promised.autoRenew && !r.unstable[name] && !r.excused(k, promised.since) {
			r.problem("a value did not last until the next run", "%s: %t", name, promised.autoRenew)
		}
	}
}

// excused reports whether no provider could find the right value: after since, an outsider changed
// the domain, or an answer about it was stale. Two resources of one domain are outsiders to each
// other.
func (r *rules) excused(k int, since time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.shared(k) || !r.excuses[r.managed[k]].Before(since)
}

func (r *rules) shared(k int) bool {
	return slices.Contains(r.managed[k+1:], r.managed[k]) || slices.Contains(r.managed[:k], r.managed[k])
}

// excuse records an act from outside, until when it excuses results, and whether the domain can
// change long after it.
func (r *rules) excuse(name string, until time.Time, lasts bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.unstable[name] = r.unstable[name] || lasts
	if until.After(r.excuses[name]) {
		r.excuses[name] = until
	}
}

func on(state protocoltest.Object) bool {
	return state["auto_renew"].Equal(protocoltest.Truth(true))
}
