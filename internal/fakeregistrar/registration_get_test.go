// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"net/http"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestGetShowsTheWholeRegistration(t *testing.T) {
	t.Parallel()
	c := newCaller(t, fake.WithDomain(fake.Domain{
		Name: "Example.COM", Account: account, AutoRenew: true, Status: "expired", Locked: true, PrivacyMode: false,
		CreatedAt: time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC),
		ExpiresAt: time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC),
	}))
	const want = `{"errors":[],"messages":[],"result":{"domain_name":"example.com","status":"expired",` +
		`"created_at":"2024-03-01T12:00:00Z","expires_at":"2027-03-01T12:00:00Z","auto_renew":true,` +
		`"privacy_mode":false,"locked":true},"success":true}`
	if r := c.get(domainPath); string(r.raw) != want {
		t.Errorf("answer = %s, want %s", r.raw, want)
	}
}

func TestGetShowsAMissingExpiryAsNull(t *testing.T) {
	t.Parallel()
	c := newCaller(t, fake.WithDomain(fake.Domain{
		Name: domain, Account: account, CreatedAt: time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC),
	}))
	const want = `{"errors":[],"messages":[],"result":{"domain_name":"example.com","status":"active",` +
		`"created_at":"2024-03-01T00:00:00Z","expires_at":null,"auto_renew":false,` +
		`"privacy_mode":"redaction","locked":false},"success":true}`
	if r := c.get(domainPath); string(r.raw) != want {
		t.Errorf("answer = %s, want %s", r.raw, want)
	}
}

func TestRouting(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		path    string
		status  int
		code    int
		message string
	}{
		"an unknown domain":                    {listPath + "/other.com", http.StatusNotFound, 10000, "Domain not found"},
		"the status of an unknown domain":      {listPath + "/other.com/update-status", http.StatusNotFound, 10000, "Domain not found"},
		"the old status of an unknown domain":  {listPath + "/other.com/registration-status", http.StatusNotFound, 10000, "Domain not found"},
		"a domain without an update":           {statusPath, http.StatusNotFound, 10000, "No workflow found for example.com"},
		"a name that is none":                  {listPath + "/no_name.com", http.StatusBadRequest, 10000, "Invalid domain name"},
		"a name with an escaped slash":         {listPath + "/a%2Fb.com", http.StatusBadRequest, 10000, "Invalid domain name"},
		"another resource":                     {domainPath + "/price", http.StatusNotFound, 7003, "Could not route to /client/v4" + domainPath + "/price, perhaps your object identifier is invalid?"},
		"another product":                      {"/zones", http.StatusNotFound, 7003, "Could not route to /client/v4/zones, perhaps your object identifier is invalid?"},
		"a product of a like name":             {"/accounts/a/registrars/registrations", http.StatusNotFound, 7003, "Could not route to /client/v4/accounts/a/registrars/registrations, perhaps your object identifier is invalid?"},
		"a path that climbs out of the domain": {listPath + "/../x.com", http.StatusNotFound, 7003, "Could not route to /client/v4" + listPath + "/../x.com, perhaps your object identifier is invalid?"},
		"no account":                           {"/accounts//registrar/registrations", http.StatusNotFound, 7003, "Could not route to /client/v4/accounts//registrar/registrations, perhaps your object identifier is invalid?"},
		"no domain before a status":            {listPath + "//update-status", http.StatusNotFound, 7003, "Could not route to /client/v4" + listPath + "//update-status, perhaps your object identifier is invalid?"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withScenario(t, fake.Immediate())
			wantRefusal(t, c.get(test.path), test.status, test.code, test.message)
		})
	}
}

func TestOnlyTheBasePathIsServed(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	req := c.request(http.MethodGet, domainPath, "")
	req.URL.Path = domainPath
	r, err := c.try(req)
	if err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, r, http.StatusNotFound, 7003, "Could not route to "+domainPath+", perhaps your object identifier is invalid?")
}

func TestSandboxAndProductionAreTwoWorlds(t *testing.T) {
	t.Parallel()
	c := newCaller(t, fake.WithAccount(account), fake.WithDomain(fake.Domain{Name: domain, Account: account, Sandbox: true}))
	const sandboxPath = "/accounts/" + account + "/registrar-sandbox/registrations/" + domain
	wantStatus(t, c.get(domainPath), http.StatusNotFound)
	w := decode[workflow](t, c.do(http.MethodPatch, sandboxPath, `{"auto_renew":true}`))
	if w.Links.Self != sandboxPath+"/update-status" || w.Links.Resource != sandboxPath {
		t.Errorf("links = %+v, want those of the sandbox", w.Links)
	}
	if d, found := c.server.Sandbox().Registration(account, domain); !found || !d.AutoRenew {
		t.Errorf("sandbox = %+v, %t, want auto-renew on", d, found)
	}
	if _, found := c.server.Registration(account, domain); found {
		t.Error("production holds the sandbox's domain")
	}
}
