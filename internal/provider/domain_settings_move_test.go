// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

const cloudflareProvider = "registry.terraform.io/cloudflare/cloudflare"

// moved asks an unconfigured provider to move a state, as the CLIs do.
func moved(t *testing.T, address, typeName string, version int64, state string) *tfprotov6.MoveResourceStateResponse {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: address, SourceTypeName: typeName, SourceSchemaVersion: version,
		SourceState: &tfprotov6.RawState{JSON: []byte(state)}, TargetTypeName: settingsType,
	})
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

func TestMoveTakesOverCloudflareRegistrarDomain(t *testing.T) {
	t.Parallel()
	const (
		whole  = `{"account_id":"` + testAccount + `","domain_name":"example.com","auto_renew":true,"locked":true,"privacy":false}`
		sparse = `{"account_id":null,"domain_name":"Example.com","auto_renew":null}`
	)
	same := settings("example.com", true)
	type row struct {
		address     string
		version     int64
		state       string
		unrefreshed bool
		config      object
		changes     []string
		patches     int
	}
	cases := map[string]row{
		"schema version 500":                  {cloudflareProvider, 500, whole, false, same, nil, 0},
		"schema version 0":                    {cloudflareProvider, 0, whole, false, same, nil, 0},
		"from OpenTofu's registry":            {"registry.opentofu.org/cloudflare/cloudflare", 500, whole, false, same, nil, 0},
		"with attributes of a later version":  {cloudflareProvider, 500, strings.Replace(whole, "{", `{"id":"x","new":{"a":[1]},`, 1), false, same, nil, 0},
		"with a null account and setting":     {cloudflareProvider, 500, sparse, false, same, nil, 0},
		"to another value":                    {cloudflareProvider, 500, whole, false, settings("example.com", false), []string{"auto_renew"}, 1},
		"to a configuration with the account": {cloudflareProvider, 500, sparse, false, same.With(object{"account_id": text(testAccount)}), nil, 0},
		"with nulls, to off, without refresh": {cloudflareProvider, 500, sparse, true, settings("example.com", false), []string{"account_id", "auto_renew", "id", "unicode_name"}, 1},
		"with nulls, under -refresh=false":    {cloudflareProvider, 500, sparse, true, same, []string{"account_id", "auto_renew", "id", "unicode_name"}, 0},
	}
	each(t, cases, exampleOn, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		resp := moved(t, c.address, "cloudflare_registrar_domain", c.version, c.state)
		if failed(resp.Diagnostics) {
			t.Fatal(show(resp.Diagnostics))
		}
		s := start(t, fake)
		state := s.decode(s.Type(), resp.TargetState).WithPrivate(resp.TargetPrivate)
		if c.state == whole && !state["id"].Equal(text(testAccount+"/example.com")) {
			t.Errorf("id is %s before a refresh", state["id"])
		}
		sandbox, _ := startWith(t, fake, object{"api_token": text(testToken), "account_id": text(testAccount), "sandbox": truth(true)}, nil)
		if kept, diags := sandbox.read(state); kept == nil || !strings.Contains(show(diags), "example.com is managed through the production registrar") {
			t.Errorf("in the sandbox, the refresh gives %v and says %s; want an error, and the state kept", kept, show(diags))
		}
		if !c.unrefreshed {
			state = s.must(s.read(state))
		}
		plan, diags := s.plan(state, c.config)
		if failed(diags) || !slices.Equal(plan.Changed(), c.changes) || len(plan.Raw.RequiresReplace) > 0 {
			t.Fatalf("the plan changes %v, replaces for %v, says %s; want %v and no replacement", plan.Changed(), plan.Raw.RequiresReplace, show(diags), c.changes)
		}
		after := s.must(s.apply(t.Context(), plan))
		if !after["unicode_name"].Equal(text("example.com")) {
			t.Errorf("unicode_name is %s", after["unicode_name"])
		}
		patched(t, fake, c.patches)
	})
}

func TestMoveRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	state := `{"account_id":"a","domain_name":"example.com","auto_renew":true}`
	cases := map[string]struct {
		address, typeName string
		version           int64
		state             string
	}{
		"another resource":        {cloudflareProvider, "cloudflare_zone", 0, state},
		"another provider":        {"registry.terraform.io/notcloudflare/cloudflare", "cloudflare_registrar_domain", 0, state},
		"another schema version":  {cloudflareProvider, "cloudflare_registrar_domain", 501, state},
		"a schema version before": {cloudflareProvider, "cloudflare_registrar_domain", 499, state},
		"a state with a bad name": {cloudflareProvider, "cloudflare_registrar_domain", 500, `{"account_id":"a","domain_name":"../x"}`},
		"a state of another form": {cloudflareProvider, "cloudflare_registrar_domain", 500, `{"domain_name":{"a":1}}`},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			if resp := moved(t, c.address, c.typeName, c.version, c.state); !failed(resp.Diagnostics) {
				t.Errorf("moved to %v; want an error", resp.TargetState)
			}
		})
	}
}
