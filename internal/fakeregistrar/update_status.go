// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"net/http"
	"time"
)

// updateStatus is GET …/update-status.
func (g *Registrar) updateStatus(t target) answer {
	a := domainNotFound()
	g.with(t.account, t.domain, func(r *registration, now time.Time) {
		w := r.visible(now)
		if w == nil {
			a = refuseWith(http.StatusNotFound, codeGeneral, "No workflow found for "+r.domain.Name)
			return
		}
		w.shown = true
		a = succeed(http.StatusOK, workflowFrom(w, r.domain, now))
	})
	return a
}

// registrationStatus is GET …/registration-status, the status of the purchase. A
// client that polls it for an update sees an old success.
func (g *Registrar) registrationStatus(t target) answer {
	a := domainNotFound()
	g.with(t.account, t.domain, func(r *registration, now time.Time) {
		d := r.domain
		body := workflowFrom(newWorkflow(Immediate(), d.AutoRenew, d.CreatedAt, elsewhere), d, now)
		body.Links.Self = documentedLink(d.Account, d.Name) + "/registration-status"
		delete(body.Context, "fields_updated")
		a = succeed(http.StatusOK, body)
	})
	return a
}
