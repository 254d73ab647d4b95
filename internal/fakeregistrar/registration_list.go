// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The default and the largest per_page.
// https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/list/
const (
	defaultPerPage = 20
	maxPerPage     = 50
)

// listPosition is the last entry before a page. An index would be wrong after domains
// are added or removed between two pages.
type listPosition struct {
	account string
	at      time.Time
	name    string
}

// list handles GET …/registrations, ordered by registration date.
func (g *Registrar) list(c *call, t target) answer {
	perPage, ok := perPageOf(c.request.URL.Query())
	if !ok {
		return refuseWith(http.StatusBadRequest, codeGeneral, "Invalid query parameter")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	cursor := c.request.URL.Query().Get("cursor")
	after, known := g.cursors[cursor]
	if cursor != "" && (!known || after.account != t.account) {
		return refuseWith(http.StatusBadRequest, codeGeneral, "Invalid cursor")
	}
	rest := g.registrationsOf(t.account)
	if cursor != "" {
		rest = slices.DeleteFunc(rest, func(r *registration) bool { return r.position().compare(after) <= 0 })
	}
	info := resultInfo{PerPage: perPage}
	shown := rest[:min(len(rest), perPage)]
	if len(shown) < len(rest) {
		info.Cursor = g.newCursor(shown[len(shown)-1].position())
	}
	if c.fault.RepeatCursor && cursor != "" {
		info.Cursor = cursor
	}
	return page(shown, info, c.fault)
}

// page returns a page of registrations with the fault applied.
func page(shown []*registration, info resultInfo, f Fault) answer {
	bodies := []registrationBody{}
	for _, r := range shown {
		if r.domain.Name != f.Unlist {
			bodies = append(bodies, registrationFrom(r.view(f.Stale)))
		}
	}
	info.Count = len(bodies)
	return envelope{Result: bodies, Success: true, ResultInfo: &info}.answer(http.StatusOK)
}

// newCursor returns a cursor for the page after a position. It is random, so that no other list accepts it.
func (g *Registrar) newCursor(p listPosition) string {
	cursor := rand.Text()
	g.cursors[cursor] = p
	return cursor
}

// perPageOf returns per_page, and false if the API refuses it.
func perPageOf(query url.Values) (int, bool) {
	if !query.Has("per_page") {
		return defaultPerPage, true
	}
	n, err := strconv.Atoi(query.Get("per_page"))
	return n, err == nil && n >= 1 && n <= maxPerPage
}

func (r *registration) position() listPosition {
	return listPosition{account: r.domain.Account, at: r.domain.CreatedAt, name: r.domain.Name}
}

// compare orders by time, then by name.
func (p listPosition) compare(other listPosition) int {
	return cmp.Or(p.at.Compare(other.at), strings.Compare(p.name, other.name))
}
