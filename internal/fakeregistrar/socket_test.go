// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestFaultsOverASocket(t *testing.T) {
	t.Parallel()
	type test struct {
		fault fake.Fault
		want  error
		least int // bytes of the body
	}
	each(t, map[string]test{
		"a reset before":            {fake.Fault{ResetBefore: true}, syscall.ECONNRESET, 0},
		"a reset after":             {fake.Fault{ResetAfter: true}, syscall.ECONNRESET, 0},
		"a refusal is a reset here": {fake.Fault{Refuse: true}, syscall.ECONNRESET, 0},
		"a truncated body":          {fake.Fault{Truncate: 10}, io.ErrUnexpectedEOF, 10},
		"a body in two parts":       {fake.Fault{DelayBody: time.Millisecond}, nil, 100},
		"an endless body":           {fake.Fault{Endless: 1 << 20}, nil, 1 << 20},
	}, func(t *testing.T, test test) {
		c := withScenario(t, fake.Immediate())
		c.server.Inject(test.fault)
		listener := httptest.NewServer(c.server)
		t.Cleanup(listener.Close)
		req := c.request(http.MethodPatch, domainPath, "")
		req.URL.Scheme, req.URL.Host = "http", listener.Listener.Addr().String()
		res, err := listener.Client().Do(req)
		var body []byte
		if err == nil {
			body, err = io.ReadAll(res.Body)
			err = errors.Join(err, res.Body.Close())
		}
		if !errors.Is(err, test.want) || len(body) < test.least {
			t.Errorf("%d bytes, error = %v, want %d and %v", len(body), err, test.least, test.want)
		}
	})
}
