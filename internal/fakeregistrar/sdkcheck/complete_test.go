// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// wantComplete fails the test unless an answer has exactly the SDK's fields, with the
// expected types.
func wantComplete(t *testing.T, name string, call func(context.Context) (any, error)) {
	t.Helper()
	if found := flaws(t, call); len(found) > 0 {
		t.Errorf("%s: %q", name, found)
	}
}

// flaws returns the differences between the raw answer and the SDK's decoded one.
func flaws(t *testing.T, call func(context.Context) (any, error)) []string {
	t.Helper()
	answer, err := call(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	metadata, is := reflect.TypeAssert[interface{ RawJSON() string }](reflect.ValueOf(answer).Elem().FieldByName("JSON"))
	if !is {
		t.Fatalf("%T has no raw JSON, unlike in earlier SDK versions", answer)
	}
	var raw, roundTrip any
	if json.Unmarshal([]byte(metadata.RawJSON()), &raw) != nil || json.Unmarshal(decoded, &roundTrip) != nil {
		t.Fatalf("invalid JSON: %s, %s", metadata.RawJSON(), decoded)
	}
	return differences("answer", raw, roundTrip)
}

// differences only compares fields and types, because the SDK returns the zero value
// for null and for a value that it can't decode.
func differences(path string, raw, sdk any) []string {
	fields, isObject := raw.(map[string]any)
	others, sdkObject := sdk.(map[string]any)
	switch {
	case raw == nil, !isObject && reflect.TypeOf(raw) == reflect.TypeOf(sdk):
		return nil
	case !isObject || !sdkObject:
		return []string{fmt.Sprintf("%s is a %T, the SDK has a %T", path, raw, sdk)}
	}
	var found []string
	for name := range others {
		if _, known := fields[name]; !known {
			found = append(found, path+"."+name+" is missing")
		}
	}
	for name, value := range fields {
		if other, known := others[name]; known {
			found = append(found, differences(path+"."+name, value, other)...)
		} else {
			found = append(found, path+"."+name+" is unknown to the SDK")
		}
	}
	return found
}

// TestFlawsAreFound proves that the check can fail.
func TestFlawsAreFound(t *testing.T) {
	t.Parallel()
	for want, fault := range map[string]fakeregistrar.Fault{
		"answer.locked is missing":                          {OmitField: "locked"},
		"answer.auto_renew is a string, the SDK has a bool": {SetField: "auto_renew", Value: "yes"},
		"answer.price is unknown to the SDK":                {SetField: "price", Value: 1},
	} {
		fake := newFake(fakeregistrar.Immediate())
		fake.Inject(fault)
		if found := flaws(t, connect(fake.Transport())["production"].get); len(found) != 1 || found[0] != want {
			t.Errorf("flaws = %q, want %s", found, want)
		}
	}
}
