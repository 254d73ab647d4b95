// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

// The credentials and the account of the tests. The secrets are looked for in everything that
// a user can see.
const (
	testAccount = "023e105f4ecef8ad9ca31a8372d0c353"
	testToken   = "secret-token-Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY"
)

// settingsType is the type name of the resource under test.
const settingsType = "registrar_domain_settings"

// object is a resource or a configuration as Terraform has it, by attribute. What is absent is
// null.
type object map[string]tftypes.Value

func text(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }
func truth(value bool) tftypes.Value  { return tftypes.NewValue(tftypes.Bool, value) }
func unknown(of tftypes.Type) tftypes.Value {
	return tftypes.NewValue(of, tftypes.UnknownValue)
}

// settings is the configuration of a resource.
func settings(domain string, autoRenew bool) object {
	return object{"domain_name": text(domain), "auto_renew": truth(autoRenew)}
}

// with gives the object with more attributes.
func (o object) with(more object) object {
	o = maps.Clone(o)
	maps.Copy(o, more)
	return o
}

var timeoutsType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{
	"create": tftypes.String, "update": tftypes.String, "read": tftypes.String,
}}

// timeouts gives the attribute with one entry set.
func timeouts(entry, duration string) object {
	values := map[string]tftypes.Value{}
	for key, of := range timeoutsType.AttributeTypes {
		values[key] = tftypes.NewValue(of, nil)
	}
	values[entry] = text(duration)
	return object{"timeouts": tftypes.NewValue(timeoutsType, values)}
}

// session is one provider process as a CLI drives it: configured once, then asked to plan,
// apply, read and import. It holds the provider to the rules to which Terraform core does.
type session struct {
	t      *testing.T
	fake   *fakeregistrar.Server
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
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
	server, err := providerserver.NewProtocol6WithError(factory())()
	if err != nil {
		t.Fatal(err)
	}
	schema, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || failed(schema.Diagnostics) {
		t.Fatalf("reading the schema: %v %s", err, show(schema.Diagnostics))
	}
	s := &session{t: t, fake: fake, server: server, schema: schema}
	resp, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.8", Config: s.encode(schema.Provider.ValueType(), config),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, resp.Diagnostics
}

// resourceType is the type of the resource under test.
func (s *session) resourceType() tftypes.Object {
	return s.schema.ResourceSchemas[settingsType].ValueType().(tftypes.Object) //nolint:forcetypeassert // a schema's type is an object
}

// encode writes an object in a type; nil is null.
func (s *session) encode(of tftypes.Type, o object) *tfprotov6.DynamicValue {
	s.t.Helper()
	value := tftypes.NewValue(of, nil)
	if o != nil {
		value = complete(of, o)
	}
	encoded, err := tfprotov6.NewDynamicValue(of, value)
	if err != nil {
		s.t.Fatal(err)
	}
	return &encoded
}

// complete fills absent attributes with null.
func complete(of tftypes.Type, o object) tftypes.Value {
	values := map[string]tftypes.Value{}
	for key, attribute := range of.(tftypes.Object).AttributeTypes { //nolint:forcetypeassert // callers pass objects
		values[key] = tftypes.NewValue(attribute, nil)
	}
	maps.Copy(values, o)
	return tftypes.NewValue(of, values)
}

// decode reads an object of a type; null is nil.
func (s *session) decode(of tftypes.Type, encoded *tfprotov6.DynamicValue) object {
	s.t.Helper()
	if encoded == nil {
		return nil
	}
	value, err := encoded.Unmarshal(of)
	if err != nil {
		s.t.Fatal(err)
	}
	if value.IsNull() {
		return nil
	}
	values := object{}
	if err := value.As((*map[string]tftypes.Value)(&values)); err != nil {
		s.t.Fatal(err)
	}
	return values
}

// planned is a plan as Terraform keeps it between plan and apply.
type planned struct {
	config, prior, state object
	raw                  *tfprotov6.PlanResourceChangeResponse
}

// validate checks a configuration, as every CLI does before anything else.
func (s *session) validate(config object) []*tfprotov6.Diagnostic {
	s.t.Helper()
	resp, err := s.server.ValidateResourceConfig(s.t.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: settingsType, Config: s.encode(s.resourceType(), config),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.Diagnostics
}

// plan plans a change from prior to config; a nil config destroys.
func (s *session) plan(prior, config object) (planned, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	of := s.resourceType()
	resp, err := s.server.PlanResourceChange(s.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: settingsType, PriorState: s.encode(of, prior),
		Config: s.encode(of, config), ProposedNewState: s.encode(of, s.proposed(prior, config)),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return planned{config: config, prior: prior, state: s.decode(of, resp.PlannedState), raw: resp}, resp.Diagnostics
}

// proposed is what Terraform proposes to the provider: the configuration, completed with the
// prior values of computed attributes, which are unknown for a new resource.
func (s *session) proposed(prior, config object) object {
	if config == nil {
		return nil
	}
	result := maps.Clone(config)
	for _, attribute := range s.schema.ResourceSchemas[settingsType].Block.Attributes {
		if _, ok := result[attribute.Name]; ok || !attribute.Computed {
			continue
		}
		if prior == nil {
			result[attribute.Name] = unknown(attribute.ValueType())
		} else if value, ok := prior[attribute.Name]; ok {
			result[attribute.Name] = value
		}
	}
	return result
}

// apply carries a plan out, under the rule that a new state keeps what the plan knew.
func (s *session) apply(ctx context.Context, plan planned) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	of := s.resourceType()
	resp, err := s.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: settingsType, PriorState: s.encode(of, plan.prior), Config: s.encode(of, plan.config),
		PlannedState: s.encode(of, plan.state), PlannedIdentity: plan.raw.PlannedIdentity,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	state := s.decode(of, resp.NewState)
	if failed(resp.Diagnostics) || state == nil {
		return state, resp.Diagnostics
	}
	for key, value := range plan.state {
		if value.IsFullyKnown() && !value.Equal(state[key]) {
			s.t.Errorf("provider produced inconsistent result after apply: %s was planned as %s and is %s", key, value, state[key])
		}
	}
	account, name, _ := strings.Cut(literal(state["id"]), "/")
	s.fake.ReportSuccess(account, name, state["auto_renew"].Equal(truth(true)))
	return state, resp.Diagnostics
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
	of := s.resourceType()
	resp, err := s.server.ReadResource(s.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: settingsType, CurrentState: s.encode(of, state)})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.decode(of, resp.NewState), resp.Diagnostics
}

// importID imports by an id, and reads, as every CLI does.
func (s *session) importID(id string) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	return s.imported(&tfprotov6.ImportResourceStateRequest{TypeName: settingsType, ID: id})
}

// importIdentity imports by an identity; an empty account is left out.
func (s *session) importIdentity(domain, account string) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	of := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"domain_name": tftypes.String, "account_id": tftypes.String}}
	identity := object{"domain_name": text(domain)}
	if account != "" {
		identity["account_id"] = text(account)
	}
	return s.imported(&tfprotov6.ImportResourceStateRequest{
		TypeName: settingsType, Identity: &tfprotov6.ResourceIdentityData{IdentityData: s.encode(of, identity)},
	})
}

func (s *session) imported(req *tfprotov6.ImportResourceStateRequest) (object, []*tfprotov6.Diagnostic) {
	s.t.Helper()
	resp, err := s.server.ImportResourceState(s.t.Context(), req)
	if err != nil {
		s.t.Fatal(err)
	}
	if failed(resp.Diagnostics) {
		return nil, resp.Diagnostics
	}
	return s.read(s.decode(s.resourceType(), resp.ImportedResources[0].State))
}

// literal is a string's value.
func literal(value tftypes.Value) string {
	var text string
	if value.IsKnown() && !value.IsNull() {
		_ = value.As(&text) // another type reads as empty, which no test expects
	}
	return text
}

// failed reports whether there is an error among diagnostics.
func failed(diags []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(diags, func(d *tfprotov6.Diagnostic) bool { return d.Severity == tfprotov6.DiagnosticSeverityError })
}

// show writes diagnostics as a person would see them.
func show(diags []*tfprotov6.Diagnostic) string {
	var lines []string
	for _, d := range diags {
		lines = append(lines, fmt.Sprintf("%s: %s (%s)\n%s", d.Severity, d.Summary, d.Attribute, d.Detail))
	}
	return strings.Join(lines, "\n")
}

// changed names the attributes in which a plan differs from what was before.
func (p planned) changed() []string {
	var names []string
	for key, value := range p.state {
		if !value.Equal(p.prior[key]) {
			names = append(names, key)
		}
	}
	slices.Sort(names)
	return names
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
