// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package protocoltest

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Settings is the type name of the resource under test.
const Settings = "registrar_domain_settings"

// Object is a resource or a configuration as Terraform has it, by attribute. What is absent is
// null. What Terraform keeps beside a state for the provider, its private state, travels under a
// key that is no attribute.
type Object map[string]tftypes.Value

const privateKey = ".private"

// Private returns the private state that came with a state, empty where there is none.
func (o Object) Private() []byte { return []byte(Literal(o[privateKey])) }

// WithoutPrivate returns a state without its private state; nil stays nil.
func (o Object) WithoutPrivate() Object {
	o = maps.Clone(o)
	delete(o, privateKey)
	return o
}

// WithPrivate returns a state with its private state; nil stays nil.
func (o Object) WithPrivate(private []byte) Object {
	if o == nil || len(private) == 0 {
		return o
	}
	return o.With(Object{privateKey: Text(string(private))})
}

// Text is a known string.
func Text(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }

// Truth is a known boolean.
func Truth(value bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, value) }

// Unknown is a value that is only known after apply.
func Unknown(of tftypes.Type) tftypes.Value { return tftypes.NewValue(of, tftypes.UnknownValue) }

// Literal is a string's value; what is null, unknown or no string is empty.
func Literal(value tftypes.Value) string {
	var text string
	if value.IsKnown() && !value.IsNull() {
		_ = value.As(&text) // another type reads as empty, which no test expects
	}
	return text
}

// With gives the object with more attributes.
func (o Object) With(more Object) Object {
	o = maps.Clone(o)
	maps.Copy(o, more)
	return o
}

// Timeouts gives the attribute of that name, from pairs of an entry and its duration.
func Timeouts(pairs ...string) Object {
	of := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"create": tftypes.String, "update": tftypes.String, "read": tftypes.String,
	}}
	entries := Object{}
	for pair := range slices.Chunk(pairs, 2) {
		entries[pair[0]] = Text(pair[1])
	}
	return Object{"timeouts": complete(of, entries)}
}

// complete fills absent attributes with null.
func complete(of tftypes.Type, o Object) tftypes.Value {
	values := map[string]tftypes.Value{}
	for key, attribute := range of.(tftypes.Object).AttributeTypes { //nolint:forcetypeassert // callers pass objects
		values[key] = tftypes.NewValue(attribute, nil)
	}
	maps.Copy(values, o)
	return tftypes.NewValue(of, values)
}
