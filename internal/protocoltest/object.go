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

// Object is a resource or a configuration, by attribute. A missing attribute is null. A state also contains
// its private state, under a key that isn't an attribute.
type Object map[string]tftypes.Value

const privateKey = ".private"

// Private returns the private state in a state, which is empty if there is none.
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

// Text returns a known string.
func Text(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }

// Bool returns a known boolean.
func Bool(value bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, value) }

// Unknown returns a value that is known after apply.
func Unknown(typ tftypes.Type) tftypes.Value { return tftypes.NewValue(typ, tftypes.UnknownValue) }

// Literal returns the text of a string value. It is empty if the value is null, unknown or not a string.
func Literal(value tftypes.Value) string {
	var text string
	_ = value.As(&text) // any other value leaves it empty
	return text
}

// With returns the object with more attributes.
func (o Object) With(more Object) Object {
	o = maps.Clone(o)
	maps.Copy(o, more)
	return o
}

// Timeouts returns the timeouts attribute, from pairs of a name and a duration.
func Timeouts(pairs ...string) Object {
	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"create": tftypes.String, "update": tftypes.String, "read": tftypes.String,
	}}
	entries := Object{}
	for pair := range slices.Chunk(pairs, 2) {
		entries[pair[0]] = Text(pair[1])
	}
	return Object{"timeouts": complete(typ, entries)}
}

// complete returns an object of this type, with nulls for missing attributes.
func complete(typ tftypes.Type, o Object) tftypes.Value {
	values := map[string]tftypes.Value{}
	for key, attribute := range typ.(tftypes.Object).AttributeTypes { //nolint:forcetypeassert // callers pass objects
		values[key] = tftypes.NewValue(attribute, nil)
	}
	maps.Copy(values, o)
	return tftypes.NewValue(typ, values)
}
