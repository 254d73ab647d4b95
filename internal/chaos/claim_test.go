// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
)

// claimed is called the moment a success is reported: the registration must show it, and so must
// an answer that was complete at that very moment.
func (r *run) claimed(k int, value bool, began time.Time) {
	domain := r.managed[k]
	if !r.excused(k, began) {
		r.fake.ReportSuccess(account, domain, value)
	}
	r.mu.Lock()
	at := r.shown[showing{domain, value}]
	r.mu.Unlock()
	if !at.Equal(time.Now()) {
		r.problem("the apply of %s claims auto_renew=%t, which no answer showed at its end", domain, value)
	}
}

// showing is what an answer about one domain can show.
type showing struct {
	domain    string
	autoRenew bool
}

// witness reads an answer along. What counts as shown is what arrived whole.
type witness struct {
	io.ReadCloser

	run  *run
	path string
	body bytes.Buffer
}

// Read implements io.Reader.
func (w *witness) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if w.body.Len() < 1<<20 {
		w.body.Write(p[:n])
	}
	if errors.Is(err, io.EOF) {
		w.run.show(w.path, w.body.Bytes())
	}
	return n, err
}

func (r *run) show(path string, body []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, domain := range r.domains {
		for _, value := range []bool{true, false} {
			if strings.Contains(path, "/"+domain) && bytes.Contains(body, fmt.Appendf(nil, `"auto_renew":%t`, value)) {
				r.shown[showing{domain, value}] = time.Now()
			}
		}
	}
}

// wasSo is called when a refresh ends: what it brought must have been so while its process ran.
func (r *run) wasSo(p *process, k int, value bool) {
	held, _ := r.fake.Registration(account, r.managed[k])
	if value != p.found[r.managed[k]] && value != held.AutoRenew && !r.excused(k, p.began) {
		r.problem("the state of %s says auto_renew=%t, which was never so", r.managed[k], value)
	}
}

// unchanged is the promise that what failed leaves the state as it was.
func (r *run) unchanged(k int, doing string, prior, state protocoltest.Object) {
	if !maps.EqualFunc(prior, state, tftypes.Value.Equal) {
		r.problem("the failed %s of %s left the state %v in place of %v", doing, r.managed[k], state, prior)
	}
}

// excused reports whether nobody could have known better: since then, somebody else has changed
// the domain, or an old answer was given about it. Of two resources that share a domain, each is
// somebody else to the other.
func (r *run) excused(k int, since time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for other, domain := range r.managed {
		if other != k && domain == r.managed[k] {
			return true
		}
	}
	return !r.excuses[r.managed[k]].Before(since)
}

// excuse notes that until then a domain is not in our hands alone.
func (r *run) excuse(domain string, until time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if until.After(r.excuses[domain]) {
		r.excuses[domain] = until
	}
}

// settle is the end of a schedule: the faults are over, and one more apply, once everything that
// a person has to do is done, brings every domain to where its configuration wants it.
func (r *run) settle() {
	r.note("the faults are over")
	r.fake.ClearFaults()
	// What outsiders, lost requests and late updates still change, they change within this time.
	time.Sleep(2*longestLate + time.Minute)
	for _, domain := range r.domains {
		r.mend(domain)
	}
	// Two resources of opposite wishes never come to rest: each domain keeps one.
	r.managed = r.domains
	wants := r.walks[len(r.walks)-1].wants
	for _, last := range []bool{false, true} {
		r.process(time.Time{}, func(p *process) {
			r.each(func(k int) { r.refresh(p, k) })
			r.each(func(k int) {
				w := want{wants[k].autoRenew, defaultTimeout}
				plan := r.plan(p, k, w)
				if last && (plan == nil || len(plan.Changed()) > 0) {
					r.problem("one apply after the faults, %s still has something to change", r.managed[k])
				}
				r.apply(p, k, w, plan)
			})
		})
	}
}

// mend does what a person or the registrar's support has to do: it brings a lost domain back, and
// ends what is in flight, which may never end by itself or undo what is so now.
func (r *run) mend(domain string) {
	held, ok := r.fake.Registration(account, domain)
	if !ok {
		r.fake.AddDomain(fakeregistrar.Domain{Name: domain, Account: account})
		return
	}
	r.fake.StartScenario(account, domain, held.AutoRenew, fakeregistrar.Immediate())
	r.fake.SetScenario(account, domain, fakeregistrar.Slow(20*time.Second))
}
