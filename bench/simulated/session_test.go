// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package simulated_test

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

const (
	settingsType   = "registrar_domain_settings"
	domainType     = "registrar_domain"
	domainListType = "registrar_domains"
)

// object is a value with attributes; what is absent is null.
type object map[string]tftypes.Value

func text(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }
func truth(value bool) tftypes.Value  { return tftypes.NewValue(tftypes.Bool, value) }

// session is a provider process for one walk of Terraform's graph.
type session struct {
	t      *testing.T
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
}

// start begins a provider process and configures it.
func start(t *testing.T, fake *fakeregistrar.Server) *session {
	t.Helper()
	factory := provider.New("bench", provider.WithTransport(fake.Transport()), provider.WithEnvironment(func(string) string { return "" }))
	server, err := providerserver.NewProtocol6WithError(factory())()
	if err != nil {
		t.Fatal(err)
	}
	s := &session{t: t, server: server}
	s.schema, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	s.check(err, s.schema.Diagnostics)
	resp, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.15.9", Config: s.encode(s.schema.Provider.ValueType(), object{"api_token": text("a-token-of-the-benchmark")}),
	})
	s.check(err, resp.Diagnostics)
	return s
}

// check stops a goroutine of a walk as well as a test: a figure from a walk that failed in part
// would be worthless, so there is nothing to go on for.
func (s *session) check(err error, diags []*tfprotov6.Diagnostic) {
	if err != nil {
		panic(err)
	}
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			panic(d.Summary + ": " + d.Detail)
		}
	}
}

// encode writes an object in a type; nil is null.
func (s *session) encode(of tftypes.Type, o object) *tfprotov6.DynamicValue {
	value := tftypes.NewValue(of, nil)
	if o != nil {
		values := map[string]tftypes.Value{}
		for key, attribute := range of.(tftypes.Object).AttributeTypes { //nolint:forcetypeassert // a schema's type is an object
			values[key] = tftypes.NewValue(attribute, nil)
		}
		maps.Copy(values, o)
		value = tftypes.NewValue(of, values)
	}
	encoded, err := tfprotov6.NewDynamicValue(of, value)
	s.check(err, nil)
	return &encoded
}

// decode reads an object; null is nil.
func (s *session) decode(of tftypes.Type, encoded *tfprotov6.DynamicValue) object {
	value, err := encoded.Unmarshal(of)
	s.check(err, nil)
	if value.IsNull() {
		return nil
	}
	values := object{}
	s.check(value.As((*map[string]tftypes.Value)(&values)), nil)
	return values
}

// proposed is what Terraform proposes to a provider: the configuration, and for what is computed
// the prior value, which is unknown for a new resource.
func (s *session) proposed(prior, config object) object {
	if config == nil {
		return nil
	}
	result := maps.Clone(config)
	for _, attribute := range s.schema.ResourceSchemas[settingsType].Block.Attributes {
		if _, ok := result[attribute.Name]; ok || !attribute.Computed {
			continue
		}
		result[attribute.Name] = tftypes.NewValue(attribute.ValueType(), tftypes.UnknownValue)
		if prior != nil {
			result[attribute.Name] = prior[attribute.Name]
		}
	}
	return result
}

// read refreshes a state.
func (s *session) read(state object) object {
	of := s.schema.ResourceSchemas[settingsType].ValueType()
	resp, err := s.server.ReadResource(s.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: settingsType, CurrentState: s.encode(of, state)})
	s.check(err, resp.Diagnostics)
	return s.decode(of, resp.NewState)
}

// plan plans a change; a nil config destroys.
func (s *session) plan(prior, config object) *tfprotov6.PlanResourceChangeResponse {
	of := s.schema.ResourceSchemas[settingsType].ValueType()
	resp, err := s.server.PlanResourceChange(s.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: settingsType, PriorState: s.encode(of, prior), Config: s.encode(of, config), ProposedNewState: s.encode(of, s.proposed(prior, config)),
	})
	s.check(err, resp.Diagnostics)
	return resp
}

// apply plans once more, as Terraform does, and carries the plan out.
func (s *session) apply(prior, config object) object {
	of := s.schema.ResourceSchemas[settingsType].ValueType()
	plan := s.plan(prior, config)
	resp, err := s.server.ApplyResourceChange(s.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: settingsType, PriorState: s.encode(of, prior), Config: s.encode(of, config),
		PlannedState: plan.PlannedState, PlannedIdentity: plan.PlannedIdentity,
	})
	s.check(err, resp.Diagnostics)
	return s.decode(of, resp.NewState)
}

// imported imports by id, and reads, as Terraform does.
func (s *session) imported(id string) object {
	of := s.schema.ResourceSchemas[settingsType].ValueType()
	resp, err := s.server.ImportResourceState(s.t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: settingsType, ID: id})
	s.check(err, resp.Diagnostics)
	return s.read(s.decode(of, resp.ImportedResources[0].State))
}

// data reads a data source.
func (s *session) data(typeName string, config object) {
	of := s.schema.DataSourceSchemas[typeName].ValueType()
	resp, err := s.server.ReadDataSource(s.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: s.encode(of, config)})
	s.check(err, resp.Diagnostics)
}

// query lists an account and gives the number of results.
func (s *session) query(account string) int {
	of := s.schema.ListResourceSchemas[settingsType].ValueType()
	server, ok := s.server.(tfprotov6.ListResourceServer)
	if !ok {
		panic("the server lists nothing")
	}
	stream, err := server.ListResource(s.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: settingsType, Config: s.encode(of, object{"account_id": text(account)}), Limit: 1 << 20, IncludeResource: true,
	})
	s.check(err, nil)
	count := 0
	for result := range stream.Results {
		s.check(nil, result.Diagnostics)
		count++
	}
	return count
}
