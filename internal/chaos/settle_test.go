// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"slices"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// settle is the end of a schedule: the faults are over, and one more apply, once everything that
// a person has to do is done, brings every domain to where its configuration wants it.
func (r *run) settle() {
	r.note("the faults are over")
	r.fake.ClearFaults()
	// What lost requests and late updates still change, they change within this time.
	time.Sleep(2*longestLate + time.Minute)
	for _, domain := range r.domains {
		r.mend(domain)
	}
	r.unshare()
	last := r.walks[len(r.walks)-1].wants
	r.outlast(last)
	r.process(nil, time.Time{}, func(p *process) {
		r.each(func(k int) { r.refresh(p, k) })
		r.each(func(k int) {
			if plan := r.plan(p, k, want{autoRenew: last[k].autoRenew}.config()); plan != nil {
				r.apply(p, k, want{}, plan)
			}
		})
	})
	r.process(nil, time.Time{}, func(p *process) {
		r.each(func(k int) { r.refresh(p, k) })
		r.each(func(k int) {
			plan := r.plan(p, k, want{autoRenew: last[k].autoRenew}.config())
			if plan == nil || len(plan.Changed()) > 0 {
				r.problem("one apply after the faults, %s still has something to change", r.managed[k])
			}
		})
	})
}

// mend ends what would never end: what a person or the registrar's support has to do.
func (r *run) mend(domain string) {
	held, ok := r.fake.Registration(account, domain)
	if !ok {
		r.fake.AddDomain(fakeregistrar.Domain{Name: domain, Account: account})
		return
	}
	r.fake.CompleteAction(account, domain)
	r.fake.SetScenario(account, domain, fakeregistrar.Slow(20*time.Second))
	if r.endless {
		r.fake.StartScenario(account, domain, held.AutoRenew, fakeregistrar.Immediate())
	}
}

// outlast waits for the longest update where a domain is as wanted already: an apply that has
// nothing to change is none, and cannot know of an update that will undo what it found.
func (r *run) outlast(last []want) {
	for k, domain := range r.managed {
		if held, _ := r.fake.Registration(account, domain); held.AutoRenew == last[k].autoRenew {
			time.Sleep(longestUpdate)
			return
		}
	}
}

// unshare leaves one resource to a domain: two of opposite wishes never come to rest.
func (r *run) unshare() {
	for k, domain := range r.managed {
		if slices.Index(r.managed, domain) != k {
			r.managed, r.state = slices.Delete(slices.Clone(r.managed), k, k+1), slices.Delete(slices.Clone(r.state), k, k+1)
			return
		}
	}
}
