// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestRegistration(t *testing.T) {
	t.Parallel()
	server := fake.New(fake.WithDomain(fake.Domain{
		Name: domain, Account: account, AutoRenew: true, Locked: true, PrivacyMode: "off",
		CreatedAt: time.Date(2024, time.May, 6, 7, 8, 9, 0, time.UTC),
		ExpiresAt: time.Date(2027, time.May, 6, 7, 8, 9, 0, time.UTC),
	}))
	got, err := newClient(t, server.Transport()).Registration(t.Context(), exampleID())
	want := client.Registration{
		Name: "example.com", AutoRenew: true, Status: "active", Locked: new(true), PrivacyMode: "off",
		CreatedAt: "2024-05-06T07:08:09Z", ExpiresAt: "2027-05-06T07:08:09Z",
	}
	if err != nil || !reflect.DeepEqual(got, want) || !got.Complete() {
		t.Errorf("registration = %+v, %v\nwant %+v", got, err, want)
	}
	if request := server.Requests()[0]; request.Method != http.MethodGet || request.Path != domainPath || request.Body != "" || request.Prefer != "" {
		t.Errorf("request = %+v, want a plain GET of %s", request, domainPath)
	}
}

func TestRegistrationComplete(t *testing.T) {
	t.Parallel()
	whole := client.Registration{Status: "active", CreatedAt: "2024-05-06T07:08:09Z", ExpiresAt: "2027-05-06T07:08:09Z", Locked: new(true), PrivacyMode: "off"}
	for field, omit := range map[string]func(r *client.Registration){
		"":             func(*client.Registration) {},
		"status":       func(r *client.Registration) { r.Status = "" },
		"created_at":   func(r *client.Registration) { r.CreatedAt = "" },
		"expires_at":   func(r *client.Registration) { r.ExpiresAt = "" },
		"locked":       func(r *client.Registration) { r.Locked = nil },
		"privacy_mode": func(r *client.Registration) { r.PrivacyMode = "" },
	} {
		r := whole
		if omit(&r); r.Complete() != (field == "") {
			t.Errorf("without %q: complete = %t", field, r.Complete())
		}
	}
	for _, pending := range []string{"registration_pending", "transfer_pending"} {
		r := whole
		if r.Status, r.ExpiresAt = pending, ""; !r.Complete() {
			t.Errorf("%s without expires_at: not complete", pending)
		}
	}
}

func TestDecodeRegistrations(t *testing.T) {
	t.Parallel()
	type row struct {
		more string
		want client.Registration // in addition to the name and auto_renew
	}
	client.Each(t, map[string]row{
		"only the required fields":        {``, client.Registration{}},
		"a null expiry":                   {`,"status":"transfer_pending","expires_at":null`, client.Registration{Status: "transfer_pending"}},
		"dates without a time":            {`,"created_at":"2025-02-28","expires_at":"2027-06-12"`, client.Registration{CreatedAt: "2025-02-28T00:00:00Z", ExpiresAt: "2027-06-12T00:00:00Z"}},
		"a date that doesn't exist":       {`,"expires_at":"2027-02-30"`, client.Registration{ExpiresAt: "2027-02-30"}},
		"an unknown status":               {`,"status":"on_holiday"`, client.Registration{Status: "on_holiday"}},
		"privacy_mode in the old schema":  {`,"privacy_mode":false`, client.Registration{PrivacyMode: "off"}},
		"privacy_mode is true":            {`,"privacy_mode":true`, client.Registration{PrivacyMode: "redaction"}},
		"privacy_mode of an unknown type": {`,"privacy_mode":{"a":1}`, client.Registration{}},
		"no transfer lock":                {`,"locked":false`, client.Registration{Locked: new(false)}},
		"a lock that isn't a boolean":     {`,"locked":"yes"`, client.Registration{}},
		"text with terminal colors":       {`,"status":"\u001b[31mactive\n"`, client.Registration{Status: "[31mactive"}},
	}, func(t *testing.T, row row) {
		row.want.Name, row.want.AutoRenew = "example.com", true
		got, err := newClient(t, succeeding(`{"domain_name":"EXAMPLE.com.","auto_renew":true`+row.more+`}`).Transport()).Registration(t.Context(), exampleID())
		if err != nil || !reflect.DeepEqual(got, row.want) || got.Complete() {
			t.Errorf("registration = %+v, %v\nwant %+v", got, err, row.want)
		}
	})
}

func TestDecodeNameWithJoiner(t *testing.T) {
	// A Persian name can contain a zero-width non-joiner. Removing it gives a different name.
	t.Parallel()
	id := client.DomainID{Account: account, Name: "xn--mgba3gch31f060k.com"}
	c := newClient(t, succeeding(`{"domain_name":"نامه\u200cای.com","auto_renew":true}`).Transport())
	if got, err := c.Registration(t.Context(), id); err != nil || got.Name != id.Name {
		t.Errorf("name = %q, %v; want %q", got.Name, err, id.Name)
	}
}

func TestMalformedRegistrations(t *testing.T) {
	t.Parallel()
	client.Each(t, map[string]struct{ result, want string }{
		"no auto_renew":            {`{"domain_name":"example.com"}`, `"auto_renew" is missing`},
		"a null auto_renew":        {`{"domain_name":"example.com","auto_renew":null}`, `"auto_renew" is null, not a bool`},
		"auto_renew is a string":   {`{"domain_name":"example.com","auto_renew":"true"}`, `"auto_renew" is "true", not a bool`},
		"auto_renew in mixed case": {`{"domain_name":"example.com","Auto_Renew":true}`, `"auto_renew" is missing`},
		"no name":                  {`{"auto_renew":true}`, `"domain_name" is missing`},
		"another domain":           {`{"domain_name":"example.org","auto_renew":true}`, `the response is about "example.org"`},
		"a joiner":                 {`{"domain_name":"exam\u200cple.com","auto_renew":true}`, `the response is about "exam ple.com"`},
		"null":                     {`null`, "the registration is not a JSON object"},
	}, func(t *testing.T, row struct{ result, want string }) {
		got, err := newClient(t, succeeding(row.result).Transport()).Registration(t.Context(), exampleID())
		wantError(t, err, client.KindMalformed, 200, row.want)
		if client.IsNotFound(err) || !reflect.DeepEqual(got, client.Registration{}) {
			t.Errorf("the client decoded it: %+v, not found %t", got, client.IsNotFound(err))
		}
	})
}

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

// list reads the whole list.
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

func TestListPages(t *testing.T) {
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
				t.Errorf("request %d = %s?%s, want 50 per page, and a cursor from the second request on", i, request.Path, request.Query)
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
			t.Errorf("%d pages, want 2: the second repeats a cursor", pages)
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

func TestListStopsAtAShortPage(t *testing.T) {
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

func TestListSkipsUnreadableEntries(t *testing.T) {
	t.Parallel()
	for want, fault := range map[string]fake.Fault{
		`"auto_renew" is missing (domain "domain001.com")`:             {OmitField: "1.auto_renew"},
		`"auto_renew" is " [31m", not a bool (domain "domain001.com")`: {SetField: "1.auto_renew", Value: "\u202e[31m"},
		"the registration is not a JSON object":                        {SetField: "1", Value: nil},
	} {
		names, _, unreadable, err := list(t, holding(3, fault))
		if err != nil || !slices.Equal(names, []string{"domain000.com", "domain002.com"}) || len(unreadable) != 1 {
			t.Fatalf("names = %q, unreadable = %v, %v; want the other two names, and one unreadable entry", names, unreadable, err)
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
