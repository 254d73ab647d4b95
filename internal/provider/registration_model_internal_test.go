// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"reflect"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// A default for a missing field would look like a value from the registrar.
func TestMissingFieldsAreNull(t *testing.T) {
	t.Parallel()
	present := []string{"id", "account_id", "domain_name", "unicode_name", "auto_renew"}
	model := reflect.ValueOf(registrationModel{}.with(client.DomainID{Account: "a", Name: "example.com"}, client.Registration{Name: "example.com"}))
	for field, value := range model.Fields() {
		name := field.Tag.Get("tfsdk")
		if got, ok := reflect.TypeAssert[attr.Value](value); !ok || got.IsNull() == slices.Contains(present, name) {
			t.Errorf("%s is %v", name, value)
		}
	}
}
