// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

// begin starts the provider with a transport that validates every request and answer
// against the description.
func begin(t *testing.T, fake *fakeregistrar.Server, config protocoltest.Object) *protocoltest.Session {
	t.Helper()
	factory := provider.New("test", provider.WithTransport(newChecked(t, fake.Transport(), failing(t))),
		provider.WithEnvironment(func(string) string { return "" }))
	session, diags, err := protocoltest.Start(t.Context(), factory, config.With(protocoltest.Object{"account_id": protocoltest.Text(account)}))
	wantNone(t, diags, err)
	return session
}

func wantNone(t *testing.T, diags []*tfprotov6.Diagnostic, err error) {
	t.Helper()
	if err != nil || protocoltest.Failed(diags) {
		t.Fatal(err, protocoltest.Show(diags))
	}
}

// change imports the domain, then plans and applies the value. It returns the
// apply's diagnostics.
func change(t *testing.T, session *protocoltest.Session, value bool) string {
	t.Helper()
	state, diags, err := session.ImportID(t.Context(), domain)
	wantNone(t, diags, err)
	plan, diags, err := session.Plan(t.Context(), state, protocoltest.Timeouts("update", "10m").With(protocoltest.Object{
		"domain_name": protocoltest.Text(domain), "auto_renew": protocoltest.Bool(value),
	}))
	wantNone(t, diags, err)
	_, diags, err = session.Apply(t.Context(), plan)
	wantNone(t, nil, err)
	return protocoltest.Show(diags)
}

// list reads the data source of all domains, which needs more than one page.
func list(t *testing.T, session *protocoltest.Session) {
	t.Helper()
	config := session.Encode(session.Schema.DataSourceSchemas["registrar_domains"].ValueType(), protocoltest.Object{})
	read, err := session.Server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "registrar_domains", Config: config})
	wantNone(t, nil, err)
	wantNone(t, read.Diagnostics, nil)
}

func TestProviderMatchesDescription(t *testing.T) {
	t.Parallel()
	failures := map[string]bool{
		"immediate": false, "held=4s": false, "held=1m": false, "slow=1m": false, "blocked=5m": false, "conflict=3s": false, "late_status=5s": false,
		"action_required=pay:owner@example.com": true, "failed": true, "stuck": true,
	}
	configs := map[string]protocoltest.Object{
		"with a token": {"api_token": protocoltest.Text("any-token-will-do")},
		"with a key, async, in the sandbox": {
			"api_key": protocoltest.Text("any-key-will-do"), "email": protocoltest.Text("owner@example.com"),
			"respond_async": protocoltest.Bool(true), "sandbox": protocoltest.Bool(true),
		},
	}
	for spec, fails := range failures {
		for way, config := range configs {
			t.Run(spec+" "+way, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					scenario, err := fakeregistrar.ParseScenario(spec)
					if err != nil {
						t.Fatal(err)
					}
					fake := newFake(scenario)
					for i := range 120 {
						fake.AddDomain(fakeregistrar.Domain{Name: fmt.Sprintf("d%d.com", i), Account: account, ExpiresAt: time.Now().AddDate(1, 0, 0), Sandbox: i%2 == 0})
					}
					list(t, begin(t, fake, config))
					for _, value := range []bool{true, fails} { // on, then off if that succeeded
						if printed := change(t, begin(t, fake, config), value); (printed != "") != fails {
							t.Errorf("the apply printed %q, want a failure: %t", printed, fails)
						}
					}
					if fake.Count("PATCH", "") == 0 || fake.Count("GET", "/update-status") == 0 || fake.Count("GET", "/registrations") < 2 {
						t.Errorf("%d requests, want some of each operation", fake.Count("", ""))
					}
				})
			})
		}
	}
}
