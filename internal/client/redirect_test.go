// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// The server here is a real one: it is net/http that would follow.
func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		for _, where := range []string{"the same host", "another host"} {
			t.Run(strconv.Itoa(status)+" to "+where, func(t *testing.T) {
				t.Parallel()
				var asked, followed atomic.Int32
				elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed.Add(1) }))
				defer elsewhere.Close()
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/followed" {
						followed.Add(1)
						return
					}
					asked.Add(1)
					location := "/followed"
					if where == "another host" {
						location = elsewhere.URL + "/followed"
					}
					w.Header().Set("Location", location)
					w.WriteHeader(status)
				}))
				defer server.Close()
				for name, ask := range map[string]func(*client.Client) error{
					"GET":   func(c *client.Client) error { _, err := c.Registration(t.Context(), exampleID()); return err },
					"PATCH": func(c *client.Client) error { _, err := c.SetAutoRenew(t.Context(), exampleID(), true); return err },
				} {
					err := ask(newClient(t, server.Client().Transport, func(c *client.Config) {
						c.BaseURL = baseURL(t, server.URL)
						c.Credentials = client.Credentials{Key: key, Email: email}
					}))
					if e := problemOf(t, err); e.Kind != client.KindRedirect || e.Status != status {
						t.Errorf("%s: error = %v (kind %d), want a redirect", name, err, e.Kind)
					}
				}
				if asked.Load() != 2 || followed.Load() != 0 {
					t.Errorf("asked %d times and followed %d times, want 2 and never", asked.Load(), followed.Load())
				}
			})
		}
	}
}
