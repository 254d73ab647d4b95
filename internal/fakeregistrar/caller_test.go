// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	account = "023e105f4ecef8ad9ca31a8372d0c353"
	domain  = "example.com"

	listPath   = "/accounts/" + account + "/registrar/registrations"
	domainPath = listPath + "/" + domain
	statusPath = domainPath + "/update-status"
)

// each runs a subtest in fake time for each row of a table.
func each[T any](t *testing.T, tests map[string]T, run func(t *testing.T, test T)) {
	t.Helper()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { run(t, test) })
		})
	}
}

// caller is a test client that shares no code with package client.
type caller struct {
	t         *testing.T
	server    *fake.Server
	transport http.RoundTripper
	base      string
	header    http.Header
}

func newCaller(t *testing.T, opts ...fake.Option) *caller {
	t.Helper()
	server := fake.New(opts...)
	return &caller{
		t: t, server: server, transport: server.Transport(), base: "https://api.example.net",
		header: http.Header{"Authorization": {"Bearer test-token"}, "Content-Type": {"application/json"}},
	}
}

// withScenario returns a caller of a server with one domain, auto-renew off.
func withScenario(t *testing.T, sc fake.Scenario, opts ...fake.Option) *caller {
	t.Helper()
	return newCaller(t, append(opts, fake.WithDomain(fake.Domain{Name: domain, Account: account, Scenario: sc}))...)
}

// overSocket makes the caller use a real connection.
func (c *caller) overSocket() {
	listener := httptest.NewServer(c.server)
	c.t.Cleanup(listener.Close)
	c.transport, c.base = listener.Client().Transport, listener.URL
}

func (c *caller) request(method, path, body string) *http.Request {
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+fake.BasePath+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header = c.header.Clone()
	return req
}

// reply is an answer with the fields that tests check.
type reply struct {
	status int
	header http.Header
	length int64
	raw    []byte
	body   struct {
		Result     json.RawMessage
		ResultInfo struct {
			Count  int
			Cursor string
		} `json:"result_info"`
	}
}

func (c *caller) try(req *http.Request) (reply, error) {
	res, err := c.transport.RoundTrip(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	r := reply{status: res.StatusCode, header: res.Header, length: res.ContentLength, raw: raw}
	_ = json.Unmarshal(raw, &r.body) // a fault's body may not be JSON
	return r, err
}

func (c *caller) do(method, path, body string) reply {
	c.t.Helper()
	r, err := c.try(c.request(method, path, body))
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return r
}

func (c *caller) get(path string) reply {
	c.t.Helper()
	return c.do(http.MethodGet, path, "")
}

const turnOn = `{"auto_renew":true}`

func (c *caller) turnOn() reply {
	c.t.Helper()
	return c.do(http.MethodPatch, domainPath, turnOn)
}

// tryTurnOn sends the same PATCH and returns its error.
func (c *caller) tryTurnOn() error {
	_, err := c.try(c.request(http.MethodPatch, domainPath, turnOn))
	return err
}

// workflow is a workflow status as a client decodes it.
type workflow struct {
	Completed bool
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
	State     string
	Links     struct{ Self string }
	Context   json.RawMessage
}

type registration struct {
	AutoRenew bool `json:"auto_renew"`
}

func decode[T any](t *testing.T, r reply) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(r.body.Result, &v); err != nil {
		t.Fatalf("%v in %s", err, r.raw)
	}
	return v
}

// autoRenew returns the domain's auto_renew at the registrar.
func (c *caller) autoRenew() bool {
	d, _ := c.server.Registration(account, domain)
	return d.AutoRenew
}

func (c *caller) wantViolations(want ...string) {
	c.t.Helper()
	if got := c.server.Violations(); !slices.Equal(got, want) {
		c.t.Errorf("violations = %q, want %q", got, want)
	}
}

func wantStatus(t *testing.T, r reply, status int) {
	t.Helper()
	if r.status != status {
		t.Errorf("status = %d, want %d: %s", r.status, status, r.raw)
	}
}

func wantRefusal(t *testing.T, r reply, status, code int, message string) {
	t.Helper()
	want := fmt.Sprintf(`{"errors":[{"code":%d,"message":%q}],"messages":[],"result":null,"success":false}`, code, message)
	if r.status != status || string(r.raw) != want {
		t.Errorf("answer = %d %s, want %d %s", r.status, r.raw, status, want)
	}
}
