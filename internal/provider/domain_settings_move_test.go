// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

const (
	cloudflareProvider = "registry.terraform.io/cloudflare/cloudflare"
	ourProvider        = "registry.terraform.io/seed-9d79c00c/registrar"
)

// move is a request to move a state.
type move struct {
	address, typeName string
	version           int64
	state             string
	private           []byte
}

// moved moves a state. Like a CLI, it does not configure the provider.
func moved(t *testing.T, m move) *tfprotov6.MoveResourceStateResponse {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: m.address, SourceTypeName: m.typeName, SourceSchemaVersion: m.version,
		SourceState: &tfprotov6.RawState{JSON: []byte(m.state)}, SourcePrivate: m.private, TargetTypeName: settingsType,
	})
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

func TestMoveFromCloudflareRegistrarDomain(t *testing.T) {
	t.Parallel()
	const (
		whole  = `{"account_id":"` + testAccount + `","domain_name":"example.com","auto_renew":true,"locked":true,"privacy":false}`
		sparse = `{"account_id":null,"domain_name":"Example.com","auto_renew":null}`
		older  = -1 // a state that an older version moved, without unicode_name
	)
	same := settings("example.com", true)
	type row struct {
		address     string
		version     int64
		state       string
		unrefreshed bool
		config      object
		changes     []string
		requests    int // of the apply
	}
	cases := map[string]row{
		"schema version 500":                                 {cloudflareProvider, 500, whole, false, same, nil, 0},
		"schema version 0":                                   {cloudflareProvider, 0, whole, false, same, nil, 0},
		"from OpenTofu's registry":                           {"registry.opentofu.org/cloudflare/cloudflare", 500, whole, false, same, nil, 0},
		"from a mirror":                                      {"registry.example.net/mirror/cloudflare", 500, whole, false, same, nil, 0},
		"from OpenTofu before 1.11":                          {"cloudflare", 500, whole, false, same, nil, 0},
		"from an address without a host":                     {"cloudflare/cloudflare", 500, whole, false, same, nil, 0},
		"from our own address":                               {ourProvider, 500, whole, false, same, nil, 0},
		"with attributes of a later version":                 {cloudflareProvider, 500, strings.Replace(whole, "{", `{"id":"x","new":{"a":[1]},`, 1), false, same, nil, 0},
		"with a date without a time":                         {cloudflareProvider, 500, strings.Replace(whole, "{", `{"expires_at":"2027-06-12",`, 1), false, same, nil, 0},
		"with a null account and auto_renew":                 {cloudflareProvider, 500, sparse, false, same, nil, 0},
		"to the other auto_renew":                            {cloudflareProvider, 500, whole, false, settings("example.com", false), []string{"auto_renew"}, 3},
		"to a configuration with the account":                {cloudflareProvider, 500, sparse, false, same.With(object{"account_id": text(testAccount)}), nil, 0},
		"with nulls, auto-renew turned off, without refresh": {cloudflareProvider, 500, sparse, true, settings("example.com", false), []string{"account_id", "auto_renew", "id"}, 3},
		"with nulls, without refresh":                        {cloudflareProvider, 500, sparse, true, same, []string{"account_id", "auto_renew", "id"}, 2},
		"without refresh":                                    {cloudflareProvider, 500, whole, true, same, nil, 0},
		"adding timeouts, without refresh":                   {cloudflareProvider, 500, whole, true, same.With(timeouts("read", "1m")), []string{"timeouts"}, 0},
		"to another spelling, without refresh":               {cloudflareProvider, 500, whole, true, settings("EXAMPLE.com.", true), nil, 0},
		"moved by an older version":                          {cloudflareProvider, older, whole, true, same.With(timeouts("read", "1m")), []string{"timeouts", "unicode_name"}, 0},
		"to another spelling, moved by an older version":     {cloudflareProvider, older, whole, true, settings("EXAMPLE.com.", true), []string{"unicode_name"}, 0},
	}
	each(t, cases, exampleOn, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		resp := moved(t, move{c.address, "cloudflare_registrar_domain", max(c.version, 0), c.state, nil})
		if failed(resp.Diagnostics) {
			t.Fatal(show(resp.Diagnostics))
		}
		s := start(t, fake)
		state := s.decode(s.Type, resp.TargetState).WithPrivate(resp.TargetPrivate)
		wantValues(t, state, object{"unicode_name": text("example.com")})
		if c.state == whole {
			wantValues(t, state, object{"id": text(testAccount + "/example.com")})
		}
		sandbox, _ := startWith(t, fake, object{"api_token": text(testToken), "account_id": text(testAccount), "sandbox": boolean(true)}, nil)
		wantError(t, second(sandbox.read(state)), "example.com is managed through the production registrar")
		if c.version == older {
			state["unicode_name"] = tftypes.NewValue(tftypes.String, nil)
		}
		if !c.unrefreshed {
			state = s.must(s.read(state))
		}
		plan, diags := s.plan(state, c.config)
		wantChanges(t, plan, c.changes...)
		if failed(diags) || len(plan.Raw.RequiresReplace) > 0 {
			t.Errorf("replacement for %v, %s; want no replacement and no error", plan.Raw.RequiresReplace, show(diags))
		}
		fake.ResetLog()
		after := s.must(s.apply(t.Context(), plan))
		wantRequests(t, fake, c.requests)
		wantValues(t, after, object{"unicode_name": text("example.com"), "id": text(testAccount + "/example.com")})
	})
}

// The state comes from a fork or a renamed namespace, with an update in flight.
func TestMoveFromAnotherAddressKeepsState(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		before := leftInFlight(t, fake)
		resp := moved(t, move{"registry.example.net/fork/registrar", settingsType, 0, `{
			"id": "` + testAccount + `/example.com", "account_id": "` + testAccount + `", "domain_name": "example.com", "unicode_name": "example.com",
			"auto_renew": false, "status": "active", "created_at": "1999-01-01T00:00:00Z", "expires_at": "2001-01-01T00:00:00Z",
			"locked": true, "privacy_mode": "redaction", "timeouts": null, "of_a_fork": [1]
		}`, before.Private()})
		if failed(resp.Diagnostics) {
			t.Fatal(show(resp.Diagnostics))
		}
		s := start(t, fake)
		after := s.decode(s.Type, resp.TargetState).WithPrivate(resp.TargetPrivate)
		if !maps.EqualFunc(after, before, tftypes.Value.Equal) {
			t.Errorf("moved to %v; want %v", after, before)
		}
		wantValues(t, s.decode(protocoltest.IdentityType(), resp.TargetIdentity.IdentityData), object{"domain_name": text("example.com"), "account_id": text(testAccount)})
		_, diags := s.read(after)
		wantText(t, diags, "An update of example.com is pending")
	}, held("example.com", false, fakeregistrar.Slow(2*time.Minute)))
}

func TestMoveRejectsOtherStates(t *testing.T) {
	t.Parallel()
	const cloudflare, state = "cloudflare_registrar_domain", `{"account_id":"a","domain_name":"example.com","auto_renew":true}`
	for name, c := range map[string]struct {
		move  move
		texts []string
	}{
		"another resource type":             {move{cloudflareProvider, "cloudflare_zone", 0, state, nil}, nil},
		"another schema version":            {move{cloudflareProvider, cloudflare, 501, state, nil}, nil},
		"an earlier schema version":         {move{cloudflareProvider, cloudflare, 499, state, nil}, nil},
		"a later version of this resource":  {move{ourProvider, settingsType, 1, state, nil}, nil},
		"an invalid state":                  {move{cloudflareProvider, cloudflare, 500, `{"domain_name":{"a":1}}`, nil}, nil},
		"not an object":                     {move{cloudflareProvider, cloudflare, 500, `[]`, nil}, nil},
		"no state":                          {move{cloudflareProvider, cloudflare, 500, `null`, nil}, nil},
		"invalid JSON":                      {move{ourProvider, settingsType, 0, `{`, nil}, nil},
		"a path as the name":                {move{ourProvider, settingsType, 0, `{"domain_name":"../x"}`, nil}, []string{`domain_name = "../x"`}},
		"an invalid state of this resource": {move{ourProvider, settingsType, 0, `{"timeouts":true}`, nil}, nil},
		"a host name": {
			move{cloudflareProvider, cloudflare, 500, `{"account_id":"a","domain_name":"www.gone.com"}`, nil},
			[]string{"Cannot move the state of cloudflare_registrar_domain", `domain_name = "www.gone.com" and account_id = "a"`, "terraform state rm"},
		},
		"a state of this resource with an invalid time": {move{ourProvider, settingsType, 0, `{"account_id":"a","domain_name":"example.com","expires_at":"2027-06-12"}`, nil}, nil},
		"no name": {move{cloudflareProvider, cloudflare, 500, `{"account_id":"a"}`, nil}, []string{"Cannot move the state of cloudflare_registrar_domain", "domain_name = <null>"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp := moved(t, c.move)
			wantError(t, resp.Diagnostics, c.texts...)
			if len(c.texts) > 0 && !strings.Contains(show(resp.Diagnostics), " ()\n") {
				t.Errorf("%s; want no path", show(resp.Diagnostics))
			}
		})
	}
}
