// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
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
	tests := map[string]struct {
		fault fake.Fault
		want  syscall.Errno
		acted bool
		seen  int
	}{
		"a refused connection reaches nobody": {fake.Fault{Refuse: true}, syscall.ECONNREFUSED, false, 0},
		"a reset before the server acts":      {fake.Fault{ResetBefore: true}, syscall.ECONNRESET, false, 1},
		"a reset after the server has acted":  {fake.Fault{ResetAfter: true}, syscall.ECONNRESET, true, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withScenario(t, fake.Immediate())
			c.server.Inject(test.fault)
			err := c.tryTurnOn()
			if _, is := errors.AsType[net.Error](err); !is || !errors.Is(err, test.want) {
				t.Errorf("error = %v, want a network error with %v", err, test.want)
			}
			if c.autoRenew() != test.acted || len(c.server.Requests()) != test.seen {
				t.Errorf("acted = %t, log = %+v", c.autoRenew(), c.server.Requests())
			}
			wantStatus(t, c.get(domainPath), http.StatusOK)
		})
	}
}

func TestActLaterTakesEffectInItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Slow(10*time.Second))
		c.server.Inject(fake.Fault{ActLater: 5 * time.Second})
		start := time.Now()
		if err := c.tryTurnOn(); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("error = %v, want a reset", err)
		}
		time.Sleep(5*time.Second - 1)
		wantStatus(t, c.get(statusPath), http.StatusNotFound)
		time.Sleep(time.Minute)
		w := decode[workflow](t, c.get(statusPath))
		if w.State != "succeeded" || !w.CreatedAt.Equal(start.Add(5*time.Second)) || !w.UpdatedAt.Equal(start.Add(15*time.Second)) {
			t.Errorf("workflow = %+v, want one that began after five seconds", w)
		}
		if !c.autoRenew() {
			t.Error("the late update had no effect")
		}
	})
}

func TestActLaterIgnoresWhatIsNoUpdate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Immediate())
		c.server.Inject(fake.Fault{ActLater: 1, Times: -1})
		for _, req := range []*http.Request{
			c.request(http.MethodGet, domainPath, ""),
			c.request(http.MethodPatch, "/zones", `{"auto_renew":true}`),
			c.request(http.MethodPatch, domainPath, `{}`),
		} {
			if _, err := c.try(req); !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("error = %v, want a reset", err)
			}
		}
		time.Sleep(time.Second)
		if c.autoRenew() {
			t.Error("auto-renew is on")
		}
	})
}

func TestCannedAnswers(t *testing.T) {
	t.Parallel()
	const page = "<html>Bad gateway</html>"
	for name, act := range map[string]bool{"before the server acts": false, "after the server has acted": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withScenario(t, fake.Immediate())
			c.server.Inject(fake.Fault{
				Method: http.MethodPatch, Path: "/example.com", Act: act, Status: http.StatusBadGateway, Body: page,
				Header: http.Header{"retry-after": {"7"}},
			})
			wantStatus(t, c.get(domainPath), http.StatusOK)
			res, err := c.server.Transport().RoundTrip(c.request(http.MethodPatch, domainPath, `{"auto_renew":true}`))
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(res.Body)
			if err = errors.Join(err, res.Body.Close()); err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != http.StatusBadGateway || string(body) != page || res.Header.Get("Retry-After") != "7" ||
				res.Header.Get("Content-Type") != "text/html; charset=utf-8" {
				t.Errorf("answer = %d %v %s", res.StatusCode, res.Header, body)
			}
			if c.autoRenew() != act {
				t.Errorf("acted = %t, want %t", c.autoRenew(), act)
			}
		})
	}
}

func TestSpoiltAnswers(t *testing.T) {
	t.Parallel()
	const result = `{"auto_renew":false,"created_at":"2024-01-01T00:00:00Z","domain_name":"example.com","expires_at":null,"locked":false,"privacy_mode":"redaction","status":"active"}`
	tests := map[string]struct {
		fault fake.Fault
		path  string
		want  string
	}{
		"a field left out":           {fake.Fault{OmitField: "auto_renew"}, domainPath, `{"errors":[],"messages":[],"result":{"created_at":"2024-01-01T00:00:00Z","domain_name":"example.com","expires_at":null,"locked":false,"privacy_mode":"redaction","status":"active"},"success":true}`},
		"a field of another type":    {fake.Fault{SetField: "auto_renew", Value: "yes"}, domainPath, `{"errors":[],"messages":[],"result":{"auto_renew":"yes","created_at":"2024-01-01T00:00:00Z","domain_name":"example.com","expires_at":null,"locked":false,"privacy_mode":"redaction","status":"active"},"success":true}`},
		"a field of the envelope":    {fake.Fault{SetField: "$.success", Value: false}, domainPath, `{"errors":[],"messages":[],"result":` + result + `,"success":false}`},
		"a field in a list":          {fake.Fault{OmitField: "0.locked"}, listPath, `{"errors":[],"messages":[],"result":[{"auto_renew":false,"created_at":"2024-01-01T00:00:00Z","domain_name":"example.com","expires_at":null,"privacy_mode":"redaction","status":"active"}],"result_info":{"count":1,"cursor":"","per_page":20},"success":true}`},
		"an entry of a list":         {fake.Fault{SetField: "0", Value: 7}, listPath, `{"errors":[],"messages":[],"result":[7],"result_info":{"count":1,"cursor":"","per_page":20},"success":true}`},
		"an entry that is not there": {fake.Fault{SetField: "9", Value: 7, OmitField: "x.y"}, listPath, `{"errors":[],"messages":[],"result":[` + result + `],"result_info":{"count":1,"cursor":"","per_page":20},"success":true}`},
		"a body of one's own":        {fake.Fault{Rewrite: bytes.ToUpper}, domainPath, `{"ERRORS":[],"MESSAGES":[],"RESULT":{"DOMAIN_NAME":"EXAMPLE.COM","STATUS":"ACTIVE","CREATED_AT":"2024-01-01T00:00:00Z","EXPIRES_AT":NULL,"AUTO_RENEW":FALSE,"PRIVACY_MODE":"REDACTION","LOCKED":FALSE},"SUCCESS":TRUE}`},
		"no JSON to spoil":           {fake.Fault{Act: true, Status: 200, Body: "ok", OmitField: "x"}, domainPath, `ok`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCaller(t, fake.WithDomain(fake.Domain{Name: domain, Account: account, CreatedAt: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}))
			c.server.Inject(test.fault)
			res, err := c.server.Transport().RoundTrip(c.request(http.MethodGet, test.path, ""))
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(res.Body)
			if err = errors.Join(err, res.Body.Close()); err != nil || string(body) != test.want {
				t.Errorf("body = %s, %v, want %s", body, err, test.want)
			}
		})
	}
}

func TestFaultsStrikeWhatTheyMatch(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault fake.Fault
		want  []int
	}{
		"once":                    {fake.Fault{}, []int{500, 200, 200, 200}},
		"so often":                {fake.Fault{Times: 2}, []int{500, 500, 200, 200}},
		"for ever":                {fake.Fault{Times: -1}, []int{500, 500, 500, 500}},
		"after some":              {fake.Fault{After: 2}, []int{200, 200, 500, 200}},
		"another method":          {fake.Fault{Method: http.MethodPatch}, []int{200, 200, 200, 200}},
		"a path's end":            {fake.Fault{Path: "/example.com"}, []int{500, 200, 200, 200}},
		"another path's end":      {fake.Fault{Path: "/update-status"}, []int{200, 200, 200, 200}},
		"a regular expression":    {fake.Fault{Path: "^/accounts/[^/]+/registrar/.*com$"}, []int{500, 200, 200, 200}},
		"another expression":      {fake.Fault{Path: "^/zones"}, []int{200, 200, 200, 200}},
		"a path that is no regex": {fake.Fault{Path: "example?com"}, []int{200, 200, 200, 200}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withScenario(t, fake.Immediate())
			test.fault.Status, test.fault.Body = http.StatusInternalServerError, "{}"
			c.server.Inject(test.fault)
			for i, want := range test.want {
				if r := c.get(domainPath); r.status != want {
					t.Errorf("request %d = %d, want %d", i, r.status, want)
				}
			}
		})
	}
}

func TestTheOldestFaultStrikesFirstAndAllCanBeCleared(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.server.Inject(fake.Fault{Status: 500, Body: "{}"})
	c.server.Inject(fake.Fault{Status: 503, Body: "{}", Times: -1})
	wantStatus(t, c.get(domainPath), 500)
	wantStatus(t, c.get(domainPath), 503)
	c.server.ClearFaults()
	wantStatus(t, c.get(domainPath), 200)
}

func TestStaleShowsTheValueBeforeTheUpdate(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.turnOn()
	c.server.Inject(fake.Fault{Method: http.MethodGet, Stale: true})
	if got := decode[registration](t, c.get(domainPath)); *got.AutoRenew {
		t.Error("a stale answer shows the new value")
	}
	if got := decode[registration](t, c.get(domainPath)); !*got.AutoRenew {
		t.Error("the answer after it shows the old value")
	}
}

func TestDelaysAndLatencyHonourTheClient(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Immediate(), fake.WithLatency(time.Second))
		c.server.Inject(fake.Fault{Delay: 2 * time.Second, DelayBody: 4 * time.Second})
		start := time.Now()
		res, err := c.server.Transport().RoundTrip(c.request(http.MethodGet, domainPath, ""))
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("headers after %s, want 3s", took)
		}
		if _, err := io.ReadAll(res.Body); err != nil || time.Since(start) != 7*time.Second {
			t.Errorf("body after %s, %v, want 7s", time.Since(start), err)
		}
		if err := res.Body.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestHookActsBeforeTheServer(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.server.Inject(fake.Fault{Method: http.MethodPatch, Hook: func(s *fake.Server) {
		s.StartScenario(account, domain, false, fake.Stuck())
	}})
	wantStatus(t, c.turnOn(), http.StatusConflict)
	c.wantViolations()
}

func TestTruncatedBody(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.server.Inject(fake.Fault{Truncate: 10})
	if _, err := c.try(c.request(http.MethodGet, domainPath, "")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("error = %v, want an unexpected end", err)
	}
}

func TestEndlessBodyCostsOnlyWhatIsRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Immediate())
		c.server.Inject(fake.Fault{Endless: 1 << 40})
		res, err := c.server.Transport().RoundTrip(c.request(http.MethodGet, domainPath, ""))
		if err != nil {
			t.Fatal(err)
		}
		if n, err := io.CopyN(io.Discard, res.Body, 1<<20); n != 1<<20 || err != nil {
			t.Errorf("read %d, %v", n, err)
		}
		if err := res.Body.Close(); err != nil {
			t.Error(err)
		}
	})
}
