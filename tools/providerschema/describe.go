// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// describe puts what the provider said into the shape of the CLI's document.
//
// It refuses what it would have to leave out: a page that is missing is noticed by nobody.
func describe(schemas *tfprotov6.GetProviderSchemaResponse, identities *tfprotov6.GetResourceIdentitySchemasResponse) (document, error) {
	if n := len(schemas.Functions) + len(schemas.EphemeralResourceSchemas) + len(schemas.ActionSchemas); n > 0 {
		return document{}, errors.New("the provider has functions, ephemeral resources or actions, which are not described yet")
	}
	var d describer
	one := providerSchema{
		Provider:      d.schema("provider", schemas.Provider),
		Resources:     d.all("resource", schemas.ResourceSchemas),
		DataSources:   d.all("data source", schemas.DataSourceSchemas),
		ListResources: d.all("list resource", schemas.ListResourceSchemas),
		Identities:    describeIdentities(identities.IdentitySchemas),
	}
	// tfplugindocs looks the provider up by its short name.
	return document{FormatVersion: "1.0", Providers: map[string]providerSchema{"registrar": one}}, errors.Join(d.errs...)
}

// describer keeps what it could not describe.
type describer struct{ errs []error }

func (d *describer) all(kind string, schemas map[string]*tfprotov6.Schema) map[string]schema {
	described := make(map[string]schema, len(schemas))
	for name, one := range schemas {
		described[name] = d.schema(kind+" "+name, one)
	}
	return described
}

func (d *describer) schema(name string, s *tfprotov6.Schema) schema {
	if len(s.Block.BlockTypes) > 0 {
		d.errs = append(d.errs, fmt.Errorf("%s has blocks, which are not described yet: use nested attributes", name))
	}
	return schema{
		Version: s.Version,
		Block: block{
			Attributes:      describeAttributes(s.Block.Attributes),
			Description:     s.Block.Description,
			DescriptionKind: describeKind(s.Block.DescriptionKind),
			Deprecated:      s.Block.Deprecated,
		},
	}
}

func describeAttributes(attributes []*tfprotov6.SchemaAttribute) map[string]attribute {
	described := make(map[string]attribute, len(attributes))
	for _, a := range attributes {
		described[a.Name] = attribute{
			Type:            a.Type,
			NestedType:      describeNested(a.NestedType),
			Description:     a.Description,
			DescriptionKind: describeKind(a.DescriptionKind),
			Deprecated:      a.Deprecated,
			Required:        a.Required,
			Optional:        a.Optional,
			Computed:        a.Computed,
			Sensitive:       a.Sensitive,
			WriteOnly:       a.WriteOnly,
		}
	}
	return described
}

func describeNested(object *tfprotov6.SchemaObject) *nestedObject {
	if object == nil {
		return nil
	}
	return &nestedObject{
		Attributes: describeAttributes(object.Attributes),
		Nesting:    strings.ToLower(object.Nesting.String()),
	}
}

func describeKind(kind tfprotov6.StringKind) string {
	if kind == tfprotov6.StringKindMarkdown {
		return "markdown"
	}
	return "plain"
}

func describeIdentities(schemas map[string]*tfprotov6.ResourceIdentitySchema) map[string]identitySchema {
	described := make(map[string]identitySchema, len(schemas))
	for name, s := range schemas {
		attributes := make(map[string]identityAttribute, len(s.IdentityAttributes))
		for _, a := range s.IdentityAttributes {
			attributes[a.Name] = identityAttribute{
				Type:              a.Type,
				Description:       a.Description,
				RequiredForImport: a.RequiredForImport,
				OptionalForImport: a.OptionalForImport,
			}
		}
		described[name] = identitySchema{Version: s.Version, Attributes: attributes}
	}
	return described
}
