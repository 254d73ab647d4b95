// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestReadingARegistration(t *testing.T) {
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

func TestARegistrationWithAMissingFieldIsIncomplete(t *testing.T) {
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

func TestDecodedRegistrations(t *testing.T) {
	t.Parallel()
	type row struct {
		more string
		want client.Registration // in addition to the name and auto_renew
	}
	client.Each(t, map[string]row{
		"only the required fields":      {``, client.Registration{}},
		"a null expiry":                 {`,"status":"transfer_pending","expires_at":null`, client.Registration{Status: "transfer_pending"}},
		"dates without a time":          {`,"created_at":"2025-02-28","expires_at":"2027-06-12"`, client.Registration{CreatedAt: "2025-02-28T00:00:00Z", ExpiresAt: "2027-06-12T00:00:00Z"}},
		"a date that doesn't exist":     {`,"expires_at":"2027-02-30"`, client.Registration{ExpiresAt: "2027-02-30"}},
		"an unknown status":             {`,"status":"on_holiday"`, client.Registration{Status: "on_holiday"}},
		"privacy in the old schema":     {`,"privacy_mode":false`, client.Registration{PrivacyMode: "off"}},
		"privacy that is true":          {`,"privacy_mode":true`, client.Registration{PrivacyMode: "redaction"}},
		"privacy of an unknown type":    {`,"privacy_mode":{"a":1}`, client.Registration{}},
		"no transfer lock":              {`,"locked":false`, client.Registration{Locked: new(false)}},
		"a lock that isn't a boolean":   {`,"locked":"yes"`, client.Registration{}},
		"text with a terminal's colors": {`,"status":"\u001b[31mactive\n"`, client.Registration{Status: "[31mactive"}},
	}, func(t *testing.T, row row) {
		row.want.Name, row.want.AutoRenew = "example.com", true
		got, err := newClient(t, succeeding(`{"domain_name":"EXAMPLE.com.","auto_renew":true`+row.more+`}`).Transport()).Registration(t.Context(), exampleID())
		if err != nil || !reflect.DeepEqual(got, row.want) || got.Complete() {
			t.Errorf("registration = %+v, %v\nwant %+v", got, err, row.want)
		}
	})
}

func TestNameKeepsItsJoiner(t *testing.T) {
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
		"no auto_renew":          {`{"domain_name":"example.com"}`, `"auto_renew" is missing`},
		"a null auto_renew":      {`{"domain_name":"example.com","auto_renew":null}`, `"auto_renew" is null, not a bool`},
		"auto_renew is a string": {`{"domain_name":"example.com","auto_renew":"true"}`, `"auto_renew" is "true", not a bool`},
		"another case":           {`{"domain_name":"example.com","Auto_Renew":true}`, `"auto_renew" is missing`},
		"no name":                {`{"auto_renew":true}`, `"domain_name" is missing`},
		"another domain":         {`{"domain_name":"example.org","auto_renew":true}`, `the response is about "example.org"`},
		"a joiner":               {`{"domain_name":"exam\u200cple.com","auto_renew":true}`, `the response is about "exam ple.com"`},
		"null":                   {`null`, "the registration is not a JSON object"},
	}, func(t *testing.T, row struct{ result, want string }) {
		got, err := newClient(t, succeeding(row.result).Transport()).Registration(t.Context(), exampleID())
		wantError(t, err, client.KindMalformed, 200, row.want)
		if client.IsNotFound(err) || !reflect.DeepEqual(got, client.Registration{}) {
			t.Errorf("the client decoded it: %+v, not found %t", got, client.IsNotFound(err))
		}
	})
}
