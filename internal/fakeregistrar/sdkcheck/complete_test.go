// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
)

// field is what the SDK notes about each field that it decoded; its type is
// internal to the SDK.
type field interface {
	IsNull() bool
	IsMissing() bool
	IsInvalid() bool
}

// wantComplete fails unless every field of a decoded answer was there, had the
// expected type, and none was unknown to the SDK.
func wantComplete(t *testing.T, answer any) {
	t.Helper()
	if found := flaws(answer); len(found) > 0 {
		t.Errorf("%T: %q", answer, found)
	}
}

func flaws(answer any) []string {
	return flawsOf("answer", reflect.ValueOf(answer))
}

func flawsOf(path string, v reflect.Value) []string {
	switch kind := v.Kind(); {
	case kind == reflect.Pointer:
		return flawsOf(path, v.Elem())
	case kind == reflect.Slice:
		return flawsOfEntries(path, v)
	case kind == reflect.Struct && v.FieldByName("JSON").IsValid():
		notes := v.FieldByName("JSON")
		return slices.Concat(unknownFields(path, notes), flawsOfFields(path, v, notes))
	default:
		return nil
	}
}

func flawsOfEntries(path string, v reflect.Value) []string {
	var flaws []string
	for i := range v.Len() {
		flaws = append(flaws, flawsOf(fmt.Sprintf("%s[%d]", path, i), v.Index(i))...)
	}
	return flaws
}

// flawsOfFields looks at each field, and into those that are not null.
func flawsOfFields(path string, v, notes reflect.Value) []string {
	var flaws []string
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		noted := notes.FieldByName(name)
		if name == "JSON" || !noted.IsValid() {
			continue
		}
		switch note, is := reflect.TypeAssert[field](noted); {
		case !is:
			flaws = append(flaws, path+"."+name+" is not described as the SDK used to")
		case note.IsMissing():
			flaws = append(flaws, path+"."+name+" is missing")
		case note.IsInvalid():
			flaws = append(flaws, path+"."+name+" has another type")
		case !note.IsNull():
			flaws = append(flaws, flawsOf(path+"."+name, v.Field(i))...)
		}
	}
	return flaws
}

// unknownFields leaves out what the SDK's type for a page of a list does not
// name although every answer has it.
func unknownFields(path string, notes reflect.Value) []string {
	var flaws []string
	for _, key := range notes.FieldByName("ExtraFields").MapKeys() {
		envelope := notes.FieldByName("ResultInfo").IsValid() && slices.Contains([]string{"errors", "messages", "success"}, key.String())
		if !envelope {
			flaws = append(flaws, path+" has an unknown field "+key.String())
		}
	}
	return flaws
}
