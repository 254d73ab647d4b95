// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func (c *caller) tryTurnOn() error {
	c.t.Helper()
	_, err := c.try(c.request(http.MethodPatch, domainPath, `{"auto_renew":true}`))
	return err
}

func TestBrokenConnections(t *testing.T) {
	t.Parallel()
	type test struct {
		fault fake.Fault
		want  error
		acted bool
		seen  int
	}
	each(t, map[string]test{
		"a refused connection reaches nobody": {fake.Fault{Refuse: true}, syscall.ECONNREFUSED, false, 0},
		"a reset before the server acts":      {fake.Fault{ResetBefore: true}, syscall.ECONNRESET, false, 1},
		"a reset after the server has acted":  {fake.Fault{ResetAfter: true}, syscall.ECONNRESET, true, 1},
		"a body that is cut":                  {fake.Fault{Truncate: 10}, io.ErrUnexpectedEOF, true, 1},
	}, func(t *testing.T, test test) {
		c := withScenario(t, fake.Immediate())
		c.server.Inject(test.fault)
		if err := c.tryTurnOn(); !errors.Is(err, test.want) {
			t.Errorf("error = %v, want %v", err, test.want)
		}
		if c.autoRenew() != test.acted || len(c.server.Requests()) != test.seen {
			t.Errorf("acted = %t, log = %+v", c.autoRenew(), c.server.Requests())
		}
		wantStatus(t, c.get(domainPath), http.StatusOK)
	})
}

func TestActLaterTakesEffectInItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Slow(10*time.Second))
		c.server.Inject(fake.Fault{ActLater: 5 * time.Second, Times: -1})
		for _, req := range []*http.Request{ // none of them is an update, but the last
			c.request(http.MethodGet, domainPath, ""),
			c.request(http.MethodPatch, "/zones", `{"auto_renew":true}`),
			c.request(http.MethodPatch, domainPath, `{}`),
			c.request(http.MethodPatch, domainPath, `{"auto_renew":true}`),
		} {
			if _, err := c.try(req); !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("error = %v, want a reset", err)
			}
		}
		c.server.ClearFaults()
		c.wantLooks("4.999s 404 off, 5s pending off, 14.999s in_progress off, 15s succeeded on")
	})
}

func TestCannedAnswers(t *testing.T) {
	t.Parallel()
	const page = "<html>Bad gateway</html>"
	for _, act := range []bool{false, true} {
		c := withScenario(t, fake.Immediate())
		c.server.Inject(fake.Fault{Act: act, Status: http.StatusBadGateway, Body: page, Header: http.Header{"retry-after": {"7"}}})
		r := c.turnOn()
		if r.status != http.StatusBadGateway || string(r.raw) != page || r.header.Get("Retry-After") != "7" ||
			r.header.Get("Content-Type") != "text/html; charset=utf-8" || c.autoRenew() != act {
			t.Errorf("answer = %d %v %s, acted = %t, want %t", r.status, r.header, r.raw, c.autoRenew(), act)
		}
	}
}

func TestSpoiltAnswers(t *testing.T) {
	t.Parallel()
	const (
		ok     = `{"errors":[],"messages":[],"result":%s,"success":true}`
		list   = `{"errors":[],"messages":[],"result":[%s],"result_info":{"count":1,"cursor":"","per_page":20},"success":true}`
		result = `{"auto_renew":false,"created_at":"2024-01-01T00:00:00Z","domain_name":"example.com","expires_at":null,"locked":false,"privacy_mode":"redaction","status":"active"}`
	)
	type test struct {
		fault fake.Fault
		path  string
		want  string
	}
	each(t, map[string]test{
		"a field left out":           {fake.Fault{OmitField: "auto_renew"}, domainPath, fmt.Sprintf(ok, strings.Replace(result, `"auto_renew":false,`, "", 1))},
		"a field of another type":    {fake.Fault{SetField: "auto_renew", Value: "yes"}, domainPath, fmt.Sprintf(ok, strings.Replace(result, "false", `"yes"`, 1))},
		"a field of the envelope":    {fake.Fault{SetField: "$.success", Value: false}, domainPath, strings.Replace(fmt.Sprintf(ok, result), `"success":true`, `"success":false`, 1)},
		"a field in a list":          {fake.Fault{OmitField: "0.locked"}, listPath, fmt.Sprintf(list, strings.Replace(result, `"locked":false,`, "", 1))},
		"an entry of a list":         {fake.Fault{SetField: "0", Value: 7}, listPath, fmt.Sprintf(list, "7")},
		"an entry that is not there": {fake.Fault{SetField: "9", Value: 7, OmitField: "x.y"}, listPath, fmt.Sprintf(list, result)},
		"a field that is not there":  {fake.Fault{SetField: "x.y", Value: 7}, domainPath, fmt.Sprintf(ok, result)},
		"a body of one's own":        {fake.Fault{Rewrite: func([]byte) []byte { return bytes.ToUpper([]byte("ok")) }}, domainPath, "OK"},
		"no JSON to spoil":           {fake.Fault{Act: true, Status: 200, Body: "ok", OmitField: "x"}, domainPath, "ok"},
	}, func(t *testing.T, test test) {
		c := newCaller(t, fake.WithDomain(fake.Domain{Name: domain, Account: account, CreatedAt: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}))
		c.server.Inject(test.fault)
		if r := c.get(test.path); string(r.raw) != test.want {
			t.Errorf("body = %s, want %s", r.raw, test.want)
		}
	})
}

func TestFaultsStrikeWhatTheyMatch(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault fake.Fault
		want  string
	}{
		"once":                    {fake.Fault{}, "500 503 503 503"},
		"so often":                {fake.Fault{Times: 2}, "500 500 503 503"},
		"for ever":                {fake.Fault{Times: -1}, "500 500 500 500"},
		"after some":              {fake.Fault{After: 2}, "503 503 500 503"},
		"another method":          {fake.Fault{Method: http.MethodPatch}, "503 503 503 503"},
		"a path's end":            {fake.Fault{Path: "/example.com"}, "500 503 503 503"},
		"another path's end":      {fake.Fault{Path: "/update-status"}, "503 503 503 503"},
		"a regular expression":    {fake.Fault{Path: "^/accounts/[^/]+/registrar/.*com$"}, "500 503 503 503"},
		"another expression":      {fake.Fault{Path: "^/zones"}, "503 503 503 503"},
		"a path that is no regex": {fake.Fault{Path: "example?com"}, "503 503 503 503"},
	}
	for name, test := range tests {
		c := withScenario(t, fake.Immediate())
		test.fault.Status = http.StatusInternalServerError
		c.server.Inject(test.fault)
		c.server.Inject(fake.Fault{Status: http.StatusServiceUnavailable, Times: -1}) // the oldest strikes first
		got := fmt.Sprint(c.get(domainPath).status, c.get(domainPath).status, c.get(domainPath).status, c.get(domainPath).status)
		if got != test.want {
			t.Errorf("%s: answers = %s, want %s", name, got, test.want)
		}
		c.server.ClearFaults()
		wantStatus(t, c.get(domainPath), http.StatusOK)
	}
}

func TestStaleShowsTheValueBeforeTheUpdate(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.turnOn()
	c.server.Inject(fake.Fault{Method: http.MethodGet, Stale: true})
	stale, fresh := decode[registration](t, c.get(domainPath)), decode[registration](t, c.get(domainPath))
	if *stale.AutoRenew || !*fresh.AutoRenew {
		t.Errorf("values = %t and %t, want the old one and then the new one", *stale.AutoRenew, *fresh.AutoRenew)
	}
}

func TestDelaysAndLatency(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Immediate(), fake.WithLatency(time.Second))
		c.server.Inject(fake.Fault{Delay: 2 * time.Second, DelayBody: 4 * time.Second})
		start := time.Now()
		c.get(domainPath)
		if took, headers := time.Since(start), c.server.Requests()[0].Duration; took != 7*time.Second || headers != 3*time.Second {
			t.Errorf("headers after %s, body after %s, want 3s and 7s", headers, took)
		}
	})
}
