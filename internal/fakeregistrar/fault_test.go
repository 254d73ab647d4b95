// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestBrokenConnections(t *testing.T) {
	// A socket's connection is already open, so the fake resets it instead of refusing it.
	t.Parallel()
	tests := map[string]struct {
		fault        fake.Fault
		want, socket error
		acted        bool
		logged       int
	}{
		"a refused connection":             {fake.Fault{Refuse: true}, syscall.ECONNREFUSED, syscall.ECONNRESET, false, 0},
		"a reset before the server acts":   {fake.Fault{ResetBefore: true}, syscall.ECONNRESET, syscall.ECONNRESET, false, 1},
		"a reset after the server acts":    {fake.Fault{ResetAfter: true}, syscall.ECONNRESET, syscall.ECONNRESET, true, 1},
		"a truncated body":                 {fake.Fault{Truncate: 10}, io.ErrUnexpectedEOF, io.ErrUnexpectedEOF, true, 1},
		"a delayed body":                   {fake.Fault{DelayBody: time.Millisecond}, nil, nil, true, 1},
		"a body with trailing white space": {fake.Fault{Endless: 1 << 20}, nil, nil, true, 1},
	}
	for name, test := range tests {
		for way, want := range map[string]error{"in memory": test.want, "over a socket": test.socket} {
			t.Run(name+" "+way, func(t *testing.T) {
				t.Parallel()
				c := withScenario(t, fake.Immediate())
				if way == "over a socket" {
					c.overSocket()
				}
				c.server.Inject(test.fault)
				if err := c.tryTurnOn(); !errors.Is(err, want) {
					t.Errorf("error = %v, want %v", err, want)
				}
				if log := c.server.Requests(); c.autoRenew() != test.acted || len(log) != test.logged {
					t.Errorf("acted = %t, log = %+v, want %t and %d", c.autoRenew(), log, test.acted, test.logged)
				}
				wantStatus(t, c.get(domainPath), http.StatusOK)
			})
		}
	}
}

func TestActLaterDelaysTheEffect(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Slow(10*time.Second))
		c.server.Inject(fake.Fault{ActLater: 5 * time.Second})
		if err := c.tryTurnOn(); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("error = %v, want a reset", err)
		}
		c.wantTimeline("4.999s 404 off, 5s pending off, 14.999s in_progress off, 15s succeeded on")
	})
}

func TestFaultsMatchRequests(t *testing.T) {
	t.Parallel()
	type test struct {
		fault fake.Fault
		want  string
	}
	each(t, map[string]test{
		"once":                                 {fake.Fault{}, "500 503 503 503"},
		"twice":                                {fake.Fault{Times: 2}, "500 500 503 503"},
		"always":                               {fake.Fault{Times: -1}, "500 500 500 500"},
		"after some requests":                  {fake.Fault{After: 2}, "503 503 500 503"},
		"another method":                       {fake.Fault{Method: http.MethodPatch}, "503 503 503 503"},
		"a regular expression":                 {fake.Fault{Path: "^/accounts/[^/]+/registrar/.*com$"}, "500 503 503 503"},
		"a regular expression without a match": {fake.Fault{Path: "^/zones"}, "503 503 503 503"},
		"a path with a regexp character":       {fake.Fault{Path: "example?com"}, "503 503 503 503"},
	}, func(t *testing.T, test test) {
		c := withScenario(t, fake.Immediate())
		test.fault.Status = http.StatusInternalServerError
		c.server.Inject(test.fault)
		c.server.Inject(fake.Fault{Status: http.StatusServiceUnavailable, Times: -1}) // the oldest fault applies first
		got := fmt.Sprint(c.get(domainPath).status, c.get(domainPath).status, c.get(domainPath).status, c.get(domainPath).status)
		if got != test.want {
			t.Errorf("answers = %s, want %s", got, test.want)
		}
		c.server.ClearFaults()
		wantStatus(t, c.get(domainPath), http.StatusOK)
	})
}

func TestStaleShowsTheValueBeforeTheUpdate(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.turnOn()
	c.server.Inject(fake.Fault{Method: http.MethodGet, Stale: true})
	if stale, fresh := decode[registration](t, c.get(domainPath)), decode[registration](t, c.get(domainPath)); stale.AutoRenew || !fresh.AutoRenew {
		t.Errorf("values = %t and %t, want the old one and then the new one", stale.AutoRenew, fresh.AutoRenew)
	}
}
