// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The bounds of per_page, and its value where a client does not send it.
// https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/list/
const (
	defaultPerPage = 20
	maxPerPage     = 50
)

// listPosition is the entry after which a page begins. It names an entry and
// no number, so that domains may come and go between two pages.
type listPosition struct {
	account string
	at      time.Time
	name    string
}

// list is GET …/registrations, ordered by the date of registration.
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

// page answers with the registrations, as the fault has them.
func page(shown []*registration, info resultInfo, f Fault) answer {
	bodies := []registrationBody{}
	for _, r := range shown {
		if r.domain.Name != f.Unlist {
			bodies = append(bodies, registrationFrom(r.view(f.Stale)))
		}
	}
	info.Count = len(bodies)
	return succeedPage(bodies, info)
}

// newCursor returns an opaque cursor: a digest, because a name alone can be
// longer than the 256 characters that a cursor may have.
func (g *Registrar) newCursor(p listPosition) string {
	digest := sha256.Sum256([]byte(strings.Join([]string{p.account, p.at.String(), p.name}, "\x00")))
	cursor := hex.EncodeToString(digest[:16])
	g.cursors[cursor] = p
	return cursor
}

// perPageOf is false for a value that the API refuses.
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

// compare orders by time and then by name, which makes the order total.
func (p listPosition) compare(other listPosition) int {
	return cmp.Or(p.at.Compare(other.at), strings.Compare(p.name, other.name))
}
