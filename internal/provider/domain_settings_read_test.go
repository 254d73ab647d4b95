// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// adopted adopts a domain. It returns the state and a new process.
func adopted(t *testing.T, fake *fakeregistrar.Server) (*session, object) {
	t.Helper()
	before := start(t, fake)
	state := before.must(before.change(nil, settings("example.com", true)))
	fake.ResetLog()
	return start(t, fake), state
}

const registrationPath = "/registrations/example.com"

// unlisted removes the domain from the account's list, so that each read sends a request.
func unlisted(fake *fakeregistrar.Server) {
	fake.Inject(fakeregistrar.Fault{Method: "GET", Path: "/registrations", Unlist: "example.com", Times: -1})
}

func TestReadErrorKeepsState(t *testing.T) {
	t.Parallel()
	type row struct {
		fault fakeregistrar.Fault
		texts []string
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
		"a wait beyond the timeout":  {fakeregistrar.Fault{Status: 429, Header: http.Header{"Retry-After": {"3600"}}}, []string{"Run again in 1h0m.", "raise timeouts.read (now 5m)"}},
		"failures until the timeout": {fakeregistrar.Fault{Status: 503, Times: -1}, []string{"503 Service Unavailable", "cloudflarestatus.com"}},
	}
	each(t, cases, exampleOn, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		s, before := adopted(t, fake)
		unlisted(fake)
		c.fault.Method, c.fault.Path = "GET", registrationPath
		fake.Inject(c.fault)
		after, diags := s.read(before)
		if !failed(diags) || !after["id"].Equal(before["id"]) || !after["auto_renew"].Equal(before["auto_renew"]) {
			t.Fatalf("state %v, %s; want the prior state and an error", after, show(diags))
		}
		wantText(t, diags, append(c.texts, "example.com", "plan with -refresh=false", "add a removed block with destroy = false")...)
	})
}

func TestReadRemovesMissingDomain(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s, before := adopted(t, fake)
		fake.RemoveDomain(testAccount, "example.com")
		after, diags := s.read(before)
		if after != nil || failed(diags) {
			t.Fatalf("state %v, %s; want none and a warning", after, show(diags))
		}
		wantText(t, diags, "WARNING", "example.com", testAccount, "the production registrar", "set account_id")
	}, held("example.com", true, fakeregistrar.Immediate()))
}

func TestReadAcceptsNullAndNewValues(t *testing.T) {
	t.Parallel()
	null := tftypes.NewValue(tftypes.String, nil)
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		_, state := adopted(t, fake)
		unlisted(fake)
		for _, c := range []struct {
			field string
			value any
			want  object
		}{
			{"expires_at", nil, object{"expires_at": null}},
			{"created_at", "yesterday", object{"created_at": null}},
			{"status", "registration_pending", object{"status": text("registration_pending")}},
			{"privacy_mode", false, object{"privacy_mode": text("off")}},
			{"locked", nil, object{"locked": tftypes.NewValue(tftypes.Bool, nil)}},
		} {
			fake.Inject(fakeregistrar.Fault{Method: "GET", Path: registrationPath, SetField: c.field, Value: c.value})
			s := start(t, fake) // with an empty cache
			wantValues(t, s.must(s.read(state)), c.want)
		}
	}, held("example.com", true, fakeregistrar.Immediate()))
}
