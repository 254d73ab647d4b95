// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// withDomains is a caller of a server whose domains d0.com, d1.com … were
// registered one day after the other.
func withDomains(t *testing.T, n int) *caller {
	t.Helper()
	c := newCaller(t, fake.WithAccount(account), fake.WithAccount("third"))
	for i := range n {
		c.server.AddDomain(fake.Domain{Name: fmt.Sprintf("d%d.com", i), Account: account, CreatedAt: time.Date(1999, 1, 1+i, 0, 0, 0, 0, time.UTC)})
	}
	return c
}

func (c *caller) page(query string) (string, reply) {
	c.t.Helper()
	r := c.get(listPath + "?" + query)
	wantStatus(c.t, r, http.StatusOK)
	var names []string
	for _, one := range decode[[]registration](c.t, r) {
		names = append(names, strings.TrimSuffix(one.DomainName, ".com"))
	}
	return strings.Join(names, " "), r
}

func (c *caller) next(r reply, query string) (string, reply) {
	c.t.Helper()
	return c.page(query + "&cursor=" + url.QueryEscape(r.body.ResultInfo.Cursor))
}

func TestListPages(t *testing.T) {
	t.Parallel()
	type test struct {
		domains int
		query   string
		want    string // the entries of each page
	}
	each(t, map[string]test{
		"none":                         {0, "", "0"},
		"twenty by default":            {21, "", "20 1"},
		"the parameter page is unread": {3, "per_page=2&page=2", "2 1"},
		"a full page is the last":      {50, "per_page=50", "50"},
	}, func(t *testing.T, test test) {
		c := withDomains(t, test.domains)
		_, r := c.page(test.query)
		counts := []string{fmt.Sprint(r.body.ResultInfo.Count)}
		for r.body.ResultInfo.Cursor != "" {
			_, r = c.next(r, test.query)
			counts = append(counts, fmt.Sprint(r.body.ResultInfo.Count))
		}
		if got := strings.Join(counts, " "); got != test.want {
			t.Errorf("pages of %s entries, want %s", got, test.want)
		}
	})
}

func TestListRefusesWhatIsNotDocumented(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"per_page=":       "Invalid query parameter",
		"per_page=0":      "Invalid query parameter",
		"per_page=51":     "Invalid query parameter",
		"per_page=many":   "Invalid query parameter",
		"cursor=invented": "Invalid cursor",
	}
	for query, want := range tests {
		wantRefusal(t, withDomains(t, 1).get(listPath+"?"+query), http.StatusBadRequest, 10000, want)
	}
}

func TestACursorSurvivesDomainsThatComeAndGo(t *testing.T) {
	t.Parallel()
	c := withDomains(t, 5)
	names, r := c.page("per_page=2")
	wantRefusal(t, c.get("/accounts/third/registrar/registrations?cursor="+r.body.ResultInfo.Cursor), http.StatusBadRequest, 10000, "Invalid cursor")
	c.server.RemoveDomain(account, "d0.com")
	c.server.RemoveDomain(account, "d1.com") // the very entry the cursor stands on
	c.server.AddDomain(fake.Domain{Name: "early.com", Account: account, CreatedAt: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)})
	c.server.AddDomain(fake.Domain{Name: "late.com", Account: account, CreatedAt: time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)})
	for r.body.ResultInfo.Cursor != "" {
		var more string
		more, r = c.next(r, "per_page=2")
		names += " " + more
	}
	if names != "d0 d1 d2 d3 d4 late" {
		t.Errorf("names = %s", names)
	}
}

func TestListFaults(t *testing.T) {
	t.Parallel()
	moveToFront := func(s *fake.Server) { s.SetCreatedAt(account, "d2.com", time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)) }
	type test struct {
		fault         fake.Fault
		first, second string
		again         bool // the second page names itself as the next
	}
	each(t, map[string]test{
		"a domain that is left out":        {fake.Fault{Unlist: "d1.com"}, "d0", "d2 d3", false},
		"a cursor that repeats":            {fake.Fault{RepeatCursor: true, Times: -1}, "d0 d1", "d2 d3", true},
		"a domain that moves to the front": {fake.Fault{After: 1, Hook: moveToFront}, "d0 d1", "d3 d4", false},
	}, func(t *testing.T, test test) {
		c := withDomains(t, 5)
		c.server.Inject(test.fault)
		first, one := c.page("per_page=2")
		second, two := c.next(one, "per_page=2")
		if again := two.body.ResultInfo.Cursor == one.body.ResultInfo.Cursor; first != test.first || second != test.second || again != test.again {
			t.Errorf("pages = %s | %s, repeats = %t, want %s | %s, %t", first, second, again, test.first, test.second, test.again)
		}
	})
}

func TestListShowsAnUpdateThatNobodyLookedAt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Slow(time.Second))
		c.turnOn()
		time.Sleep(time.Second)
		if listed := decode[[]registration](t, c.get(listPath)); len(listed) != 1 || !*listed[0].AutoRenew {
			t.Errorf("list = %+v, want the update's effect", listed)
		}
	})
}
