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

const (
	defaultPerPage = 20
	largestPerPage = 50
)

// listOrder is the order a client asked for.
type listOrder struct {
	sortBy     string
	descending bool
}

// listPosition is the entry after which a page begins. It names an entry and
// no number, so that domains may come and go between two pages.
type listPosition struct {
	account string
	order   listOrder
	at      time.Time
	name    string
}

// listQuery is what the query of a list asks for.
type listQuery struct {
	order   listOrder
	perPage int
	cursor  string
}

// list is GET …/registrations. The parameter page is ignored, as the API does.
func (g *Registrar) list(c *call, t target) answer {
	query, ok := parseListQuery(c.request.URL.Query())
	if !ok {
		return refuseWith(http.StatusBadRequest, codeGeneral, "Invalid query parameter")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	after, known := g.cursors[query.cursor]
	if query.cursor != "" && (!known || after.account != t.account || after.order != query.order) {
		return refuseWith(http.StatusBadRequest, codeGeneral, "Invalid cursor")
	}
	rest := query.order.sorted(t.account, g.held(t.account))
	if query.cursor != "" {
		rest = slices.DeleteFunc(rest, func(e listEntry) bool { return query.order.compare(e.position, after) <= 0 })
	}
	return g.page(rest, query, g.alsoListed(t, c.fault), c.fault)
}

// page answers with the first of the entries, and a cursor if any are left.
func (g *Registrar) page(rest []listEntry, query listQuery, also []listEntry, f Fault) answer {
	shown := rest[:min(len(rest), query.perPage)]
	info := resultInfo{PerPage: query.perPage}
	if len(shown) < len(rest) {
		info.Cursor = g.remember(shown[len(shown)-1].position)
	}
	if f.RepeatCursor && query.cursor != "" {
		info.Cursor = query.cursor
	}
	bodies := []registrationBody{}
	for _, e := range slices.Concat(shown, also) {
		if e.registration.domain.Name != f.Unlist {
			bodies = append(bodies, registrationFrom(e.registration.view(f.Stale)))
		}
	}
	info.Count = len(bodies)
	return succeedPage(bodies, info)
}

// alsoListed is the entry that a fault puts on a page it does not belong to.
func (g *Registrar) alsoListed(t target, f Fault) []listEntry {
	r, found := g.registrations[domainKey{t.account, f.AlsoList}]
	if !found {
		return nil
	}
	return []listEntry{{registration: r}}
}

// remember hands out an opaque cursor: a digest, because a name alone can be
// longer than the 256 characters that a cursor may have.
func (g *Registrar) remember(p listPosition) string {
	digest := sha256.Sum256([]byte(strings.Join([]string{
		g.segment, p.account, p.order.sortBy, strconv.FormatBool(p.order.descending), p.at.String(), p.name,
	}, "\x00")))
	cursor := hex.EncodeToString(digest[:16])
	g.cursors[cursor] = p
	return cursor
}

func parseListQuery(values url.Values) (listQuery, bool) {
	query := listQuery{
		perPage: defaultPerPage,
		cursor:  values.Get("cursor"),
		order: listOrder{
			sortBy:     cmp.Or(values.Get("sort_by"), "registry_created_at"),
			descending: values.Get("direction") == "desc",
		},
	}
	if text := values.Get("per_page"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > largestPerPage {
			return listQuery{}, false
		}
		query.perPage = n
	}
	known := slices.Contains([]string{"registry_created_at", "registry_expires_at", "name"}, query.order.sortBy)
	return query, known && slices.Contains([]string{"", "asc", "desc"}, values.Get("direction"))
}

type listEntry struct {
	registration *registration
	position     listPosition
}

func (o listOrder) sorted(account string, held []*registration) []listEntry {
	entries := make([]listEntry, 0, len(held))
	for _, r := range held {
		entries = append(entries, listEntry{r, o.position(account, r.domain)})
	}
	slices.SortFunc(entries, func(a, b listEntry) int { return o.compare(a.position, b.position) })
	return entries
}

func (o listOrder) position(account string, d Domain) listPosition {
	p := listPosition{account: account, order: o, name: d.Name}
	switch o.sortBy {
	case "registry_created_at":
		p.at = d.CreatedAt
	case "registry_expires_at":
		p.at = d.ExpiresAt
	}
	return p
}

// compare orders by time and then by name, which makes the order total.
func (o listOrder) compare(a, b listPosition) int {
	order := cmp.Or(a.at.Compare(b.at), strings.Compare(a.name, b.name))
	if o.descending {
		return -order
	}
	return order
}
