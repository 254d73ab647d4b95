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

// overSocket asks for the domain over a real connection.
func overSocket(t *testing.T, f fake.Fault) ([]byte, error) {
	t.Helper()
	s := fake.New(fake.WithDomain(fake.Domain{Name: domain, Account: account, CreatedAt: time.Unix(0, 0)}))
	s.Inject(f)
	listener := httptest.NewServer(s)
	t.Cleanup(listener.Close)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, listener.URL+fake.BasePath+domainPath, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer x")
	res, err := listener.Client().Do(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	return body, errors.Join(err, res.Body.Close())
}

func TestFaultsOverASocket(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault fake.Fault
		want  error
	}{
		"a reset before":            {fake.Fault{ResetBefore: true}, syscall.ECONNRESET},
		"a reset after":             {fake.Fault{ResetAfter: true}, syscall.ECONNRESET},
		"a refusal is a reset here": {fake.Fault{Refuse: true}, syscall.ECONNRESET},
		"a truncated body":          {fake.Fault{Truncate: 10}, io.ErrUnexpectedEOF},
		"a body in two parts":       {fake.Fault{DelayBody: time.Millisecond}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := overSocket(t, test.fault); !errors.Is(err, test.want) {
				t.Errorf("error = %v, want %v", err, test.want)
			}
		})
	}
}

func TestEndlessBodyOverASocket(t *testing.T) {
	t.Parallel()
	body, err := overSocket(t, fake.Fault{Endless: 1 << 20})
	if err != nil || len(body) < 1<<20 {
		t.Errorf("read %d bytes, %v, want a mebibyte and more", len(body), err)
	}
}
