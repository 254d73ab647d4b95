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

// holding returns a registrar with this many domains, starting at domain000.com and registered in that order.
func holding(domains int, faults ...fake.Fault) *fake.Server {
	server := fake.New(fake.WithAccount(account))
	for i := range domains {
		server.AddDomain(fake.Domain{
			Name: fmt.Sprintf("domain%03d.com", i), Account: account,
			CreatedAt: time.Date(2020, time.January, 1, 0, 0, i, 0, time.UTC),
		})
	}
	for _, fault := range faults {
		server.Inject(fault)
	}
	return server
}

// list reads a list to its end.
func list(t *testing.T, server *fake.Server) (names []string, pages int, unreadable []error, failure error) {
	t.Helper()
	for page, err := range newClient(t, server.Transport()).Registrations(t.Context(), account) {
		if failure != nil || err != nil && len(page.Registrations) != 0 {
			t.Errorf("a failed page is not the last, or has entries: %v", failure)
		}
		if failure = err; err != nil {
			continue
		}
		pages++
		unreadable = append(unreadable, page.Unreadable...)
		for _, registration := range page.Registrations {
			names = append(names, string(registration.Name))
		}
	}
	return names, pages, unreadable, failure
}

func TestListHasPagesOfFifty(t *testing.T) {
	t.Parallel()
	for domains, want := range map[int]int{0: 1, 50: 1, 51: 2, 101: 3} {
		server := holding(domains)
		names, pages, unreadable, err := list(t, server)
		if err != nil || pages != want || len(names) != domains || !slices.IsSorted(names) || len(unreadable) != 0 {
			t.Errorf("%d pages with %d names, %v, %v; want %d pages with %d", pages, len(names), unreadable, err, want, domains)
		}
		wantRequests(t, server, want)
		for i, request := range server.Requests() {
			if request.Path != listPath || !strings.Contains("&"+request.Query, "&per_page=50") || (i == 0) == strings.Contains(request.Query, "cursor=") {
				t.Errorf("request %d = %s?%s, want 50 to a page and a cursor from the second on", i, request.Path, request.Query)
			}
		}
	}
}

func TestEndlessListStops(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := holding(120, fake.Fault{Times: -1, RepeatCursor: true})
		_, pages, _, err := list(t, server)
		if wantError(t, err, client.KindMalformed, 200, "the list never ends"); pages != 2 {
			t.Errorf("%d pages, want the repeated cursor noticed after the second", pages)
		}
		wantRequests(t, server, 2)
		server = newServer()
		server.Inject(fake.Fault{Times: -1, Status: http.StatusOK, Act: true, Rewrite: func([]byte) []byte {
			return fmt.Appendf(nil, `{"success":true,"result":[],"result_info":{"cursor":"c%d"}}`, len(server.Requests()))
		}})
		_, pages, _, err = list(t, server)
		if wantError(t, err, client.KindMalformed, 200, "the list never ends"); pages != 1000 {
			t.Errorf("%d pages, want 1000", pages)
		}
	})
}

func TestAShortPageWithoutACursorIsTheLast(t *testing.T) {
	// The last page needs no cursor if it isn't full.
	t.Parallel()
	for _, fault := range []fake.Fault{{OmitField: "$.result_info.cursor"}, {SetField: "$.result_info.cursor", Value: nil}} {
		if names, pages, _, err := list(t, holding(1, fault)); err != nil || pages != 1 || len(names) != 1 {
			t.Errorf("%+v: %d pages and %v, want one", fault, pages, err)
		}
	}
}

func TestMalformedPages(t *testing.T) {
	t.Parallel()
	full := "[" + strings.TrimSuffix(strings.Repeat("{},", 50), ",") + "]"
	client.Each(t, map[string]struct{ body, want string }{
		"a result of null":          {`"result":null,"result_info":{"cursor":""}`, `"result" is not a list of registrations`},
		"no result_info":            {`"result":[]`, `"result_info" is not a JSON object`},
		"no cursor":                 {`"result":` + full + `,"result_info":{"count":50}`, `in "result_info": "cursor" is missing`},
		"a cursor that is a number": {`"result":[],"result_info":{"cursor":2}`, `in "result_info": "cursor" is 2, not a string`},
	}, func(t *testing.T, row struct{ body, want string }) {
		_, pages, _, err := list(t, answering(http.StatusOK, `{"success":true,`+row.body+`}`, nil))
		if wantError(t, err, client.KindMalformed, 200, row.want); pages != 0 {
			t.Errorf("%d pages, want none", pages)
		}
	})
}

func TestAnUnreadableEntryKeepsTheOthers(t *testing.T) {
	t.Parallel()
	for want, fault := range map[string]fake.Fault{
		`"auto_renew" is missing (domain "domain001.com")`:             {OmitField: "1.auto_renew"},
		`"auto_renew" is " [31m", not a bool (domain "domain001.com")`: {SetField: "1.auto_renew", Value: "\u202e[31m"},
		"the registration is not a JSON object":                        {SetField: "1", Value: nil},
	} {
		names, _, unreadable, err := list(t, holding(3, fault))
		if err != nil || !slices.Equal(names, []string{"domain000.com", "domain002.com"}) || len(unreadable) != 1 {
			t.Fatalf("names = %q, unreadable = %v, %v; want the two others and one", names, unreadable, err)
		}
		if e := matchError(t, unreadable[0], client.KindMalformed, http.StatusOK, want); e.Err.Error() != want || e.Ray == "" {
			t.Errorf("unreadable = %v, ray %q; want %q and a ray", e.Err, e.Ray, want)
		}
	}
}

func TestListStopsAtAFailedPage(t *testing.T) {
	t.Parallel()
	names, pages, _, err := list(t, holding(120, fake.Fault{After: 1, Status: http.StatusForbidden, Body: refusal}))
	if wantError(t, err, client.KindRefused, 403, ""); pages != 1 || len(names) != 50 {
		t.Errorf("%d pages with %d names, want one page and then the refusal", pages, len(names))
	}
}
