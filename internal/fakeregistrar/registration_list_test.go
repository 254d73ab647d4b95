// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// withDomains returns a caller of a server with this number of domains.
func withDomains(t *testing.T, n int) *caller {
	t.Helper()
	c := newCaller(t, fake.WithAccount(account), fake.WithAccount("third"))
	for i := range n {
		c.server.AddDomain(fake.Domain{Name: fmt.Sprintf("d%d.com", i), Account: account})
	}
	return c
}

func TestListPages(t *testing.T) {
	t.Parallel()
	type test struct {
		domains int
		query   string
		want    []int // the number of entries on each page
	}
	each(t, map[string]test{
		"none":                    {0, "", []int{0}},
		"twenty by default":       {21, "", []int{20, 1}},
		"a full page is the last": {100, "per_page=50", []int{50, 50}},
	}, func(t *testing.T, test test) {
		c := withDomains(t, test.domains)
		var got []int
		for cursor, more := "", true; more; more = cursor != "" {
			r := c.get(listPath + "?" + test.query + "&cursor=" + cursor)
			cursor = r.body.ResultInfo.Cursor
			got = append(got, r.body.ResultInfo.Count)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("pages of %d entries, want %d", got, test.want)
		}
	})
}

func TestListRefusesACursorFromAnotherList(t *testing.T) {
	t.Parallel()
	const sandbox = "/accounts/" + account + "/registrar-sandbox/registrations"
	c := withDomains(t, 2)
	c.server.AddDomain(fake.Domain{Name: "d1.com", Account: account, Sandbox: true})
	c.server.AddDomain(fake.Domain{Name: "d2.com", Account: account, Sandbox: true})
	c.get(sandbox + "?per_page=1")
	cursor := c.get(listPath + "?per_page=1").body.ResultInfo.Cursor
	for _, other := range []string{"/accounts/third/registrar/registrations", sandbox} {
		wantRefusal(t, c.get(other+"?cursor="+cursor), http.StatusBadRequest, 10000, "Invalid cursor")
	}
}

func TestListShowsAFinishedUpdate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Slow(time.Second))
		c.turnOn()
		time.Sleep(time.Second)
		if listed := decode[[]registration](t, c.get(listPath)); len(listed) != 1 || !listed[0].AutoRenew {
			t.Errorf("list = %+v, want the update's effect", listed)
		}
	})
}
