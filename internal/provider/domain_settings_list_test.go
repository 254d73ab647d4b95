// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
)

// lister returns the server with its list methods.
func (s *session) lister() tfprotov6.ListResourceServer {
	return s.Server.(tfprotov6.ListResourceServer) //nolint:forcetypeassert // the framework's server implements it
}

// query lists domains, as `terraform query` does.
func (s *session) query(config object, limit int64, withResource bool) []tfprotov6.ListResourceResult {
	s.t.Helper()
	typ := s.Schema.ListResourceSchemas[settingsType].ValueType()
	stream, err := s.lister().ListResource(s.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: settingsType, Config: s.Encode(typ, config), Limit: limit, IncludeResource: withResource,
	})
	s.check(err)
	return slices.Collect(stream.Results)
}

func TestListMatchesImport(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s, _ := startWith(t, fake, object{"api_token": text(testToken), "account_id": text("another")}, nil)
		results := s.query(object{"account_id": text(testAccount)}, 100, true)
		if len(results) != 1 || results[0].DisplayName != "münchen.de (xn--mnchen-3ya.de)" {
			t.Fatalf("%d results; want one, with the Unicode name", len(results))
		}
		listed := s.decode(s.Type, results[0].Resource)
		imported := s.must(s.importID(testAccount + "/münchen.de"))
		wantValues(t, imported, listed)
		identity := s.decode(protocoltest.IdentityType(), results[0].Identity.IdentityData)
		wantValues(t, identity, object{"domain_name": text("xn--mnchen-3ya.de"), "account_id": text(testAccount)})
	}, held("xn--mnchen-3ya.de", true, fakeregistrar.Immediate()))
}

func TestListStopsAtTheLimit(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		for limit, requests := range map[int64]int{50: 1, 51: 2, 1000: 3} {
			fake.ResetLog()
			if got := len(start(t, fake).query(object{}, limit, false)); got != int(min(limit, 120)) {
				t.Errorf("a query with limit %d returned %d results", limit, got)
			}
			wantRequests(t, fake, requests)
		}
	}, portfolio(120)...)
}

func TestListSkipsBadEntriesButFailsOnBadPages(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		fake.Inject(fakeregistrar.Fault{Method: "GET", OmitField: "0.auto_renew"})
		results := s.query(object{}, 100, false)
		var names []string
		for _, result := range results {
			names = append(names, result.DisplayName)
		}
		if !slices.Equal(names, []string{"d0001.com", "d0002.com"}) {
			t.Fatalf("listed %v; want the readable domains", names)
		}
		wantText(t, results[0].Diagnostics, "WARNING: Skipped an unreadable entry in the list", "d0000.com", "They include all others.")
		if len(results[1].Diagnostics) > 0 {
			t.Errorf("the second result also has %s", show(results[1].Diagnostics))
		}
		next := start(t, fake)
		fake.Inject(fakeregistrar.Fault{Method: "GET", OmitField: "$.result_info"})
		results = next.query(object{}, 100, false)
		wantText(t, results[len(results)-1].Diagnostics, "ERROR", testAccount)
		fake.Inject(fakeregistrar.Fault{Method: "GET", SetField: "$.result", Value: []any{7}})
		if results = start(t, fake).query(object{}, 100, false); len(results) != 1 {
			t.Fatalf("%d results for an unreadable page; want one error", len(results))
		}
		wantText(t, results[0].Diagnostics, "ERROR", "is not a JSON object")
	}, portfolio(3)...)
}
