// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"slices"
	"time"
)

// claimed is called the moment a success is reported. An answer must have shown the value at
// that very moment, and the registration must show it too, unless somebody else changed it
// behind the provider's back or a fault made the answer an old one.
func (r *run) claimed(k int, value bool, began time.Time) {
	domain, now := r.managed[k], time.Now()
	if held, ok := r.fake.Registration(account, domain); ok && held.AutoRenew == value {
		r.wasShown(k, value, now)
		return
	}
	if !r.excused(k, value, began, now) {
		r.fake.ReportSuccess(account, domain, value)
	}
	r.wasShown(k, value, now)
}

// excused reports whether nobody could have known better.
func (r *run) excused(k int, value bool, began, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	domain := r.managed[k]
	if slices.ContainsFunc(r.shown, func(s showing) bool {
		return s.domain == domain && s.autoRenew == value && s.true && s.at.Equal(now)
	}) {
		return true // changed at this instant, after the provider's last look
	}
	shared := slices.Index(r.managed, domain) != k || slices.Contains(r.managed[k+1:], domain)
	return shared || !r.misled[domain].Before(began) || !r.meddled[domain].Before(began)
}

// wasShown is the promise that a state says nothing that no answer said.
func (r *run) wasShown(k int, value bool, since time.Time) {
	r.mu.Lock()
	ok := slices.ContainsFunc(r.shown, func(s showing) bool {
		return s.domain == r.managed[k] && s.autoRenew == value && !s.at.Before(since)
	})
	r.mu.Unlock()
	if !ok {
		r.problem("the state of %s says auto_renew=%t, which no answer showed", r.managed[k], value)
	}
}
