// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package protocoltest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Read refreshes a state. It returns nil if the provider removed the resource.
func (s *Session) Read(ctx context.Context, state Object) (Object, []*tfprotov6.Diagnostic, error) {
	resp, err := s.Server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: Settings, CurrentState: s.Encode(s.Type, state), Private: state.Private(),
	})
	if err != nil {
		return nil, nil, err
	}
	read, err := s.Decode(s.Type, resp.NewState)
	return read.WithPrivate(resp.Private), resp.Diagnostics, err
}

// IdentityType returns the type of the resource's identity.
func IdentityType() tftypes.Object {
	return tftypes.Object{AttributeTypes: map[string]tftypes.Type{"domain_name": tftypes.String, "account_id": tftypes.String}}
}

// ImportID imports by ID and then refreshes, as CLIs do.
func (s *Session) ImportID(ctx context.Context, id string) (Object, []*tfprotov6.Diagnostic, error) {
	return s.imported(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: Settings, ID: id})
}

// ImportIdentity imports by identity and then refreshes.
func (s *Session) ImportIdentity(ctx context.Context, identity Object) (Object, []*tfprotov6.Diagnostic, error) {
	return s.imported(ctx, &tfprotov6.ImportResourceStateRequest{
		TypeName: Settings, Identity: &tfprotov6.ResourceIdentityData{IdentityData: s.Encode(IdentityType(), identity)},
	})
}

func (s *Session) imported(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (Object, []*tfprotov6.Diagnostic, error) {
	resp, err := s.Server.ImportResourceState(ctx, req)
	if err != nil {
		return nil, nil, err
	}
	if Failed(resp.Diagnostics) {
		return nil, resp.Diagnostics, nil
	}
	state, err := s.Decode(s.Type, resp.ImportedResources[0].State)
	if err != nil {
		return nil, nil, err
	}
	return s.Read(ctx, state.WithPrivate(resp.ImportedResources[0].Private))
}
