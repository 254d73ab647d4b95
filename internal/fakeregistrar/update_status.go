// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"net/http"
	"time"
)

// updateStatus handles GET …/update-status.
func (g *Registrar) updateStatus(t target) answer {
	return g.answerWith(t, func(r *registration, now time.Time) answer {
		w := r.visible(now)
		if w == nil {
			return refuseWith(http.StatusNotFound, codeGeneral, "No workflow found for "+r.domain.Name)
		}
		w.shown = true
		return succeed(http.StatusOK, workflowFrom(w, r.domain, now))
	})
}

// registrationStatus handles GET …/registration-status, the status of the purchase. A
// client that polls it instead of update-status sees an old success.
func (g *Registrar) registrationStatus(t target) answer {
	return g.answerWith(t, func(r *registration, now time.Time) answer {
		d := r.domain
		body := workflowFrom(newWorkflow(Immediate(), d.AutoRenew, d.CreatedAt, elsewhere), d, now)
		body.Links.Self = documentedLink(d.Account, d.Name) + "/registration-status"
		delete(body.Context, "fields_updated")
		return succeed(http.StatusOK, body)
	})
}
