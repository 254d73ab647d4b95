// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package protocoltest

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Planned is what Terraform saves between plan and apply.
type Planned struct {
	Config, Prior, State Object
	Raw                  *tfprotov6.PlanResourceChangeResponse
}

// Changed returns the sorted names of the attributes that a plan changes.
func (p Planned) Changed() []string {
	var names []string
	for key, value := range p.State {
		if !value.Equal(p.Prior[key]) {
			names = append(names, key)
		}
	}
	slices.Sort(names)
	return names
}

// Validate validates a configuration.
func (s *Session) Validate(ctx context.Context, config Object) ([]*tfprotov6.Diagnostic, error) {
	resp, err := s.Server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: Settings, Config: s.Encode(s.Type, config)})
	if err != nil {
		return nil, err
	}
	return resp.Diagnostics, nil
}

// Plan plans a change from prior to config. Prior is nil for a new resource, and config is nil for a destroy.
func (s *Session) Plan(ctx context.Context, prior, config Object) (Planned, []*tfprotov6.Diagnostic, error) {
	return s.plan(ctx, prior, config, prior.Private())
}

// PlanNew makes the second of the two calls that plan a replacement: a new resource, with the private state
// from the first call.
func (s *Session) PlanNew(ctx context.Context, first Planned) (Planned, []*tfprotov6.Diagnostic, error) {
	return s.plan(ctx, nil, first.Config, first.Raw.PlannedPrivate)
}

func (s *Session) plan(ctx context.Context, prior, config Object, private []byte) (Planned, []*tfprotov6.Diagnostic, error) {
	typ := s.Type
	resp, err := s.Server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: Settings, PriorState: s.Encode(typ, prior), Config: s.Encode(typ, config),
		ProposedNewState: s.Encode(typ, s.proposed(prior, config)), PriorPrivate: private,
	})
	if err != nil {
		return Planned{}, nil, err
	}
	state, err := s.Decode(s.Type, resp.PlannedState)
	return Planned{Config: config, Prior: prior, State: state, Raw: resp}, resp.Diagnostics, err
}

// proposed returns the proposed new state as Terraform computes it: the configuration, plus the prior values
// of computed attributes, which are unknown for a new resource.
func (s *Session) proposed(prior, config Object) Object {
	if config == nil {
		return nil
	}
	result := maps.Clone(config)
	for _, attribute := range s.Schema.ResourceSchemas[Settings].Block.Attributes {
		if _, ok := result[attribute.Name]; ok || !attribute.Computed {
			continue
		}
		if prior == nil {
			result[attribute.Name] = Unknown(attribute.ValueType())
		} else if value, ok := prior[attribute.Name]; ok {
			result[attribute.Name] = value
		}
	}
	return result
}

// Apply applies a plan. It returns an error if the new state differs from a known value of the plan.
func (s *Session) Apply(ctx context.Context, plan Planned) (Object, []*tfprotov6.Diagnostic, error) {
	typ := s.Type
	resp, err := s.Server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: Settings, PriorState: s.Encode(typ, plan.Prior), Config: s.Encode(typ, plan.Config),
		PlannedState: s.Encode(typ, plan.State), PlannedIdentity: plan.Raw.PlannedIdentity, PlannedPrivate: plan.Raw.PlannedPrivate,
	})
	if err != nil {
		return nil, nil, err
	}
	state, err := s.Decode(s.Type, resp.NewState)
	if err == nil && state != nil && !Failed(resp.Diagnostics) {
		err = plan.check(state)
	}
	return state.WithPrivate(resp.Private), resp.Diagnostics, err
}

// check returns an error if a new state doesn't match the plan. The messages are Terraform's.
func (p Planned) check(state Object) error {
	for key, value := range p.State {
		if !state[key].IsFullyKnown() {
			return fmt.Errorf("provider returned invalid result object after apply: %s is still unknown", key)
		}
		if value.IsFullyKnown() && !value.Equal(state[key]) {
			return fmt.Errorf("provider produced inconsistent result after apply: %s was planned as %s and is %s", key, value, state[key])
		}
	}
	return nil
}
