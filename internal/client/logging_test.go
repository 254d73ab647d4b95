// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestEveryRequestIsOneLineOfTheLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		server := newServer(fake.Immediate())
		server.Inject(fake.Fault{Delay: 250 * time.Millisecond, Status: http.StatusBadGateway, Body: html, Header: http.Header{"Cf-Ray": {"one-FRA"}}})
		server.Inject(fake.Fault{Delay: 250 * time.Millisecond, ResetBefore: true})
		server.Inject(fake.Fault{Delay: 250 * time.Millisecond, Status: http.StatusForbidden, Body: html, Header: http.Header{"Cf-Ray": {"three-FRA"}}})
		c := newClient(t, server.Transport(), func(c *client.Config) {
			c.Logger = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		})
		_, _ = c.Registration(t.Context(), exampleID())
		const path = "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com"
		line := func(status, attempt float64, ray string) map[string]any {
			return map[string]any{
				"level": "DEBUG", "msg": "registrar request", "method": "GET", "path": path,
				"status": status, "duration_ms": 250.0, "attempt": attempt, "cf_ray": ray,
			}
		}
		want := []map[string]any{line(502, 1, "one-FRA"), line(0, 2, ""), line(403, 3, "three-FRA")}
		for text := range bytes.Lines(log.Bytes()) {
			var got map[string]any
			if err := json.Unmarshal(text, &got); err != nil || len(want) == 0 {
				t.Fatalf("line %s (%v)", text, err)
			}
			delete(got, "time")
			if !reflect.DeepEqual(got, want[0]) {
				t.Errorf("line = %v, want %v", got, want[0])
			}
			want = want[1:]
		}
		if len(want) != 0 {
			t.Errorf("not logged: %v", want)
		}
	})
}
