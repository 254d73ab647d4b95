// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package protocoltest

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Session is one provider process as a CLI drives it: configured once, then asked to plan,
// apply, read and import. It is safe for concurrent use. The errors of its methods are breaches
// of the protocol; what the provider itself has to say are diagnostics.
type Session struct {
	Server tfprotov6.ProviderServer
	Schema *tfprotov6.GetProviderSchemaResponse

	settings tftypes.Object
}

// Start begins a session and configures the provider.
func Start(ctx context.Context, factory func() provider.Provider, config Object) (*Session, []*tfprotov6.Diagnostic, error) {
	server, err := providerserver.NewProtocol6WithError(factory())()
	if err != nil {
		return nil, nil, err
	}
	schema, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, nil, err
	}
	if Failed(schema.Diagnostics) {
		return nil, nil, fmt.Errorf("reading the schema: %s", Show(schema.Diagnostics))
	}
	settings := schema.ResourceSchemas[Settings].ValueType().(tftypes.Object) //nolint:forcetypeassert // a schema's type is an object
	s := &Session{Server: server, Schema: schema, settings: settings}
	encoded, err := s.Encode(schema.Provider.ValueType(), config)
	if err != nil {
		return nil, nil, err
	}
	resp, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.8", Config: encoded})
	if err != nil {
		return nil, nil, err
	}
	return s, resp.Diagnostics, nil
}

// Stop asks the provider to end what it does, as a CLI does on Ctrl-C.
func (s *Session) Stop(ctx context.Context) error {
	_, err := s.Server.StopProvider(ctx, &tfprotov6.StopProviderRequest{})
	return err
}

// Type is the type of the resource under test.
func (s *Session) Type() tftypes.Object { return s.settings }

// Encode writes an object in a type; nil is null.
func (s *Session) Encode(of tftypes.Type, o Object) (*tfprotov6.DynamicValue, error) {
	value := tftypes.NewValue(of, nil)
	if o != nil {
		attributes := maps.Clone(o)
		delete(attributes, privateKey)
		value = complete(of, attributes)
	}
	encoded, err := tfprotov6.NewDynamicValue(of, value)
	return &encoded, err
}

// Decode reads an object of a type; null is nil.
func (s *Session) Decode(of tftypes.Type, encoded *tfprotov6.DynamicValue) (Object, error) {
	if encoded == nil {
		return nil, nil
	}
	value, err := encoded.Unmarshal(of)
	if err != nil || value.IsNull() {
		return nil, err
	}
	values := Object{}
	err = value.As((*map[string]tftypes.Value)(&values))
	return values, err
}
