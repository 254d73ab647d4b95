// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// An import ID is an error, or means one registration, whose ID means the same.
func FuzzImportID(f *testing.F) {
	for _, seed := range []string{"example.com", "acc/example.com", "/example.com", "acc/", "a/b/example.com", "MÜNCHEN.de.", "../x"} {
		f.Add(seed)
	}
	data := &providerData{accountID: types.StringValue("default")}
	f.Fuzz(func(t *testing.T, text string) {
		read := func(text string) (client.DomainID, bool) {
			var diags diag.Diagnostics
			identity := importIdentity(t.Context(), resource.ImportStateRequest{ID: text}, &diags)
			if diags.HasError() {
				return client.DomainID{}, false
			}
			id := data.address(identity.AccountID, identity.DomainName, &diags)
			return id, !diags.HasError()
		}
		id, ok := read(text)
		if !ok {
			return
		}
		if again, ok := read(id.String()); !ok || again != id {
			t.Errorf("%q means %v, but %q means %v, %t", text, id, id.String(), again, ok)
		}
		if name, err := domainname.Parse(string(id.Name)); err != nil || name != id.Name {
			t.Errorf("%q became the address %v, which must not be a request", text, id)
		}
	})
}

// Each moved state becomes an error or a state with a registrable name, and never a panic.
func FuzzMovedState(f *testing.F) {
	for _, seed := range []string{
		`{"account_id":"a","domain_name":"example.com","auto_renew":true}`,
		`{"account_id":null,"domain_name":"example.com","auto_renew":null}`,
		`{"domain_name":"../x"}`, `{"domain_name":{}}`, `[]`, `null`, `{`, `{"account_id":1}`,
	} {
		f.Add([]byte(seed), int64(500), false)
		f.Add([]byte(seed), int64(0), true)
	}
	server, err := providerserver.NewProtocol6WithError(New("test")())()
	if err != nil {
		f.Fatal(err)
	}
	schema, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		f.Fatal(err)
	}
	of := schema.ResourceSchemas[settingsType].ValueType()
	f.Fuzz(func(t *testing.T, state []byte, version int64, ours bool) {
		source := map[bool]string{false: cloudflareType, true: settingsType}[ours]
		resp, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
			SourceProviderAddress: "registry.terraform.io/cloudflare/cloudflare", SourceTypeName: source,
			SourceSchemaVersion: version, SourceState: &tfprotov6.RawState{JSON: state}, TargetTypeName: settingsType,
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(resp.Diagnostics) > 0 {
			return
		}
		if !json.Valid(state) {
			t.Errorf("%q was moved", state)
		}
		if _, err := resp.TargetState.Unmarshal(of); err != nil {
			t.Errorf("%q became an unreadable state: %v", state, err)
		}
	})
}
