// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func documented(t *testing.T, name string) any {
	t.Helper()
	raw, err := fs.ReadFile(os.DirFS("testdata"), name)
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, raw)
}

func parsed(t *testing.T, raw []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestRefusalsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ method, path, body string }{
		"patch_domain_not_found.json":    {http.MethodPatch, listPath + "/other.com", `{"auto_renew":true}`},
		"patch_not_a_boolean.json":       {http.MethodPatch, domainPath, `{"auto_renew":1}`},
		"update_status_no_workflow.json": {http.MethodGet, statusPath, ""},
	}
	for file, test := range tests {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			c := withScenario(t, fake.Immediate())
			got := parsed(t, c.do(test.method, test.path, test.body).raw)
			if want := documented(t, file); !reflect.DeepEqual(got, want) {
				t.Errorf("answer = %v, want %v", got, want)
			}
		})
	}
}

// The documented success shows every field at once, also those that exclude
// each other, so a failure is the answer that comes closest to it.
func TestStatusesHaveTheDocumentedFields(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"patch_200.json", "update_status_200.json"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			c := withScenario(t, fake.Failed("registry_rejected", "Registry rejected the request.", 0))
			answer := c.turnOn()
			if strings.HasPrefix(file, "update_status") {
				answer = c.get(statusPath)
			}
			got, want := fields(parsed(t, answer.raw)), fields(documented(t, file))
			if !slices.Equal(got, want) {
				t.Errorf("fields:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// fields lists the paths of a value and their JSON types, sorted. It does not
// look into arrays, which the example fills and a success leaves empty, nor into
// context, which the API leaves open.
func fields(v any) []string {
	var list []string
	var walk func(path string, v any)
	walk = func(path string, v any) {
		object, is := v.(map[string]any)
		list = append(list, fmt.Sprintf("%s %T", path, v))
		if !is || strings.HasSuffix(path, ".context") {
			return
		}
		for name, one := range object {
			walk(path+"."+name, one)
		}
	}
	walk("$", v)
	slices.Sort(list)
	return list
}
