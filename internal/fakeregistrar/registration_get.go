// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"net/http"
	"time"
)

// get handles GET …/registrations/{domain_name}.
func (g *Registrar) get(c *call, t target) answer {
	return g.answerWith(t, func(r *registration, _ time.Time) answer {
		return succeed(http.StatusOK, registrationFrom(r.view(c.fault.Stale)))
	})
}

// view returns the domain, with the previous auto_renew if stale is set.
func (r *registration) view(stale bool) Domain {
	d := r.domain
	if stale {
		d.AutoRenew = r.before
	}
	return d
}
