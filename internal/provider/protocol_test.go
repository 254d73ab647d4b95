// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

// The account and token that the tests use.
const (
	testAccount = "023e105f4ecef8ad9ca31a8372d0c353"
	testToken   = "secret-token-Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY"
)

// settingsType is the type name of the resource under test.
const settingsType = protocoltest.Settings

// Short names for protocoltest.
type (
	object  = protocoltest.Object
	planned = protocoltest.Planned
)

func text(value string) tftypes.Value           { return protocoltest.Text(value) }
func boolean(value bool) tftypes.Value          { return protocoltest.Bool(value) }
func unknown(typ tftypes.Type) tftypes.Value    { return protocoltest.Unknown(typ) }
func timeouts(entry, duration string) object    { return protocoltest.Timeouts(entry, duration) }
func failed(diags []*tfprotov6.Diagnostic) bool { return protocoltest.Failed(diags) }
func show(diags []*tfprotov6.Diagnostic) string { return protocoltest.Show(diags) }

// settings returns the configuration of a resource.
func settings(domain string, autoRenew bool) object {
	return object{"domain_name": text(domain), "auto_renew": boolean(autoRenew)}
}

// session is a provider process. A protocol violation ends the test.
type session struct {
	*protocoltest.Session

	t    *testing.T
	fake *fakeregistrar.Server
}

// withFake runs a test in a bubble of fake time, against a fake registrar.
func withFake(t *testing.T, test func(t *testing.T, fake *fakeregistrar.Server), options ...fakeregistrar.Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		fake := fakeregistrar.New(options...)
		test(t, fake)
		for _, violation := range fake.Violations() {
			t.Errorf("the fake registrar reports a violation: %s", violation)
		}
	})
}

// options configure a fake registrar.
type options = []fakeregistrar.Option

// exampleOn returns example.com with auto-renew on, for every case.
func exampleOn[C any](C) options {
	return options{held("example.com", true, fakeregistrar.Immediate())}
}

// each runs a test for each case, against a fake registrar with the options of that case.
func each[C any](t *testing.T, cases map[string]C, optionsFor func(C) options, test func(t *testing.T, fake *fakeregistrar.Server, c C)) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var domains options
			if optionsFor != nil {
				domains = optionsFor(c)
			}
			withFake(t, func(t *testing.T, fake *fakeregistrar.Server) { test(t, fake, c) }, domains...)
		})
	}
}

// walk runs a step for each resource, ten at a time, as a CLI does.
func walk(resources int, step func(n int)) {
	var workers sync.WaitGroup
	slots := make(chan struct{}, 10)
	for n := range resources {
		slots <- struct{}{}
		workers.Go(func() {
			step(n)
			<-slots
		})
	}
	workers.Wait()
}

// start starts a provider process and configures it with a token and an account.
func start(t *testing.T, fake *fakeregistrar.Server) *session {
	t.Helper()
	s, diags := startWith(t, fake, object{"api_token": text(testToken), "account_id": text(testAccount)}, nil)
	if len(diags) > 0 {
		t.Fatalf("configuring the provider: %s", show(diags))
	}
	return s
}

// startWith starts a provider process with a configuration and an environment.
func startWith(t *testing.T, fake *fakeregistrar.Server, config object, env map[string]string) (*session, []*tfprotov6.Diagnostic) {
	t.Helper()
	factory := provider.New("test", provider.WithTransport(fake.Transport()), provider.WithEnvironment(func(key string) string { return env[key] }))
	started, diags, err := protocoltest.Start(t.Context(), factory, config)
	if err != nil {
		t.Fatal(err)
	}
	return &session{Session: started, t: t, fake: fake}, diags
}

// check ends the test if there is a protocol violation.
func (s *session) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// decode decodes an object. Null becomes nil.
func (s *session) decode(typ tftypes.Type, encoded *tfprotov6.DynamicValue) object {
	s.t.Helper()
	o, err := s.Decode(typ, encoded)
	s.check(err)
	return o
}

// result returns the result and the diagnostics of a step. A protocol violation ends the test.
func result[T any](s *session) func(T, []*tfprotov6.Diagnostic, error) (T, []*tfprotov6.Diagnostic) {
	return func(result T, diags []*tfprotov6.Diagnostic, err error) (T, []*tfprotov6.Diagnostic) {
		s.t.Helper()
		s.check(err)
		return result, diags
	}
}

// validate validates a configuration, the first step of each CLI.
func (s *session) validate(config object) []*tfprotov6.Diagnostic {
	diags, err := s.Validate(s.t.Context(), config)
	s.check(err)
	return diags
}

// plan plans a change from prior to config; a nil config destroys.
func (s *session) plan(prior, config object) (planned, []*tfprotov6.Diagnostic) {
	return result[planned](s)(s.Plan(s.t.Context(), prior, config))
}

// planNew makes the second call for a replacement. Terraform drops its warnings.
func (s *session) planNew(first planned) (planned, []*tfprotov6.Diagnostic) {
	return result[planned](s)(s.PlanNew(s.t.Context(), first))
}

// read refreshes a state.
func (s *session) read(state object) (object, []*tfprotov6.Diagnostic) {
	return result[object](s)(s.Read(s.t.Context(), state))
}

// importID imports by ID and refreshes, as a CLI does.
func (s *session) importID(id string) (object, []*tfprotov6.Diagnostic) {
	return result[object](s)(s.ImportID(s.t.Context(), id))
}

// apply applies a plan. It reports a success to the fake, which checks it.
func (s *session) apply(ctx context.Context, plan planned) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	state, diags, err := s.Apply(ctx, plan)
	s.check(err)
	if !failed(diags) && state != nil {
		account, name, _ := strings.Cut(protocoltest.Literal(state["id"]), "/")
		s.fake.ReportSuccess(account, name, state["auto_renew"].Equal(boolean(true)))
	}
	return state, diags
}

// change validates, plans and applies.
func (s *session) change(prior, config object) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	if diags := s.validate(config); failed(diags) {
		return prior, diags
	}
	plan, diags := s.plan(prior, config)
	if failed(diags) {
		return prior, diags
	}
	return s.apply(s.t.Context(), plan)
}

// must returns the state. An error ends the test.
func (s *session) must(state object, diags []*tfprotov6.Diagnostic) object {
	s.t.Helper()
	if failed(diags) {
		s.t.Fatalf("unexpected error: %s", show(diags))
	}
	return state
}

// wantPatches fails the test unless the fake got exactly these values of auto_renew, one per PATCH.
func wantPatches(t *testing.T, fake *fakeregistrar.Server, values ...bool) {
	t.Helper()
	var got, want []string
	for _, request := range fake.Requests() {
		if request.Method == "PATCH" {
			got = append(got, request.Body)
		}
	}
	for _, value := range values {
		want = append(want, fmt.Sprintf(`{"auto_renew":%t}`, value))
	}
	if !slices.Equal(got, want) {
		t.Errorf("sent PATCHes %v; want %v", got, want)
	}
}

// wantRequests fails the test unless the fake got this many requests.
func wantRequests(t *testing.T, fake *fakeregistrar.Server, want int) {
	t.Helper()
	if got := fake.Requests(); len(got) != want {
		t.Errorf("sent %v; want %d requests", got, want)
	}
}

// wantText fails the test for each text that the diagnostics don't contain.
func wantText(t *testing.T, diags []*tfprotov6.Diagnostic, texts ...string) {
	t.Helper()
	for _, want := range texts {
		if !strings.Contains(show(diags), want) {
			t.Errorf("no %q in:\n%s", want, show(diags))
		}
	}
}

// wantError fails the test unless the only diagnostic is an error with these texts.
func wantError(t *testing.T, diags []*tfprotov6.Diagnostic, texts ...string) {
	t.Helper()
	if len(diags) != 1 || !failed(diags) {
		t.Errorf("%s; want one error", show(diags))
	}
	wantText(t, diags, texts...)
}

// wantChanges fails the test unless the plan changes exactly these attributes, in alphabetical order.
func wantChanges(t *testing.T, plan planned, attributes ...string) {
	t.Helper()
	if got := plan.Changed(); !slices.Equal(got, attributes) {
		t.Errorf("the plan changes %v; want %v", got, attributes)
	}
}

// wantNoChange fails the test if the plan has a change, a replacement or a warning.
func (s *session) wantNoChange(prior, config object) {
	s.t.Helper()
	plan, diags := s.plan(prior, config)
	if len(plan.Changed())+len(plan.Raw.RequiresReplace)+len(diags) > 0 {
		s.t.Errorf("the plan has changes %v, replacement for %v, diagnostics %s; want none of these", plan.Changed(), plan.Raw.RequiresReplace, show(diags))
	}
}

// wantValues fails the test for each attribute that differs from the wanted value.
func wantValues(t *testing.T, got, want object) {
	t.Helper()
	for attribute, value := range want {
		if !got[attribute].Equal(value) {
			t.Errorf("%s is %s; want %s", attribute, got[attribute], value)
		}
	}
}
