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

// Session is a configured provider. It is safe for concurrent use. Its methods return protocol violations as
// errors, and the provider's own errors as diagnostics.
type Session struct {
	Server tfprotov6.ProviderServer
	Schema *tfprotov6.GetProviderSchemaResponse
	Type   tftypes.Object // of the resource under test
}

// Start starts a provider and configures it.
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
	s := &Session{Server: server, Schema: schema, Type: settings}
	resp, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.8", Config: s.Encode(schema.Provider.ValueType(), config),
	})
	if err != nil {
		return nil, nil, err
	}
	return s, resp.Diagnostics, nil
}

// Stop interrupts the provider's operations, as a CLI does on Ctrl-C.
func (s *Session) Stop(ctx context.Context) error {
	_, err := s.Server.StopProvider(ctx, &tfprotov6.StopProviderRequest{})
	return err
}

// Encode encodes an object of this type for the protocol. A nil object becomes null. It panics if the object
// doesn't have the type.
func (s *Session) Encode(typ tftypes.Type, o Object) *tfprotov6.DynamicValue {
	value := tftypes.NewValue(typ, nil)
	if o != nil {
		attributes := maps.Clone(o)
		delete(attributes, privateKey)
		value = complete(typ, attributes)
	}
	encoded, err := tfprotov6.NewDynamicValue(typ, value)
	if err != nil {
		panic(err)
	}
	return &encoded
}

// Decode decodes an object of this type. Null becomes a nil object.
func (s *Session) Decode(typ tftypes.Type, encoded *tfprotov6.DynamicValue) (Object, error) {
	if encoded == nil {
		return nil, nil
	}
	value, err := encoded.Unmarshal(typ)
	if err != nil || value.IsNull() {
		return nil, err
	}
	values := Object{}
	err = value.As((*map[string]tftypes.Value)(&values))
	return values, err
}
