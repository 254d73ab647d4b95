// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"log/slog"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestTransportUsesEnvironmentProxies(t *testing.T) {
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

func TestEachRequestLogsOneLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		server := newServer()
		server.Inject(fake.Fault{Delay: 250 * time.Millisecond, Status: http.StatusBadGateway, Body: html, Header: http.Header{"Cf-Ray": {"one-FRA"}}})
		server.Inject(fake.Fault{Delay: 250 * time.Millisecond, ResetBefore: true})
		server.Inject(fake.Fault{Delay: 250 * time.Millisecond, Status: http.StatusForbidden, Body: html, Header: http.Header{"Cf-Ray": {"three-FRA"}}})
		c := newClient(t, server.Transport(), func(c *client.Config) {
			c.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		})
		_, _ = c.Registration(t.Context(), exampleID())
		_ = listError(t, c, account)
		const begin = `level=DEBUG msg="registrar request" method=GET path=/client/v4` + domainPath
		const want = begin + " status=502 duration_ms=250 attempt=1 cf_ray=one-FRA\n" +
			begin + " status=0 duration_ms=250 attempt=2 cf_ray=\"\"\n" +
			begin + " status=403 duration_ms=250 attempt=3 cf_ray=three-FRA\n" +
			`level=DEBUG msg="registrar request" method=GET path=/client/v4` + listPath + " status=200 duration_ms=0 attempt=1 cf_ray=8f00000000000003-FRA\n"
		if got := regexp.MustCompile(`(?m)^time=\S+ `).ReplaceAllString(log.String(), ""); got != want {
			t.Errorf("log =\n%s\nwant\n%s", got, want)
		}
	})
}
