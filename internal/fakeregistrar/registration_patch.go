// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// patch is PATCH …/registrations/{domain_name}.
func (g *Registrar) patch(ctx context.Context, c *call, t target) answer {
	want, refusal, ok := g.wanted(c, t)
	if !ok {
		return refusal
	}
	started, refusal := g.begin(t, want)
	if started == nil {
		return refusal
	}
	c.told = func() { g.markShown(started) }
	async := prefersAsync(c.request.Header)
	if started.scenario.Hold && !async && !g.hold(ctx, started) {
		return gone(ctx)
	}
	return g.accepted(t, started, async)
}

// wanted reads the body. A nil value is a body without auto_renew, which the
// API's "if present" lets pass.
func (g *Registrar) wanted(c *call, t target) (*bool, answer, bool) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(c.body, &fields); err != nil {
		g.violations.add("PATCH whose body is no JSON object: %s", t)
		return nil, refuseField("", "Invalid JSON body"), false
	}
	g.checkFields(c, t, fields)
	raw, present := fields["auto_renew"]
	if !present {
		return nil, answer{}, true
	}
	switch string(raw) {
	case "true", "false":
		return new(string(raw) == "true"), answer{}, true
	default:
		return nil, refuseField("/auto_renew", messageNotBoolean), false
	}
}

// begin starts the update; a nil workflow means that the answer is final.
func (g *Registrar) begin(t target, want *bool) (*workflow, answer) {
	var started *workflow
	a := refuseWith(http.StatusNotFound, codeGeneral, messageNotFound)
	g.with(t.account, t.domain, func(r *registration, now time.Time) {
		running := r.inFlight(now)
		if running && r.current.knowable(now) {
			g.violations.add("PATCH while an update is in flight: %s", t)
		}
		if r.conflicts(now) || (running && !g.settings.restartInFlight) {
			a = refuseWith(http.StatusConflict, codeGeneral, "An update of "+r.domain.Name+" is already in progress")
			return
		}
		if want == nil {
			want = new(r.domain.AutoRenew)
		}
		started = r.start(r.domain.Scenario, *want, now, ownPatch)
	})
	return started, a
}

// hold keeps the connection until the update rests or the window ends; false
// means that the client hung up, which stops nothing but the answer.
func (g *Registrar) hold(ctx context.Context, started *workflow) bool {
	g.mu.Lock()
	rest := started.restsIn(g.settings.now())
	g.mu.Unlock()
	return pause(ctx, min(rest, g.settings.syncWindow))
}

func (g *Registrar) markShown(w *workflow) {
	g.mu.Lock()
	defer g.mu.Unlock()
	w.shown = true
}

// accepted is the answer to a PATCH that started a workflow.
func (g *Registrar) accepted(t target, started *workflow, async bool) answer {
	a := refuseWith(http.StatusNotFound, codeGeneral, messageNotFound)
	g.with(t.account, t.domain, func(r *registration, now time.Time) {
		body := g.workflowFrom(started, r.domain, now)
		if async && terminal(body.State) {
			body = notYet(body)
		}
		status := http.StatusAccepted
		if terminal(body.State) {
			status = http.StatusOK
		}
		a = succeed(status, body)
		if status == http.StatusAccepted && body.Links.Self != "" {
			a.header.Set("Location", body.Links.Self)
		}
		if async {
			a.header.Set("Preference-Applied", "respond-async")
		}
	})
	return a
}

// notYet is the status of a finished update as an immediate 202 has it.
func notYet(body workflowBody) workflowBody {
	body.Completed, body.State, body.Error = false, StateInProgress, nil
	delete(body.Context, "registration")
	return body
}

// prefersAsync reads the preference of RFC 7240.
func prefersAsync(header http.Header) bool {
	return slices.ContainsFunc(header.Values("Prefer"), func(value string) bool {
		return slices.ContainsFunc(strings.Split(value, ","), func(one string) bool {
			return strings.EqualFold(strings.TrimSpace(one), "respond-async")
		})
	})
}
