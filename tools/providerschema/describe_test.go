// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func TestEveryKindOfPageHasItsSchema(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := run(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	var got struct {
		FormatVersion string                               `json:"format_version"`
		Providers     map[string]map[string]map[string]any `json:"provider_schemas"`
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.FormatVersion != "1.0" {
		t.Errorf("format version %q, want 1.0", got.FormatVersion)
	}
	for kind, name := range map[string]string{
		"resource_schemas":          "registrar_domain_settings",
		"resource_identity_schemas": "registrar_domain_settings",
		"list_resource_schemas":     "registrar_domain_settings",
		"data_source_schemas":       "registrar_domains",
	} {
		if got.Providers["registrar"][kind][name] == nil {
			t.Errorf("%s has no %s", kind, name)
		}
	}
}

func TestWhatCannotBeDescribedIsRefused(t *testing.T) {
	t.Parallel()
	plain := &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{}}
	blocks := &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{BlockTypes: []*tfprotov6.SchemaNestedBlock{{TypeName: "timeouts"}}}}
	for name, schemas := range map[string]*tfprotov6.GetProviderSchemaResponse{
		"a function, whose page would be missing": {
			Provider: plain, Functions: map[string]*tfprotov6.Function{"parse": {}},
		},
		"an action, whose page would be missing": {
			Provider: plain, ActionSchemas: map[string]*tfprotov6.ActionSchema{"renew": {}},
		},
		"a block, whose attributes would be missing": {
			Provider: plain, ResourceSchemas: map[string]*tfprotov6.Schema{"registrar_x": blocks},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := describe(schemas, &tfprotov6.GetResourceIdentitySchemasResponse{}); err == nil {
				t.Error("described, want an error")
			}
		})
	}
}
