// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/protocoltest"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

// The credentials and the account of the tests. The secrets are looked for in everything that
// a user can see.
const (
	testAccount = "023e105f4ecef8ad9ca31a8372d0c353"
	testToken   = "secret-token-Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY"
)

// settingsType is the type name of the resource under test.
const settingsType = protocoltest.Settings

// The terms of the tests are those of a session.
type (
	object  = protocoltest.Object
	planned = protocoltest.Planned
)

func text(value string) tftypes.Value           { return protocoltest.Text(value) }
func truth(value bool) tftypes.Value            { return protocoltest.Truth(value) }
func unknown(of tftypes.Type) tftypes.Value     { return protocoltest.Unknown(of) }
func timeouts(entry, duration string) object    { return protocoltest.Timeouts(entry, duration) }
func failed(diags []*tfprotov6.Diagnostic) bool { return protocoltest.Failed(diags) }
func show(diags []*tfprotov6.Diagnostic) string { return protocoltest.Show(diags) }

// settings is the configuration of a resource.
func settings(domain string, autoRenew bool) object {
	return object{"domain_name": text(domain), "auto_renew": truth(autoRenew)}
}

// session is a provider process whose breaches of the protocol end the test.
type session struct {
	*protocoltest.Session

	t    *testing.T
	fake *fakeregistrar.Server
}

// play runs a test in a bubble of fake time, against a fake registrar.
func play(t *testing.T, test func(t *testing.T, fake *fakeregistrar.Server), options ...fakeregistrar.Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		fake := fakeregistrar.New(options...)
		test(t, fake)
		for _, violation := range fake.Violations() {
			t.Errorf("the fake registrar saw a violation: %s", violation)
		}
	})
}

// start begins a provider process and configures it with a token and an account.
func start(t *testing.T, fake *fakeregistrar.Server) *session {
	t.Helper()
	s, diags := startWith(t, fake, object{"api_token": text(testToken), "account_id": text(testAccount)}, nil)
	if len(diags) > 0 {
		t.Fatalf("configuring the provider: %s", show(diags))
	}
	return s
}

// startWith begins a provider process with a configuration and an environment.
func startWith(t *testing.T, fake *fakeregistrar.Server, config object, env map[string]string) (*session, []*tfprotov6.Diagnostic) {
	t.Helper()
	factory := provider.New("test", provider.WithTransport(fake.Transport()), provider.WithEnvironment(func(key string) string { return env[key] }))
	started, diags, err := protocoltest.Start(t.Context(), factory, config)
	if err != nil {
		t.Fatal(err)
	}
	return &session{Session: started, t: t, fake: fake}, diags
}

// resourceType is the type of the resource under test.
func (s *session) resourceType() tftypes.Object { return s.Type() }

// encode writes an object in a type; nil is null.
func (s *session) encode(of tftypes.Type, o object) *tfprotov6.DynamicValue {
	s.t.Helper()
	encoded, err := s.Encode(of, o)
	s.sound(err)
	return encoded
}

// decode reads an object of a type; null is nil.
func (s *session) decode(of tftypes.Type, encoded *tfprotov6.DynamicValue) object {
	s.t.Helper()
	o, err := s.Decode(of, encoded)
	s.sound(err)
	return o
}

// sound ends the test at a breach of the protocol.
func (s *session) sound(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// validate checks a configuration, as every CLI does before anything else.
func (s *session) validate(config object) []*tfprotov6.Diagnostic {
	s.t.Helper()
	diags, err := s.Validate(s.t.Context(), config)
	s.sound(err)
	return diags
}

// plan plans a change from prior to config; a nil config destroys.
func (s *session) plan(prior, config object) (planned, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	plan, diags, err := s.Plan(s.t.Context(), prior, config)
	s.sound(err)
	return plan, diags
}

// planNew is the second call for a replacement, of which Terraform shows no warnings.
func (s *session) planNew(first planned) (planned, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	plan, diags, err := s.PlanNew(s.t.Context(), first)
	s.sound(err)
	return plan, diags
}

// apply carries a plan out and tells the fake what it claims to have reached.
func (s *session) apply(ctx context.Context, plan planned) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	state, diags, err := s.Apply(ctx, plan)
	s.sound(err)
	if !failed(diags) && state != nil {
		account, name, _ := strings.Cut(protocoltest.Literal(state["id"]), "/")
		s.fake.ReportSuccess(account, name, state["auto_renew"].Equal(truth(true)))
	}
	return state, diags
}

// change plans and applies, as `terraform apply` does. Terraform plans once more while it applies.
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

// must gives a state and fails the test on an error.
func (s *session) must(state object, diags []*tfprotov6.Diagnostic) object {
	s.t.Helper()
	if failed(diags) {
		s.t.Fatalf("unexpected error: %s", show(diags))
	}
	return state
}

// read refreshes a state.
func (s *session) read(state object) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	read, diags, err := s.Read(s.t.Context(), state)
	s.sound(err)
	return read, diags
}

// importID imports by an id, and reads, as every CLI does.
func (s *session) importID(id string) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	state, diags, err := s.ImportID(s.t.Context(), id)
	s.sound(err)
	return state, diags
}

// importIdentity imports by an identity; an empty account is left out.
func (s *session) importIdentity(domain, account string) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	state, diags, err := s.ImportIdentity(s.t.Context(), domain, account)
	s.sound(err)
	return state, diags
}

// patches are the bodies of the PATCH requests that the fake saw.
func patches(fake *fakeregistrar.Server) []string {
	var bodies []string
	for _, request := range fake.Requests() {
		if request.Method == "PATCH" {
			bodies = append(bodies, request.Body)
		}
	}
	return bodies
}
