// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	account = "023e105f4ecef8ad9ca31a8372d0c353"
	domain  = "example.com"

	listPath      = "/accounts/" + account + "/registrar/registrations"
	domainPath    = listPath + "/" + domain
	statusPath    = domainPath + "/update-status"
	oldStatusPath = domainPath + "/registration-status"
)

// each runs a subtest for each entry of a table.
func each[T any](t *testing.T, tests map[string]T, run func(t *testing.T, test T)) {
	t.Helper()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, test)
		})
	}
}

// eachInBubble runs a subtest in fake time for each entry of a table.
func eachInBubble[T any](t *testing.T, tests map[string]T, run func(t *testing.T, test T)) {
	t.Helper()
	each(t, tests, func(t *testing.T, test T) {
		synctest.Test(t, func(t *testing.T) { run(t, test) })
	})
}

// caller asks a server as a client would, without being ours.
type caller struct {
	t      *testing.T
	server *fakeregistrar.Server
	header http.Header
}

func newCaller(t *testing.T, opts ...fakeregistrar.Option) *caller {
	t.Helper()
	return &caller{t: t, server: fakeregistrar.New(opts...), header: http.Header{
		"Authorization": {"Bearer token-of-a-test"},
		"Content-Type":  {"application/json"},
	}}
}

// withScenario is a caller of a server with one domain, auto-renew off.
func withScenario(t *testing.T, sc fakeregistrar.Scenario, opts ...fakeregistrar.Option) *caller {
	t.Helper()
	return newCaller(t, append(opts, fakeregistrar.WithDomain(fakeregistrar.Domain{
		Name: domain, Account: account, Scenario: sc,
	}))...)
}

func (c *caller) request(method, path, body string) *http.Request {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method,
		"https://api.example.net"+fakeregistrar.BasePath+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header = c.header.Clone()
	return req
}

// reply is an answer, decoded as far as tests look at it.
type reply struct {
	status int
	header http.Header
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
	c.t.Helper()
	res, err := c.server.Transport().RoundTrip(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return reply{}, err
	}
	r := reply{status: res.StatusCode, header: res.Header, raw: raw}
	_ = json.Unmarshal(raw, &r.body) // a fault's body may be no JSON
	return r, nil
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

func (c *caller) turnOn() reply {
	c.t.Helper()
	return c.do(http.MethodPatch, domainPath, `{"auto_renew":true}`)
}

// workflow is a workflow status as a client decodes it.
type workflow struct {
	Completed bool
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
	State     string
	Links     struct{ Self, Resource string }
	Context   json.RawMessage
	Error     json.RawMessage
}

type registration struct {
	DomainName string `json:"domain_name"`
	Status     string
	ExpiresAt  *time.Time `json:"expires_at"`
	AutoRenew  *bool      `json:"auto_renew"`
}

func decode[T any](t *testing.T, r reply) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(r.body.Result, &v); err != nil {
		t.Fatalf("%v in %s", err, r.raw)
	}
	return v
}

// autoRenew is the truth about the one domain.
func (c *caller) autoRenew() bool {
	d, _ := c.server.Registration(account, domain)
	return d.AutoRenew
}

func (c *caller) wantViolations(want ...string) {
	c.t.Helper()
	got := c.server.Violations()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		c.t.Errorf("violations:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
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
