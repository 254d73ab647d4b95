// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// holding is a registrar with so many domains, domain000.com and on, registered in that order.
func holding(domains int) *fake.Server {
	server := fake.New(fake.WithAccount(account))
	for i := range domains {
		server.AddDomain(fake.Domain{
			Name: fmt.Sprintf("domain%03d.com", i), Account: account,
			CreatedAt: time.Date(2020, time.January, 1, 0, 0, i, 0, time.UTC),
		})
	}
	return server
}

// listing is what came of a list taken to its end.
type listing struct {
	names      []string
	pages      int
	unreadable []error
	err        error
}

func list(t *testing.T, c *client.Client) listing {
	t.Helper()
	var all listing
	for page, err := range c.Registrations(t.Context(), account) {
		if err != nil {
			if all.err != nil || len(page.Registrations) != 0 {
				t.Errorf("a failed page is not the last, or has entries: %v", err)
			}
			all.err = err
			continue
		}
		all.pages++
		all.unreadable = append(all.unreadable, page.Unreadable...)
		for _, registration := range page.Registrations {
			all.names = append(all.names, string(registration.Name))
		}
	}
	return all
}

func TestListingAsksForPagesOfFifty(t *testing.T) {
	t.Parallel()
	for domains, pages := range map[int]int{0: 1, 1: 1, 50: 1, 51: 2, 100: 2, 101: 3} {
		t.Run(fmt.Sprintf("%d domains are %d pages", domains, pages), func(t *testing.T) {
			t.Parallel()
			server := holding(domains)
			got := list(t, newClient(t, server.Transport()))
			if got.err != nil || got.pages != pages || len(got.names) != domains || !slices.IsSorted(got.names) || len(got.unreadable) != 0 {
				t.Errorf("%d pages with %d names, %v, %v; want %d pages with %d", got.pages, len(got.names), got.unreadable, got.err, pages, domains)
			}
			requests := server.Requests()
			if len(requests) != pages {
				t.Fatalf("%d requests, want %d", len(requests), pages)
			}
			for i, request := range requests {
				if request.Path != listPath || !strings.Contains("&"+request.Query, "&per_page=50") || (i == 0) == strings.Contains(request.Query, "cursor=") {
					t.Errorf("request %d = %s?%s, want 50 to a page and a cursor from the second on", i, request.Path, request.Query)
				}
			}
		})
	}
}

func TestNobodyAsksForAPageThatIsNotTaken(t *testing.T) {
	t.Parallel()
	server := holding(120)
	for page, err := range newClient(t, server.Transport()).Registrations(t.Context(), account) {
		if err != nil || len(page.Registrations) != 50 {
			t.Errorf("page of %d, %v; want 50", len(page.Registrations), err)
		}
		break
	}
	if got := len(server.Requests()); got != 1 {
		t.Errorf("%d requests, want 1", got)
	}
}

func TestAListThatIsNotListedAsksNothing(t *testing.T) {
	t.Parallel()
	server := holding(1)
	_ = newClient(t, server.Transport()).Registrations(t.Context(), account)
	if got := len(server.Requests()); got != 0 {
		t.Errorf("%d requests, want none before somebody looks", got)
	}
}

func TestACursorThatComesAgainEndsTheList(t *testing.T) {
	t.Parallel()
	server := holding(120)
	server.Inject(fake.Fault{Times: -1, RepeatCursor: true})
	got := list(t, newClient(t, server.Transport()))
	if e := problemOf(t, got.err); e.Kind != client.KindMalformed || !strings.Contains(got.err.Error(), "the list has no end") {
		t.Errorf("error = %v, want that the list has no end", got.err)
	}
	if n := len(server.Requests()); n != 2 || got.pages != 2 {
		t.Errorf("%d requests and %d pages, want the repetition noticed after the second", n, got.pages)
	}
}

func TestCursorsWithoutEndEndAtAThousandPages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(fake.Immediate())
		server.Inject(fake.Fault{Times: -1, Status: http.StatusOK, Act: true, Rewrite: func([]byte) []byte {
			return fmt.Appendf(nil, `{"success":true,"result":[],"result_info":{"cursor":"c%d"}}`, len(server.Requests()))
		}})
		got := list(t, newClient(t, server.Transport()))
		if e := problemOf(t, got.err); e.Kind != client.KindMalformed || got.pages != 1000 {
			t.Errorf("error = %v after %d pages, want that the list has no end after 1000", got.err, got.pages)
		}
	})
}

// A page that is not full needs no word to be the last.
func TestAShortPageWithoutACursorIsTheLast(t *testing.T) {
	t.Parallel()
	for name, info := range map[string]string{"missing": `{"count":1}`, "null": `{"cursor":null}`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := `{"success":true,"result":[{"domain_name":"example.com","auto_renew":true}],"result_info":` + info + `}`
			if got := list(t, newClient(t, answering(http.StatusOK, body, nil).Transport())); got.err != nil || got.pages != 1 {
				t.Errorf("%d pages and %v, want one", got.pages, got.err)
			}
		})
	}
}

func TestPagesOnWhichNothingCanRest(t *testing.T) {
	t.Parallel()
	full := "[" + strings.TrimSuffix(strings.Repeat("{},", 50), ",") + "]"
	client.Each(t, map[string]struct{ body, want string }{
		"no result":                  {`{"success":true,"result_info":{"cursor":""}}`, `"result" is not a list of registrations`},
		"a result of null":           {`{"success":true,"result":null,"result_info":{"cursor":""}}`, `"result" is not a list of registrations`},
		"a result that is an object": {`{"success":true,"result":{},"result_info":{"cursor":""}}`, `"result" is not a list of registrations`},
		"no result_info":             {`{"success":true,"result":[]}`, `"result_info" is not a JSON object`},
		"result_info of null":        {`{"success":true,"result":[],"result_info":null}`, `"result_info" is not a JSON object`},
		"no cursor":                  {`{"success":true,"result":` + full + `,"result_info":{"count":50}}`, `in "result_info": "cursor" is missing`},
		"a cursor of null":           {`{"success":true,"result":` + full + `,"result_info":{"cursor":null}}`, `in "result_info": "cursor" is null, not a string`},
		"a cursor that is a number":  {`{"success":true,"result":[],"result_info":{"cursor":2}}`, `in "result_info": "cursor" is 2, not a string`},
		"success that says no":       {`{"success":false,"result":[],"result_info":{"cursor":""}}`, `"success": false`},
	}, func(t *testing.T, row struct{ body, want string }) {
		got := list(t, newClient(t, answering(http.StatusOK, row.body, nil).Transport()))
		if e := problemOf(t, got.err); e.Status != http.StatusOK || got.pages != 0 || !strings.Contains(got.err.Error(), row.want) {
			t.Errorf("error = %v after %d pages, want %q at once", got.err, got.pages, row.want)
		}
		if !strings.HasPrefix(got.err.Error(), "list the registrations of account "+account+": ") {
			t.Errorf("error = %v, want it to say what was being done", got.err)
		}
	})
}

func TestAnEntryThatCannotBeReadKeepsTheOthers(t *testing.T) {
	t.Parallel()
	type row struct {
		fault fake.Fault
		want  string
	}
	client.Each(t, map[string]row{
		"no auto_renew":        {fake.Fault{OmitField: "1.auto_renew"}, `"auto_renew" is missing (domain "domain001.com")`},
		"auto_renew as text":   {fake.Fault{SetField: "1.auto_renew", Value: "yes"}, `"auto_renew" is "yes", not a bool (domain "domain001.com")`},
		"no name":              {fake.Fault{OmitField: "1.domain_name"}, `"domain_name" is missing`},
		"an entry that is not": {fake.Fault{SetField: "1", Value: nil}, "the registration is not a JSON object"},
	}, func(t *testing.T, row row) {
		server := holding(3)
		server.Inject(row.fault)
		got := list(t, newClient(t, server.Transport()))
		if got.err != nil || !slices.Equal(got.names, []string{"domain000.com", "domain002.com"}) {
			t.Errorf("names = %q, %v; want the two others", got.names, got.err)
		}
		if len(got.unreadable) != 1 || got.unreadable[0].Error() != row.want {
			t.Errorf("unreadable = %v, want %q", got.unreadable, row.want)
		}
	})
}

func TestAPageThatFailsIsTheLast(t *testing.T) {
	t.Parallel()
	server := holding(120)
	server.Inject(fake.Fault{After: 1, Status: http.StatusForbidden, Body: `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}`})
	got := list(t, newClient(t, server.Transport()))
	if e := problemOf(t, got.err); e.Status != http.StatusForbidden || got.pages != 1 || len(got.names) != 50 {
		t.Errorf("%d pages with %d names, %v; want one page and then the refusal", got.pages, len(got.names), got.err)
	}
}

func TestAPageThatFailsForTheMomentIsAskedForAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := holding(120)
		server.Inject(fake.Fault{After: 1, Status: http.StatusBadGateway, Body: html})
		got := list(t, newClient(t, server.Transport()))
		if got.err != nil || len(got.names) != 120 || len(server.Requests()) != 4 {
			t.Errorf("%d names in %d requests, %v; want 120 in 4", len(got.names), len(server.Requests()), got.err)
		}
	})
}

func TestAnAccountThatIsNoneIsNotAsked(t *testing.T) {
	t.Parallel()
	server := holding(1)
	for _, err := range newClient(t, server.Transport()).Registrations(t.Context(), "../zones") {
		if e := problemOf(t, err); e.Kind != client.KindInvalid {
			t.Errorf("error = %v (kind %d), want it invalid", err, e.Kind)
		}
	}
	if got := len(server.Requests()); got != 0 {
		t.Errorf("%d requests, want none", got)
	}
}
