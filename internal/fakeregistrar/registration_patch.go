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

// patch handles PATCH …/registrations/{domain_name}.
func (g *Registrar) patch(ctx context.Context, c *call, t target) answer {
	want, refusal, ok := g.wantedValue(c, t)
	if !ok {
		return refusal
	}
	started, refusal := g.startPatch(t, want)
	if started == nil {
		return refusal
	}
	c.delivered = func() { g.markShown(started) }
	async := prefersAsync(c.request.Header)
	if started.scenario.Hold && !async && !g.hold(ctx, started) {
		return hungUp(ctx)
	}
	return g.patchAnswer(t, started, async)
}

// wantedValue decodes the body. The API requires at least one property, and supports
// only auto_renew.
func (g *Registrar) wantedValue(c *call, t target) (bool, answer, bool) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(c.body, &fields); err != nil {
		g.violations.add("PATCH whose body isn't a JSON object: %s", t)
		return false, refuseField("", "Invalid JSON body"), false
	}
	g.checkFields(c, t, fields)
	raw, present := fields["auto_renew"]
	switch {
	case !present:
		return false, refuseField("", "At least one field to update is required"), false
	case string(raw) == "true", string(raw) == "false":
		return string(raw) == "true", answer{}, true
	default:
		return false, refuseField("/auto_renew", "Must be a boolean if present"), false
	}
}

// startPatch starts the update, or returns nil and a refusal.
func (g *Registrar) startPatch(t target, want bool) (started *workflow, refusal answer) {
	refusal = g.answerWith(t, func(r *registration, now time.Time) answer {
		running := r.inFlight(now)
		if running && r.current.knowable(now) {
			g.violations.add("PATCH while an update is in flight: %s", t)
		}
		if r.conflicts(now) || running {
			return refuseWith(http.StatusConflict, codeGeneral, "An update of "+r.domain.Name+" is already in progress")
		}
		started = r.start(r.domain.Scenario, want, now, ownPatch)
		return answer{}
	})
	return started, refusal
}

// hold keeps the connection open until the update or the window ends. It returns
// false if the client hung up. The update continues either way.
func (g *Registrar) hold(ctx context.Context, started *workflow) bool {
	g.mu.Lock()
	rest := started.untilLastStep(g.settings.now())
	g.mu.Unlock()
	return pause(ctx, min(rest, syncWindow))
}

func (g *Registrar) markShown(w *workflow) {
	g.mu.Lock()
	defer g.mu.Unlock()
	w.shown = true
}

// patchAnswer returns the answer to a PATCH that started a workflow.
func (g *Registrar) patchAnswer(t target, started *workflow, async bool) answer {
	return g.answerWith(t, func(r *registration, now time.Time) answer {
		body := workflowFrom(started, r.domain, now)
		if ended(body.State, body.Completed) && !async {
			return succeed(http.StatusOK, body)
		}
		a := succeed(http.StatusAccepted, unfinished(body))
		if body.Links.Self != "" {
			a.header.Set("Location", body.Links.Self)
		}
		if async {
			a.header.Set("Preference-Applied", "respond-async")
		}
		return a
	})
}

// unfinished returns the status as an immediate 202 shows it: not finished yet.
func unfinished(body workflowBody) workflowBody {
	if !ended(body.State, body.Completed) {
		return body
	}
	body.Completed, body.State, body.Error = false, StateInProgress, nil
	delete(body.Context, "registration")
	return body
}

// prefersAsync reports whether the request prefers respond-async (RFC 7240).
func prefersAsync(header http.Header) bool {
	all := strings.Split(strings.Join(header.Values("Prefer"), ","), ",")
	return slices.ContainsFunc(all, func(one string) bool {
		return strings.EqualFold(strings.TrimSpace(one), "respond-async")
	})
}
