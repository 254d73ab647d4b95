// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestGetShowsTheWholeRegistration(t *testing.T) {
	t.Parallel()
	created := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	expires := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	const date = `"2027-03-01T12:00:00Z"`
	type test struct {
		domain                             fake.Domain
		status, expires, autoRenew, locked string
		privacy                            string
	}
	each(t, map[string]test{
		"by default":            {fake.Domain{}, "active", "null", "false", "false", `"redaction"`},
		"with all fields":       {fake.Domain{AutoRenew: true, Status: "expired", Locked: true, PrivacyMode: "off", ExpiresAt: expires}, "expired", date, "true", "true", `"off"`},
		"as before July":        {fake.Domain{PrivacyMode: false, ExpiresAt: expires}, "active", date, "false", "false", "false"},
		"on its way":            {fake.Domain{Status: "transfer_pending", ExpiresAt: expires}, "transfer_pending", "null", "false", "false", `"redaction"`},
		"before it is complete": {fake.Domain{Status: "registration_pending", ExpiresAt: expires}, "registration_pending", "null", "false", "false", `"redaction"`},
	}, func(t *testing.T, test test) {
		d := test.domain
		d.Name, d.Account, d.CreatedAt = "Example.COM", account, created
		want := fmt.Sprintf(`{"errors":[],"messages":[],"result":{"domain_name":"example.com","status":"%s",`+
			`"created_at":"2024-03-01T12:00:00Z","expires_at":%s,"auto_renew":%s,"privacy_mode":%s,"locked":%s},"success":true}`,
			test.status, test.expires, test.autoRenew, test.privacy, test.locked)
		if r := newCaller(t, fake.WithDomain(d)).get(domainPath); string(r.raw) != want {
			t.Errorf("answer = %s, want %s", r.raw, want)
		}
	})
}

func TestRouting(t *testing.T) {
	t.Parallel()
	type test struct {
		path    string
		status  int
		message string // empty: the path leads nowhere
	}
	each(t, map[string]test{
		"an unknown domain":                    {listPath + "/other.com", 404, "Domain not found"},
		"the status of an unknown domain":      {listPath + "/other.com/update-status", 404, "Domain not found"},
		"the old status of an unknown domain":  {listPath + "/other.com/registration-status", 404, "Domain not found"},
		"a domain without an update":           {statusPath, 404, "No workflow found for example.com"},
		"a name that is none":                  {listPath + "/no_name.com", 400, "Invalid domain name"},
		"a name with an escaped slash":         {listPath + "/a%2Fb.com", 400, "Invalid domain name"},
		"another resource":                     {domainPath + "/price", 404, ""},
		"another product":                      {"/zones", 404, ""},
		"a product of a like name":             {"/accounts/a/registrars/registrations", 404, ""},
		"a path that climbs out of the domain": {listPath + "/../x.com", 404, ""},
		"no account":                           {"/accounts//registrar/registrations", 404, ""},
		"no domain before a status":            {listPath + "//update-status", 404, ""},
	}, func(t *testing.T, test test) {
		code, message := 10000, test.message
		if message == "" {
			code, message = 7003, "Could not route to /client/v4"+test.path+", perhaps your object identifier is invalid?"
		}
		wantRefusal(t, withScenario(t, fake.Immediate()).get(test.path), test.status, code, message)
	})
}

// The examples of the sandbox link to production; so does the fake.
func TestSandboxAndProductionAreTwoWorlds(t *testing.T) {
	t.Parallel()
	c := newCaller(t, fake.WithAccount(account), fake.WithDomain(fake.Domain{Name: domain, Account: account, Sandbox: true}))
	const sandboxPath = "/accounts/" + account + "/registrar-sandbox/registrations/" + domain
	wantStatus(t, c.get(domainPath), http.StatusNotFound)
	w := decode[workflow](t, c.do(http.MethodPatch, sandboxPath, `{"auto_renew":true}`))
	if w.Links.Self != statusPath || w.Links.Resource != domainPath {
		t.Errorf("links = %+v, want those of production", w.Links)
	}
	if d, found := c.server.Sandbox().Registration(account, domain); !found || !d.AutoRenew {
		t.Errorf("sandbox = %+v, %t, want auto-renew on", d, found)
	}
	if _, found := c.server.Registration(account, domain); found {
		t.Error("production holds the sandbox's domain")
	}
}
