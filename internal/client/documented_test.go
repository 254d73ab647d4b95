// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"bytes"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// documented are the documented answers in a folder, by the names of their files.
func documented(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	root := os.DirFS(folder)
	names, err := fs.Glob(root, "*.json")
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string][]byte{}
	for _, name := range names {
		if answers[name], err = fs.ReadFile(root, name); err != nil {
			t.Fatal(err)
		}
	}
	return answers
}

func TestTheFakeAndTheClientReadTheSameAnswers(t *testing.T) {
	t.Parallel()
	ours, theirs := documented(t, "testdata"), documented(t, "../fakeregistrar/testdata")
	if !maps.EqualFunc(ours, theirs, bytes.Equal) {
		t.Errorf("the folders differ: %q and %q, or what is in them", slices.Sorted(maps.Keys(ours)), slices.Sorted(maps.Keys(theirs)))
	}
	if len(ours) != 5 {
		t.Errorf("%d answers, want 5", len(ours))
	}
}

func TestDocumentedUpdatesAreRead(t *testing.T) {
	t.Parallel()
	at := time.Date(2019, time.December, 27, 18, 11, 19, 117_000_000, time.UTC)
	want := client.Update{
		State: client.InProgress, CreatedAt: at, UpdatedAt: at,
		ErrorCode: "registry_rejected", ErrorMessage: "Registry rejected the request.",
		Context: []byte("{\n      \"foo\": \"bar\"\n    }"),
	}
	for file, ask := range map[string]func(*client.Client) (client.Update, error){
		"patch_200.json":         func(c *client.Client) (client.Update, error) { return c.SetAutoRenew(t.Context(), exampleID(), true) },
		"update_status_200.json": func(c *client.Client) (client.Update, error) { return c.UpdateStatus(t.Context(), exampleID()) },
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			body := documented(t, "testdata")[file]
			got, err := ask(newClient(t, answering(http.StatusOK, string(body), nil).Transport()))
			got.ServerTime = time.Time{} // by the clock of the test
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("update = %+v, %v\nwant %+v", got, err, want)
			}
		})
	}
}

// The reference says "4XX" and no number, so any will do here.
func TestDocumentedRefusalsAreRead(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]client.APIError{
		"patch_domain_not_found.json":    {Code: 10000, Message: "Domain not found"},
		"patch_not_a_boolean.json":       {Code: 10000, Message: "Must be a boolean if present", Pointer: "/auto_renew"},
		"update_status_no_workflow.json": {Code: 10000, Message: "No workflow found for example.com"},
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			body := documented(t, "testdata")[file]
			_, err := newClient(t, answering(http.StatusBadRequest, string(body), nil).Transport()).SetAutoRenew(t.Context(), exampleID(), true)
			if e := problemOf(t, err); e.Kind != client.KindRefused || !slices.Equal(e.Errors, []client.APIError{want}) {
				t.Errorf("error = %v (kind %d), want %v", err, e.Kind, want)
			}
		})
	}
}
