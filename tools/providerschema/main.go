// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command providerschema prints the provider's schema for tfplugindocs, in the format of
// `terraform providers schema -json`. scripts/docs.sh explains why.
//
// Source: https://developer.hashicorp.com/terraform/cli/commands/providers/schema.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

func main() {
	err := run(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, "providerschema:", err)
		os.Exit(1)
	}
}

type object = map[string]any

// run starts the provider in this process, and prints its schema.
func run(ctx context.Context) error {
	server, err := providerserver.NewProtocol6WithError(provider.New("docs")())()
	if err != nil {
		return err
	}
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return err
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return err
	}
	// Otherwise the docs would silently lack pages for these.
	if len(schemas.Diagnostics)+len(schemas.Functions)+len(schemas.EphemeralResourceSchemas)+len(schemas.ActionSchemas) > 0 {
		return errors.New("the provider reports an error, or has functions, ephemeral resources or actions, which providerschema doesn't support")
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	return out.Encode(object{"format_version": "1.0", "provider_schemas": object{"registrar": object{ // tfplugindocs expects the short name
		"provider":                  schema(schemas.Provider),
		"resource_schemas":          each(schemas.ResourceSchemas, schema),
		"data_source_schemas":       each(schemas.DataSourceSchemas, schema),
		"list_resource_schemas":     each(schemas.ListResourceSchemas, schema),
		"resource_identity_schemas": each(identities.IdentitySchemas, identity),
	}}})
}

func each[T any](all map[string]T, describe func(T) object) object {
	described := object{}
	for name, one := range all {
		described[name] = describe(one)
	}
	return described
}

// schema describes the attributes of a schema without blocks.
func schema(s *tfprotov6.Schema) object {
	if len(s.Block.BlockTypes) > 0 {
		panic("providerschema doesn't support blocks: use nested attributes")
	}
	return object{"version": s.Version, "block": object{
		"attributes": attributes(s.Block.Attributes), "description": s.Block.Description, "description_kind": kind(s.Block.DescriptionKind),
		"deprecated": s.Block.Deprecated,
	}}
}

func attributes(all []*tfprotov6.SchemaAttribute) object {
	described := object{}
	for _, a := range all {
		one := object{
			"description": a.Description, "description_kind": kind(a.DescriptionKind), "deprecated": a.Deprecated, "required": a.Required,
			"optional": a.Optional, "computed": a.Computed, "sensitive": a.Sensitive, "write_only": a.WriteOnly,
		}
		if a.NestedType != nil {
			one["nested_type"] = object{"attributes": attributes(a.NestedType.Attributes), "nesting_mode": strings.ToLower(a.NestedType.Nesting.String())}
		} else {
			one["type"] = a.Type
		}
		described[a.Name] = one
	}
	return described
}

func kind(k tfprotov6.StringKind) string {
	return map[tfprotov6.StringKind]string{tfprotov6.StringKindPlain: "plain", tfprotov6.StringKindMarkdown: "markdown"}[k]
}

func identity(s *tfprotov6.ResourceIdentitySchema) object {
	described := object{}
	for _, a := range s.IdentityAttributes {
		described[a.Name] = object{
			"type": a.Type, "description": a.Description, "required_for_import": a.RequiredForImport, "optional_for_import": a.OptionalForImport,
		}
	}
	return object{"version": s.Version, "attributes": described}
}
