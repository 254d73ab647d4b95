// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// answerUnderFault returns the answer to a call with its fault applied. The zero fault changes nothing.
func (s *Server) answerUnderFault(ctx context.Context, c *call) answer {
	f := c.fault
	if !pause(ctx, f.Delay) {
		return hungUp(ctx)
	}
	if f.Hook != nil {
		f.Hook(s)
	}
	if f.ActLater > 0 {
		s.actLater(c, f.ActLater)
	}
	if f.ActLater > 0 || f.ResetBefore {
		return answer{broken: errReset()}
	}
	if f.Status != 0 && !f.Act {
		return canned(f)
	}
	a := s.handle(ctx, c)
	if a.broken != nil {
		return a
	}
	a = f.afterActing(a)
	if c.delivered != nil && a.broken == nil && f.Status == 0 {
		c.delivered()
	}
	return a
}

// afterActing changes the answer after the server has acted.
func (f Fault) afterActing(a answer) answer {
	switch {
	case f.ResetAfter:
		return answer{broken: errReset()}
	case f.Status != 0:
		a = canned(f)
	}
	if f.OmitField != "" {
		a.body = editJSON(a.body, f.OmitField, nil, true)
	}
	if f.SetField != "" {
		a.body = editJSON(a.body, f.SetField, f.Value, false)
	}
	if f.Rewrite != nil {
		a.body = f.Rewrite(a.body)
	}
	return a
}

// canned returns the fault's own answer. A body that isn't JSON gets the content type
// HTML, as from a proxy.
func canned(f Fault) answer {
	header := http.Header{}
	kind := "text/html; charset=utf-8"
	if json.Valid([]byte(f.Body)) {
		kind = "application/json"
	}
	header.Set("Content-Type", cmp.Or(f.Header.Get("Content-Type"), kind))
	for name, values := range f.Header {
		header[http.CanonicalHeaderKey(name)] = values
	}
	return answer{status: f.Status, header: header, body: []byte(f.Body)}
}

// actLater schedules the update of a valid PATCH.
func (s *Server) actLater(c *call, d time.Duration) {
	t, routed := routeOf(c.path)
	if !routed || c.request.Method != http.MethodPatch {
		return
	}
	g := s.registrar(t.sandbox)
	want, _, ok := g.wantedValue(c, t)
	if !ok {
		return
	}
	g.with(t.account, t.domain, func(r *registration, now time.Time) {
		r.scheduled = append(r.scheduled, scheduledUpdate{at: now.Add(d), want: want})
	})
}

// editJSON removes or sets one field. A body that isn't JSON stays as it is.
func editJSON(body []byte, path string, value any, remove bool) []byte {
	var root any
	if json.Unmarshal(body, &root) != nil {
		return body
	}
	path, fromRoot := strings.CutPrefix(path, "$.")
	if !fromRoot {
		path = "result." + path
	}
	edit(root, strings.Split(path, "."), value, remove)
	edited, err := json.Marshal(root)
	if err != nil {
		return body
	}
	return edited
}
