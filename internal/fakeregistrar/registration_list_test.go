// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// withDomains is a caller of a server whose domains d0.com, d1.com … were
// registered one day after the other and expire in the opposite order.
func withDomains(t *testing.T, n int) *caller {
	t.Helper()
	c := newCaller(t)
	first := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		c.server.AddDomain(fake.Domain{
			Name: fmt.Sprintf("d%d.com", i), Account: account,
			CreatedAt: first.AddDate(0, 0, i), ExpiresAt: first.AddDate(9, 0, -i),
		})
	}
	return c
}

func (c *caller) page(query string) ([]string, reply) {
	c.t.Helper()
	r := c.get(listPath + "?" + query)
	wantStatus(c.t, r, http.StatusOK)
	var names []string
	for _, one := range decode[[]registration](c.t, r) {
		names = append(names, one.DomainName)
	}
	return names, r
}

func (c *caller) next(r reply, query string) ([]string, reply) {
	c.t.Helper()
	return c.page(query + "&cursor=" + url.QueryEscape(r.body.ResultInfo.Cursor))
}

func TestListPages(t *testing.T) {
	t.Parallel()
	c := withDomains(t, 21)
	names, r := c.page("page=2")
	if len(names) != 20 || names[0] != "d0.com" || r.body.ResultInfo.Count != 20 || r.body.ResultInfo.PerPage != 20 {
		t.Errorf("first page = %q %+v, want twenty from d0.com on, page ignored", names, r.body.ResultInfo)
	}
	names, r = c.next(r, "")
	if !slices.Equal(names, []string{"d20.com"}) || r.body.ResultInfo.Cursor != "" || r.body.ResultInfo.Count != 1 {
		t.Errorf("last page = %q %+v, want d20.com alone and no cursor", names, r.body.ResultInfo)
	}
}

func TestListEndsWithAFullPage(t *testing.T) {
	t.Parallel()
	if names, r := withDomains(t, 50).page("per_page=50"); len(names) != 50 || r.body.ResultInfo.Cursor != "" {
		t.Errorf("page = %d names, cursor %q, want 50 and none", len(names), r.body.ResultInfo.Cursor)
	}
}

func TestListOfAnEmptyAccountIsAnEmptyArray(t *testing.T) {
	t.Parallel()
	r := newCaller(t, fake.WithAccount(account)).get(listPath)
	if string(r.body.Result) != "[]" {
		t.Errorf("result = %s, want []", r.body.Result)
	}
}

func TestListOrders(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                                 "d0.com d1.com d2.com",
		"direction=desc":                   "d2.com d1.com d0.com",
		"sort_by=registry_created_at":      "d0.com d1.com d2.com",
		"sort_by=registry_expires_at":      "d2.com d1.com d0.com",
		"sort_by=name&direction=asc":       "d0.com d1.com d2.com",
		"sort_by=name&direction=desc":      "d2.com d1.com d0.com",
		"sort_by=name&per_page=50&unknown": "d0.com d1.com d2.com",
	}
	for query, want := range tests {
		t.Run("with "+query, func(t *testing.T) {
			t.Parallel()
			if names, _ := withDomains(t, 3).page(query); strings.Join(names, " ") != want {
				t.Errorf("names = %q, want %s", names, want)
			}
		})
	}
}

func TestListRefusesWhatIsNotDocumented(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"per_page=0":      "Invalid query parameter",
		"per_page=51":     "Invalid query parameter",
		"per_page=many":   "Invalid query parameter",
		"sort_by=price":   "Invalid query parameter",
		"direction=up":    "Invalid query parameter",
		"cursor=invented": "Invalid cursor",
	}
	for query, want := range tests {
		t.Run(query, func(t *testing.T) {
			t.Parallel()
			wantRefusal(t, withDomains(t, 1).get(listPath+"?"+query), http.StatusBadRequest, 10000, want)
		})
	}
}

func TestACursorBelongsToItsOrder(t *testing.T) {
	t.Parallel()
	c := withDomains(t, 3)
	_, r := c.page("per_page=1")
	wantRefusal(t, c.get(listPath+"?sort_by=name&cursor="+r.body.ResultInfo.Cursor), http.StatusBadRequest, 10000, "Invalid cursor")
}

func TestACursorSurvivesDomainsThatComeAndGo(t *testing.T) {
	t.Parallel()
	c := withDomains(t, 5)
	names, r := c.page("per_page=2")
	c.server.RemoveDomain(account, "d0.com")
	c.server.RemoveDomain(account, "d1.com") // the very entry the cursor stands on
	c.server.AddDomain(fake.Domain{Name: "early.com", Account: account, CreatedAt: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)})
	c.server.AddDomain(fake.Domain{Name: "late.com", Account: account, CreatedAt: time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)})
	for r.body.ResultInfo.Cursor != "" {
		var more []string
		more, r = c.next(r, "per_page=2")
		names = append(names, more...)
	}
	if want := "d0.com d1.com d2.com d3.com d4.com late.com"; strings.Join(names, " ") != want {
		t.Errorf("names = %q, want %s", names, want)
	}
}

func TestListFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault  fake.Fault
		first  string
		second string
		again  bool // the second page names itself as the next
	}{
		"a domain on two pages":            {fake.Fault{After: 1, AlsoList: "d0.com"}, "d0.com d1.com", "d2.com d3.com d0.com", false},
		"a domain that is left out":        {fake.Fault{Unlist: "d1.com"}, "d0.com", "d2.com d3.com", false},
		"a cursor that repeats":            {fake.Fault{RepeatCursor: true, Times: -1}, "d0.com d1.com", "d2.com d3.com", true},
		"a domain that moves to the front": {fake.Fault{After: 1, Hook: moveToFront("d2.com")}, "d0.com d1.com", "d3.com d4.com", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withDomains(t, 5)
			test.fault.Path = "/registrations"
			c.server.Inject(test.fault)
			first, one := c.page("per_page=2")
			second, two := c.next(one, "per_page=2")
			if strings.Join(first, " ") != test.first || strings.Join(second, " ") != test.second {
				t.Errorf("pages = %q %q, want %s and %s", first, second, test.first, test.second)
			}
			if again := two.body.ResultInfo.Cursor == one.body.ResultInfo.Cursor; again != test.again {
				t.Errorf("cursor repeats = %t, want %t", again, test.again)
			}
		})
	}
}

func moveToFront(name string) func(*fake.Server) {
	return func(s *fake.Server) { s.SetCreatedAt(account, name, time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)) }
}

func TestListAndGetShowTheSameRegistration(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Slow(time.Second))
		c.turnOn()
		time.Sleep(time.Second) // nobody looked meanwhile: the list settles it
		listed := decode[[]registration](t, c.get(listPath))
		if len(listed) != 1 || listed[0].AutoRenew == nil || !*listed[0].AutoRenew {
			t.Errorf("list = %+v, want the update's effect", listed)
		}
	})
}
