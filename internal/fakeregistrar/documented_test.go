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

func TestAnswersMatchTheDocumentation(t *testing.T) {
	// The documented success has all fields at once, even mutually exclusive ones, and
	// placeholders instead of values. A failed update has most of the fields.
	t.Parallel()
	type test struct{ method, path, body string }
	each(t, map[string]test{
		"patch_domain_not_found.json":    {http.MethodPatch, listPath + "/other.com", turnOn},
		"patch_not_a_boolean.json":       {http.MethodPatch, domainPath, `{"auto_renew":1}`},
		"update_status_no_workflow.json": {http.MethodGet, statusPath, ""},
		"patch_200.json":                 {http.MethodPatch, domainPath, turnOn},
		"update_status_200.json":         {http.MethodGet, statusPath, ""},
	}, func(t *testing.T, test test) {
		_, file, _ := strings.Cut(t.Name(), "/")
		example, err := fs.ReadFile(os.DirFS("testdata"), file)
		if err != nil {
			t.Fatal(err)
		}
		fieldsOnly := strings.HasSuffix(file, "_200.json")
		c := withScenario(t, fake.Failed("registry_rejected", "Registry rejected the request.", 0))
		if fieldsOnly && test.method == http.MethodGet {
			c.turnOn()
		}
		var got, want any
		if json.Unmarshal(c.do(test.method, test.path, test.body).raw, &got) != nil || json.Unmarshal(example, &want) != nil {
			t.Fatal("invalid JSON")
		}
		if fieldsOnly {
			got, want = fields("$", got), fields("$", want)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("answer = %v\nwant %v", got, want)
		}
	})
}

// fields returns the sorted paths of a value with their JSON types. It skips arrays,
// which the example fills and a success leaves empty, and context, which is free-form.
func fields(path string, v any) []string {
	list := []string{fmt.Sprintf("%s %T", path, v)}
	if object, is := v.(map[string]any); is && !strings.HasSuffix(path, ".context") {
		for name, one := range object {
			list = append(list, fields(path+"."+name, one)...)
		}
	}
	slices.Sort(list)
	return list
}
