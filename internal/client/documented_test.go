// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"bytes"
	"net/http"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

func TestDocumentedUpdatesAreDecoded(t *testing.T) {
	t.Parallel()
	at := time.Date(2019, time.December, 27, 18, 11, 19, 117_000_000, time.UTC)
	want := client.Update{
		State: client.InProgress, CreatedAt: at, UpdatedAt: at,
		ErrorCode: "registry_rejected", ErrorMessage: "Registry rejected the request.", Context: []byte(`{"foo":"bar"}`),
	}
	for file, method := range map[string]string{"patch_200.json": http.MethodPatch, "update_status_200.json": http.MethodGet} {
		c := newClient(t, answering(http.StatusOK, client.Documented(t)[file], nil).Transport())
		got, err := c.UpdateStatus(t.Context(), exampleID())
		if method == http.MethodPatch {
			got, err = c.SetAutoRenew(t.Context(), exampleID(), true)
		}
		got.ServerTime, got.Context = time.Time{}, bytes.Join(bytes.Fields(got.Context), nil)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: update = %+v, %v\nwant %+v", file, got, err, want)
		}
	}
}

func TestDocumentedRefusalsAreDecoded(t *testing.T) {
	// The reference has "4XX" without a number, so any number is valid.
	t.Parallel()
	for file, want := range map[string]client.APIError{
		"patch_domain_not_found.json":    {Code: 10000, Message: "Domain not found"},
		"patch_not_a_boolean.json":       {Code: 10000, Message: "Must be a boolean if present", Pointer: "/auto_renew"},
		"update_status_no_workflow.json": {Code: 10000, Message: "No workflow found for example.com"},
	} {
		_, err := newClient(t, answering(http.StatusBadRequest, client.Documented(t)[file], nil).Transport()).SetAutoRenew(t.Context(), exampleID(), true)
		if e := matchError(t, err, client.KindRefused, 400, ""); !slices.Equal(e.Errors, []client.APIError{want}) {
			t.Errorf("%s: error = %v, want %v", file, err, want)
		}
	}
}
