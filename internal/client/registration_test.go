// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"net/http"
	"reflect"
	"strings"
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
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("registration = %+v, %v\nwant %+v", got, err, want)
	}
	if !got.Complete() {
		t.Error("a registration with everything is said to be incomplete")
	}
	request := server.Requests()[0]
	if request.Method != http.MethodGet || request.Path != domainPath || request.Body != "" || request.Prefer != "" {
		t.Errorf("request = %+v, want a plain GET of %s", request, domainPath)
	}
}

func TestWhatIsReadOfARegistration(t *testing.T) {
	t.Parallel()
	type row struct {
		result string
		want   client.Registration
	}
	client.Each(t, map[string]row{
		"what decisions rest on, alone": {
			`{"domain_name":"example.com","auto_renew":false}`,
			client.Registration{Name: "example.com"},
		},
		"its name in another spelling": {
			`{"domain_name":"EXAMPLE.com.","auto_renew":true}`,
			client.Registration{Name: "example.com", AutoRenew: true},
		},
		"an expiry of null, as while it is pending": {
			`{"domain_name":"example.com","auto_renew":true,"status":"registration_pending","expires_at":null}`,
			client.Registration{Name: "example.com", AutoRenew: true, Status: "registration_pending"},
		},
		"a status that nobody knows": {
			`{"domain_name":"example.com","auto_renew":true,"status":"on_holiday"}`,
			client.Registration{Name: "example.com", AutoRenew: true, Status: "on_holiday"},
		},
		"fields that nobody knows": {
			`{"domain_name":"example.com","auto_renew":true,"price":{"usd":[1,2]},"Auto_Renew_Until":null}`,
			client.Registration{Name: "example.com", AutoRenew: true},
		},
		"privacy as the prose has it": {
			`{"domain_name":"example.com","auto_renew":true,"privacy_mode":"off"}`,
			client.Registration{Name: "example.com", AutoRenew: true, PrivacyMode: "off"},
		},
		"privacy as the schema has it": {
			`{"domain_name":"example.com","auto_renew":true,"privacy_mode":false}`,
			client.Registration{Name: "example.com", AutoRenew: true, PrivacyMode: "off"},
		},
		"privacy that is true": {
			`{"domain_name":"example.com","auto_renew":true,"privacy_mode":true}`,
			client.Registration{Name: "example.com", AutoRenew: true, PrivacyMode: "redaction"},
		},
		"privacy by its name": {
			`{"domain_name":"example.com","auto_renew":true,"privacy_mode":"redaction"}`,
			client.Registration{Name: "example.com", AutoRenew: true, PrivacyMode: "redaction"},
		},
		"privacy of null": {
			`{"domain_name":"example.com","auto_renew":true,"privacy_mode":null}`,
			client.Registration{Name: "example.com", AutoRenew: true},
		},
		"privacy of a form that nobody knows": {
			`{"domain_name":"example.com","auto_renew":true,"privacy_mode":{"a":1}}`,
			client.Registration{Name: "example.com", AutoRenew: true},
		},
		"a lock that says no": {
			`{"domain_name":"example.com","auto_renew":true,"locked":false}`,
			client.Registration{Name: "example.com", AutoRenew: true, Locked: new(false)},
		},
		"a lock of null is not an open one": {
			`{"domain_name":"example.com","auto_renew":true,"locked":null}`,
			client.Registration{Name: "example.com", AutoRenew: true},
		},
		"a lock that is no boolean": {
			`{"domain_name":"example.com","auto_renew":true,"locked":"yes"}`,
			client.Registration{Name: "example.com", AutoRenew: true},
		},
		"a time that is no text": {
			`{"domain_name":"example.com","auto_renew":true,"created_at":1772366400}`,
			client.Registration{Name: "example.com", AutoRenew: true},
		},
		"text with a terminal's colours": {
			`{"domain_name":"example.com","auto_renew":true,"status":"\u001b[31mactive\n"}`,
			client.Registration{Name: "example.com", AutoRenew: true, Status: "[31mactive"},
		},
	}, func(t *testing.T, row row) {
		got, err := newClient(t, succeeding(row.result).Transport()).Registration(t.Context(), exampleID())
		if err != nil || !reflect.DeepEqual(got, row.want) {
			t.Errorf("registration = %+v, %v\nwant %+v", got, err, row.want)
		}
		if got.Complete() {
			t.Error("a registration that lacks something is said to be complete")
		}
	})
}

func TestRegistrationsOnWhichNothingCanRest(t *testing.T) {
	t.Parallel()
	client.Each(t, map[string]struct{ result, want string }{
		"no auto_renew":                               {`{"domain_name":"example.com"}`, `"auto_renew" is missing`},
		"auto_renew of null":                          {`{"domain_name":"example.com","auto_renew":null}`, `"auto_renew" is null, not a bool`},
		"auto_renew as text":                          {`{"domain_name":"example.com","auto_renew":"true"}`, `"auto_renew" is "true", not a bool`},
		"auto_renew as a number":                      {`{"domain_name":"example.com","auto_renew":0}`, `"auto_renew" is 0, not a bool`},
		"auto_renew in another case is another field": {`{"domain_name":"example.com","Auto_Renew":true}`, `"auto_renew" is missing`},
		"no name":           {`{"auto_renew":true}`, `"domain_name" is missing`},
		"a name of null":    {`{"domain_name":null,"auto_renew":true}`, `"domain_name" is null, not a string`},
		"a number for name": {`{"domain_name":7,"auto_renew":true}`, `"domain_name" is 7, not a string`},
		"an empty name":     {`{"domain_name":"","auto_renew":true}`, `the response is about ""`},
		"another domain":    {`{"domain_name":"example.org","auto_renew":true}`, `the response is about "example.org"`},
		"a domain below":    {`{"domain_name":"www.example.com","auto_renew":true}`, `the response is about "www.example.com"`},
		"a list":            {`[{"domain_name":"example.com","auto_renew":true}]`, "the registration is not a JSON object"},
		"null":              {`null`, "the registration is not a JSON object"},
		"text":              {`"example.com"`, "the registration is not a JSON object"},
	}, func(t *testing.T, row struct{ result, want string }) {
		got, err := newClient(t, succeeding(row.result).Transport()).Registration(t.Context(), exampleID())
		e := problemOf(t, err)
		if e.Kind != client.KindMalformed || e.Status != http.StatusOK || !strings.Contains(err.Error(), row.want) {
			t.Errorf("error = %v (kind %d), want it malformed with %q", err, e.Kind, row.want)
		}
		if client.IsNotFound(err) || !reflect.DeepEqual(got, client.Registration{}) {
			t.Errorf("something was concluded from it: %+v, not found %t", got, client.IsNotFound(err))
		}
	})
}
