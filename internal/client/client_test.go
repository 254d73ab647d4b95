// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"net/http"
	"reflect"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

func TestProxiesFromTheEnvironment(t *testing.T) {
	// Go reads the variables once per process, so a test can't set them.
	t.Parallel()
	got, want := reflect.ValueOf(client.NewTransport().Proxy), reflect.ValueOf(http.ProxyFromEnvironment)
	if got.Pointer() != want.Pointer() {
		t.Error("the transport doesn't use the environment's proxies")
	}
}

func TestRequestHeaders(t *testing.T) {
	// A request uses one kind of credentials, and its response must not be from a cache.
	t.Parallel()
	for credentials, want := range map[client.Credentials]http.Header{
		{Token: token}:                         {"Authorization": {"Bearer " + token}},
		{Key: key, Email: email}:               {"X-Auth-Key": {key}, "X-Auth-Email": {email}},
		{Token: token, Key: key, Email: email}: {"Authorization": {"Bearer " + token}},
	} {
		var got []http.Header
		c := newClient(t, transportFunc(func(request *http.Request) (*http.Response, error) {
			got = append(got, request.Header)
			return &http.Response{StatusCode: http.StatusNotFound, Body: http.NoBody}, nil
		}), func(c *client.Config) {
			c.Credentials, c.UserAgent, c.RespondAsync = credentials, "provider/1.2.3", true
		})
		_, _ = c.Registration(t.Context(), exampleID())
		_, _ = c.SetAutoRenew(t.Context(), exampleID(), true)
		want.Set("User-Agent", "provider/1.2.3")
		want.Set("Accept", "application/json")
		reading, setting := want.Clone(), want.Clone()
		reading.Set("Cache-Control", "no-cache")
		setting.Set("Content-Type", "application/json")
		setting.Set("Prefer", "respond-async")
		if !reflect.DeepEqual(got, []http.Header{reading, setting}) {
			t.Errorf("headers = %v\nwant %v and %v", got, reading, setting)
		}
	}
}
