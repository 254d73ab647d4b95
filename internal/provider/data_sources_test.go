// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
)

// validateData validates a configuration of a data source.
func (s *session) validateData(typeName string, config object) []*tfprotov6.Diagnostic {
	s.t.Helper()
	encoded := s.Encode(s.Schema.DataSourceSchemas[typeName].ValueType(), config)
	resp, err := s.Server.ValidateDataResourceConfig(s.t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: encoded})
	s.check(err)
	return resp.Diagnostics
}

// data validates the configuration of a data source and reads it. After an error, the state must only have
// the configuration.
func (s *session) data(typeName string, config object) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	if diags := s.validateData(typeName, config); failed(diags) {
		return nil, diags
	}
	typ := s.Schema.DataSourceSchemas[typeName].ValueType()
	encoded := s.Encode(typ, config)
	resp, err := s.Server.ReadDataSource(s.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: encoded})
	s.check(err)
	state := s.decode(typ, resp.State)
	if failed(resp.Diagnostics) && !maps.EqualFunc(state, s.decode(typ, encoded), tftypes.Value.Equal) {
		s.t.Errorf("the failed read returned %v; want only the configuration", state)
	}
	return state, resp.Diagnostics
}

// names returns the names in the state of registrar_domains, in order.
func names(t *testing.T, state object) string {
	t.Helper()
	var domains []tftypes.Value
	if err := state["domains"].As(&domains); err != nil || state["domains"].IsNull() {
		t.Fatalf("domains is %s, %v; want a list", state["domains"], err)
	}
	var names []string
	for _, domain := range domains {
		var values map[string]tftypes.Value
		_ = domain.As(&values) // always an object, according to the schema
		names = append(names, protocoltest.Literal(values["domain_name"]))
	}
	return strings.Join(names, " ")
}

func TestDomain(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.data("registrar_domain", object{"domain_name": text("MÜNCHEN.de")}))
		want := object{
			"id": text(testAccount + "/xn--mnchen-3ya.de"), "account_id": text(testAccount), "domain_name": text("MÜNCHEN.de"), "unicode_name": text("münchen.de"),
			"auto_renew": boolean(true), "status": text("active"),
			"created_at": text("1999-01-01T00:00:00Z"), "expires_at": text("2001-01-01T00:00:00Z"), "locked": boolean(true), "privacy_mode": text("redaction"),
		}
		if !maps.EqualFunc(state, want, tftypes.Value.Equal) {
			t.Errorf("read %v; want %v", state, want)
		}
		_, diags := s.data("registrar_domain", object{"domain_name": text("example.net")})
		wantText(t, diags, "ERROR", "example.net is not registered in account "+testAccount)
	}, held("xn--mnchen-3ya.de", true, fakeregistrar.Immediate()))
}

// filterDomains returns domains that differ in auto-renew, status and expiry date.
func filterDomains() []fakeregistrar.Option {
	domain := func(name string, autoRenew bool, status string, expires time.Time) fakeregistrar.Option {
		return fakeregistrar.WithDomain(fakeregistrar.Domain{Name: name, Account: testAccount, AutoRenew: autoRenew, Status: status, ExpiresAt: expires})
	}
	return []fakeregistrar.Option{
		domain("c.com", true, "active", time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)),
		domain("a.com", false, "active", time.Date(2002, 1, 1, 0, 0, 0, 0, time.UTC)),
		domain("d.com", false, "expired", time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)),
		domain("b.com", true, "registration_pending", time.Time{}),
		domain("z.com", true, "suspended", time.Time{}),
	}
}

// statuses returns a filter by status.
func statuses(values ...tftypes.Value) object {
	return object{"statuses": tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)}
}

func TestDomainsFiltersAndSorts(t *testing.T) {
	t.Parallel()
	twice := fakeregistrar.Fault{SetField: "4.domain_name", Value: "d.com"} // listed twice, as if it moved between pages
	dates, err := fakeregistrar.ParseAnswer("date_only")
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		config object
		fault  fakeregistrar.Fault
		want   string
	}
	cases := map[string]row{
		"no filter":              {object{}, twice, "a.com b.com c.com d.com"},
		"auto-renew is off":      {object{"auto_renew": boolean(false)}, twice, "a.com d.com"},
		"statuses in mixed case": {statuses(text("Expired"), text("REGISTRATION_PENDING")), twice, "b.com d.com"},
		"expires before":         {object{"expires_before": text("2001-06-01T00:00:00+02:00")}, twice, "c.com d.com"},
		"expires at that time":   {object{"expires_before": text("2001-01-01T00:00:00Z")}, twice, "d.com"},
		"a date without a time":  {statuses(text("active")).With(object{"expires_before": text("2001-01-01T00:00:01Z")}), dates, "c.com"},
		"no match":               {statuses(text("pending_delete")), twice, ""},
		"all filters":            {statuses(text("active")).With(object{"auto_renew": boolean(false), "expires_before": text("2003-01-01T00:00:00Z")}), twice, "a.com"},
	}
	each(t, cases, func(row) options { return filterDomains() }, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		fake.SetCreatedAt(testAccount, "d.com", time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)) // first in the list
		c.fault.Path, c.fault.Times = listPath, -1
		fake.Inject(c.fault)
		other, _ := startWith(t, fake, object{"api_token": text(testToken), "account_id": text("another")}, nil)
		named := c.config.With(object{"account_id": text(testAccount)})
		for s, config := range map[*session]object{start(t, fake): c.config, other: named} {
			state := s.must(s.data("registrar_domains", config))
			if got := names(t, state); got != c.want || !state["account_id"].Equal(text(testAccount)) {
				t.Errorf("found %q in account %s; want %q", got, state["account_id"], c.want)
			}
		}
	})
}

// Each row validates the filter in the data source and in the list resource.
func TestFilterErrors(t *testing.T) {
	t.Parallel()
	type row struct {
		config object
		error  bool
		text   string
	}
	cases := map[string]row{
		"an empty list":     {statuses(), true, "statuses is empty, so no domain can match"},
		"a null status":     {statuses(text("active"), tftypes.NewValue(tftypes.String, nil)), true, "statuses contains a null"},
		"an unknown status": {statuses(unknown(tftypes.String)), false, ""},
		"unknown statuses":  {object{"statuses": unknown(tftypes.List{ElementType: tftypes.String})}, false, ""},
		"a newer status": {
			statuses(text("Active"), text("pending")), false,
			`statuses contains "pending", which is unknown to this version of the provider and may match no domain. Known: active, expired, pending_delete, redemption_period, registration_pending, suspended, transfer_pending.`,
		},
		"a bad account":         {object{"account_id": text("a/b")}, true, `account_id is "a/b": an account ID has`},
		"a date without a time": {object{"expires_before": text("2027-01-01")}, true, `expires_before is "2027-01-01". It must be a date and time with a time zone`},
		"an unknown date":       {object{"expires_before": unknown(tftypes.String)}, false, ""},
	}
	each(t, cases, nil, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		for kind, diags := range start(t, fake).validateFilter(c.config) {
			if failed(diags) != c.error || len(diags) > 1 || (len(diags) > 0) != (c.text != "") || !strings.Contains(show(diags), c.text) {
				t.Errorf("%s: %q; want %q", kind, show(diags), c.text)
			}
		}
	})
}

// validateFilter validates a configuration of registrar_domains and of the list resource.
func (s *session) validateFilter(config object) map[string][]*tfprotov6.Diagnostic {
	s.t.Helper()
	encoded := s.Encode(s.Schema.ListResourceSchemas[settingsType].ValueType(), config)
	list, err := s.lister().ValidateListResourceConfig(s.t.Context(),
		&tfprotov6.ValidateListResourceConfigRequest{TypeName: settingsType, Config: encoded})
	s.check(err)
	return map[string][]*tfprotov6.Diagnostic{"data source": s.validateData("registrar_domains", config), "list": list.Diagnostics}
}

func TestDomainsFailsOnUnreadableEntry(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		fake.Inject(fakeregistrar.Fault{Method: "GET", OmitField: "1.auto_renew"})
		_, diags := s.data("registrar_domains", object{})
		wantText(t, diags, "ERROR: Cannot list the registrations", `"auto_renew" is missing`, "HTTP status:   200 OK", "cf-ray:")
	}, filterDomains()...)
}

func TestUpdateStatus(t *testing.T) {
	t.Parallel()
	null := tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"code": tftypes.String, "message": tftypes.String}}, nil)
	failure := tftypes.NewValue(null.Type(), map[string]tftypes.Value{"code": text("registry_rejected"), "message": text("No.")})
	type row struct {
		state string // of the update, empty for none
		want  object
	}
	cases := map[string]row{
		"no update":                 {"", object{"found": boolean(false), "state": tftypes.NewValue(tftypes.String, nil), "error": null}},
		"succeeded":                 {"succeeded", object{"found": boolean(true), "state": text("succeeded"), "completed": boolean(true), "error": null}},
		"completed but in progress": {"in_progress", object{"completed": boolean(true), "error": null}},
		"failed":                    {"failed", object{"state": text("failed"), "account_id": text(testAccount), "created_at": text("2000-01-01T00:00:00Z"), "updated_at": text("2000-01-01T00:00:45Z"), "error": failure, "context_json": text(`{"domain_name":"example.com","fields_updated":["auto_renew"],"turns":"\u202e"}`)}},
	}
	domain := func(row) options {
		failing := fakeregistrar.Failed("registry_rejected", "No.", 45*time.Second)
		failing.Steps[len(failing.Steps)-1].Context = map[string]any{"turns": "\u202e"}
		return options{held("example.com", false, failing)}
	}
	each(t, cases, domain, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		if c.state == "" {
			fake.Inject(fakeregistrar.Fault{Status: 400, Body: refusal}) // the API reference lists only "4XX"
		} else {
			fake.StartUpdate(testAccount, "example.com", true)
			time.Sleep(time.Minute)
			fake.Inject(fakeregistrar.Fault{Method: "GET", SetField: "state", Value: c.state})
		}
		s := start(t, fake)
		state := s.must(s.data("registrar_domain_update_status", object{"domain_name": text("example.com")}))
		wantValues(t, state, c.want)
		wantRequests(t, fake, 1)
	})
}

// portfolio returns domains with auto-renew on in the test account.
func portfolio(domains int) []fakeregistrar.Option {
	options := make([]fakeregistrar.Option, domains)
	for i := range options {
		options[i] = held(fmt.Sprintf("d%04d.com", i), true, fakeregistrar.Immediate())
	}
	return options
}
