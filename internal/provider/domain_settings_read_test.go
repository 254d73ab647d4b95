// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// adopted returns a new process and the state of a domain that an earlier process adopted.
func adopted(t *testing.T, fake *fakeregistrar.Server) (*session, object) {
	t.Helper()
	before := start(t, fake)
	state := before.must(before.change(nil, settings("example.com", true)))
	fake.ResetLog()
	return start(t, fake), state
}

const registrationPath = "/registrations/example.com"

// unlisted removes the domain from the account's list, so that each read of it is a request.
func unlisted(fake *fakeregistrar.Server) {
	fake.Inject(fakeregistrar.Fault{Method: "GET", Path: "/registrations", Unlist: "example.com", Times: -1})
}

func TestReadErrorsKeepTheState(t *testing.T) {
	t.Parallel()
	type row struct {
		fault fakeregistrar.Fault
		says  []string
	}
	cases := map[string]row{
		"a proxy's 404": {
			fakeregistrar.Fault{Status: 404, Body: "<html>not here</html>", Header: http.Header{"Content-Type": {"text/html"}}},
			[]string{"404 Not Found", "Check base_url"},
		},
		"a routing error": {
			fakeregistrar.Fault{Status: 404, Body: `{"success":false,"errors":[{"code":7003,"message":"Could not route to /x"}],"messages":[],"result":null}`},
			[]string{"7003 Could not route to /x", "Correct account_id (from the provider block)", "check base_url"},
		},
		"a wait beyond the timeout":     {fakeregistrar.Fault{Status: 429, Header: http.Header{"Retry-After": {"3600"}}}, []string{"Run again in 1h0m.", "raise timeouts.read (now 5m)"}},
		"no success within the timeout": {fakeregistrar.Fault{Status: 503, Times: -1}, []string{"503 Service Unavailable", "cloudflarestatus.com"}},
	}
	each(t, cases, exampleOn, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		s, before := adopted(t, fake)
		unlisted(fake)
		c.fault.Method, c.fault.Path = "GET", registrationPath
		fake.Inject(c.fault)
		after, diags := s.read(before)
		if !failed(diags) || !after["id"].Equal(before["id"]) || !after["auto_renew"].Equal(before["auto_renew"]) {
			t.Fatalf("state %v, %s; want the state as before and an error", after, show(diags))
		}
		wantText(t, diags, append(c.says, "example.com", "plan with -refresh=false", "add a removed block with destroy = false")...)
	})
}

func TestReadRemovesADomainThatTheAccountDoesNotHold(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s, before := adopted(t, fake)
		fake.RemoveDomain(testAccount, "example.com")
		after, diags := s.read(before)
		if after != nil || failed(diags) {
			t.Fatalf("state %v, %s; want none and a warning", after, show(diags))
		}
		wantText(t, diags, "WARNING", "example.com", testAccount, "the production registrar", "set account_id")
	}, held("example.com", true, fakeregistrar.Immediate()))
}

func TestReadKeepsALapsedDomainAndWarns(t *testing.T) {
	t.Parallel()
	warnings := map[string]string{"expired": "renew it manually", "suspended": "has suspended the domain"}
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		for status, warning := range warnings {
			s, before := adopted(t, fake)
			fake.SetStatus(testAccount, "example.com", status)
			after, diags := s.read(before)
			if failed(diags) || !after["status"].Equal(text(status)) {
				t.Fatalf("state %v, %s; want it kept, with the status %s", after, show(diags), status)
			}
			wantText(t, diags, warning)
		}
	}, held("example.com", true, fakeregistrar.Immediate()))
}

func TestReadAcceptsNullAndNewValues(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s, before := adopted(t, fake)
		fake.SetExpiresAt(testAccount, "example.com", time.Time{})
		fake.SetStatus(testAccount, "example.com", "registration_pending")
		unlisted(fake)
		fake.Inject(fakeregistrar.Fault{Method: "GET", Path: registrationPath, SetField: "privacy_mode", Value: false, OmitField: "locked"})
		after := s.must(s.read(before))
		if !after["expires_at"].IsNull() || !after["locked"].IsNull() || !after["privacy_mode"].Equal(text("off")) || !after["status"].Equal(text("registration_pending")) {
			t.Errorf("read %v", after)
		}
		fake.Inject(fakeregistrar.Fault{Method: "GET", Path: registrationPath, OmitField: "status", SetField: "created_at", Value: "yesterday"})
		next := start(t, fake)
		if after := next.must(next.read(before)); !after["status"].IsNull() || !after["created_at"].IsNull() {
			t.Errorf("read %v", after)
		}
	}, held("example.com", true, fakeregistrar.Immediate()))
}
