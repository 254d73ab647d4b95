// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// pauses are the times between the requests that a server saw.
func pauses(server *fake.Server) []time.Duration {
	requests := server.Requests()
	var between []time.Duration
	for i := 1; i < len(requests); i++ {
		between = append(between, requests[i].Time.Sub(requests[i-1].Time))
	}
	return between
}

func TestReadsGoOnUntilTheyAreAnswered(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault  fake.Fault
		pauses []time.Duration // a fifth more or less
	}{
		"a reset":                      {fake.Fault{ResetBefore: true}, []time.Duration{500 * time.Millisecond}},
		"a body that ends too soon":    {fake.Fault{Truncate: 20}, []time.Duration{500 * time.Millisecond}},
		"a gateway's page":             {fake.Fault{Status: 502, Body: html}, []time.Duration{500 * time.Millisecond}},
		"the API's own 500":            {fake.Fault{Status: 500, Body: `{"success":false,"errors":[]}`}, []time.Duration{500 * time.Millisecond}},
		"a 503 that asks for nothing":  {fake.Fault{Status: 503, Body: html}, []time.Duration{500 * time.Millisecond}},
		"a 503 that asks for no pause": {fake.Fault{Status: 503, Body: html, Header: http.Header{"Retry-After": {"0"}}}, []time.Duration{500 * time.Millisecond}},
		"a 429 that asks for nothing":  {fake.Fault{Status: 429, Body: html}, []time.Duration{500 * time.Millisecond}},
		"no answer within 30s":         {fake.Fault{Delay: time.Minute}, []time.Duration{30500 * time.Millisecond}},
		"seven failures": {
			fake.Fault{ResetBefore: true, Times: 7},
			[]time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 16 * time.Second},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := newServer(fake.Immediate())
				server.Inject(test.fault)
				if _, err := newClient(t, server.Transport()).Registration(t.Context(), exampleID()); err != nil {
					t.Fatal(err)
				}
				got := pauses(server)
				if len(got) != len(test.pauses) {
					t.Fatalf("pauses = %s, want about %s", got, test.pauses)
				}
				for i, want := range test.pauses {
					spread := min(want, 16*time.Second) / 5
					if want > 30*time.Second {
						spread = 100 * time.Millisecond // the attempt's time limit does not vary
					}
					if got[i] < want-spread || got[i] > want+spread {
						t.Errorf("pause %d = %s, want %s to %s", i+1, got[i], want-spread, want+spread)
					}
				}
			})
		})
	}
}

func TestTheServersRetryAfterWinsOverOurs(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"a used-up quota": 429, "a busy server": 503} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := newServer(fake.Immediate())
				server.Inject(fake.Fault{Status: status, Body: html, Header: http.Header{"Retry-After": {"90"}}, Times: 2})
				started := time.Now()
				if _, err := newClient(t, server.Transport()).Registration(t.Context(), exampleID()); err != nil {
					t.Fatal(err)
				}
				if got := time.Since(started); got != 180*time.Second || len(server.Requests()) != 3 {
					t.Errorf("%d requests in %s, want 3 in exactly 3m", len(server.Requests()), got)
				}
			})
		})
	}
}

func TestAServerThatRefusesConnectionsIsGivenUpAfterHalfAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(fake.Immediate())
		server.Inject(fake.Fault{Times: -1, Refuse: true})
		started := time.Now()
		_, err := newClient(t, server.Transport()).Registration(t.Context(), exampleID())
		if e := problemOf(t, err); e.Kind != client.KindUnreachable || e.Status != 0 {
			t.Errorf("error = %v (kind %d), want it unreachable", err, e.Kind)
		}
		if got := time.Since(started); got != 30*time.Second {
			t.Errorf("given up after %s, want 30s", got)
		}
	})
}

func TestAServerThatStartsWithinHalfAMinuteIsReached(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(fake.Immediate())
		server.Inject(fake.Fault{Times: 5, Refuse: true})
		if _, err := newClient(t, server.Transport()).Registration(t.Context(), exampleID()); err != nil {
			t.Error(err)
		}
	})
}

func TestAPauseThatOutlastsTheDeadlineIsNotBegun(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		header  http.Header
		atLeast time.Duration
		atMost  time.Duration
		timeout time.Duration
	}{
		"the server's":            {http.Header{"Retry-After": {"300"}}, 300 * time.Second, 300 * time.Second, 299 * time.Second},
		"the server's, to a hair": {http.Header{"Retry-After": {"300"}}, 300 * time.Second, 300 * time.Second, 300 * time.Second},
		"ours":                    {nil, 400 * time.Millisecond, 600 * time.Millisecond, 300 * time.Millisecond},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := answering(http.StatusServiceUnavailable, html, test.header)
				ctx, cancel := context.WithTimeout(t.Context(), test.timeout)
				defer cancel()
				started := time.Now()
				_, err := newClient(t, server.Transport()).Registration(ctx, exampleID())
				e := problemOf(t, err)
				if e.RequiredWait < test.atLeast || e.RequiredWait > test.atMost || e.Kind != client.KindNotAPI || e.Status != 503 {
					t.Errorf("error = %v with RequiredWait %s, want the 503 with %s to %s", err, e.RequiredWait, test.atLeast, test.atMost)
				}
				if got := time.Since(started); got != 0 || len(server.Requests()) != 1 {
					t.Errorf("%d requests in %s, want one and the answer at once", len(server.Requests()), got)
				}
			})
		})
	}
}

// errStop stands for whatever ends an operation: a deadline with a name, or the user.
var errStop = errors.New("the operation's time is up")

// A cancelled caller must not wait for anything, wherever the client happens to be.
func TestWhoIsStoppedReturnsAtOnce(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault fake.Fault
		after time.Duration
		kind  client.Kind
	}{
		"before the first request":       {fake.Fault{}, 0, client.KindRateLimited},
		"while the server is silent":     {fake.Fault{Delay: time.Minute}, 7 * time.Second, client.KindCanceled},
		"while the body comes":           {fake.Fault{DelayBody: time.Minute}, 7 * time.Second, client.KindCanceled},
		"in a pause of ours":             {fake.Fault{ResetBefore: true, Times: -1}, 7 * time.Second, client.KindCanceled},
		"in a pause of the server's":     {fake.Fault{Status: 429, Body: html, Header: http.Header{"Retry-After": {"300"}}}, 7 * time.Second, client.KindCanceled},
		"while connections are refused":  {fake.Fault{Refuse: true, Times: -1}, 7 * time.Second, client.KindCanceled},
		"in the second of slow attempts": {fake.Fault{Delay: time.Hour, Times: -1}, 40 * time.Second, client.KindCanceled},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := newServer(fake.Immediate())
				server.Inject(test.fault)
				ctx, cancel := context.WithCancelCause(t.Context())
				defer cancel(nil)
				if test.after == 0 {
					cancel(errStop)
				}
				time.AfterFunc(test.after, func() { cancel(errStop) })
				started := time.Now()
				_, err := newClient(t, server.Transport()).Registration(ctx, exampleID())
				if e := problemOf(t, err); e.Kind != test.kind || !errors.Is(err, errStop) {
					t.Errorf("error = %v (kind %d), want kind %d with the reason", err, e.Kind, test.kind)
				}
				if got := time.Since(started); got != test.after {
					t.Errorf("returned after %s, want %s", got, test.after)
				}
			})
		})
	}
}

func TestADeadlineDuringAnAttemptIsNotTheAttempts(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fake.Fault{"silence": {Delay: time.Minute}, "half a body": {DelayBody: time.Minute}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := newServer(fake.Immediate())
				server.Inject(fault)
				ctx, cancel := context.WithTimeoutCause(t.Context(), 10*time.Second, errStop)
				defer cancel()
				started := time.Now()
				_, err := newClient(t, server.Transport()).Registration(ctx, exampleID())
				if e := problemOf(t, err); e.Kind != client.KindCanceled || !errors.Is(err, errStop) {
					t.Errorf("error = %v (kind %d), want it stopped with the reason", err, e.Kind)
				}
				if got := time.Since(started); got != 10*time.Second || len(server.Requests()) != 1 {
					t.Errorf("%d requests in %s, want one in 10s", len(server.Requests()), got)
				}
			})
		})
	}
}

func TestNamesAndAccountsAreCheckedBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	tests := map[string]client.DomainID{
		"no account":               {Name: "example.com"},
		"another path for account": {Account: "../zones", Name: "example.com"},
		"a template for account":   {Account: "{account_id}", Name: "example.com"},
		"another path for domain":  {Account: account, Name: "../example.com"},
		"an escape in the domain":  {Account: account, Name: "%2e%2e"},
		"a query in the domain":    {Account: account, Name: "example.com?x=1"},
		"a host below a domain":    {Account: account, Name: "www.example.com"},
		"upper case":               {Account: account, Name: "Example.com"},
		"a trailing dot":           {Account: account, Name: "example.com."},
		"letters outside ASCII":    {Account: account, Name: "münchen.de"},
		"a public suffix":          {Account: account, Name: "co.uk"},
	}
	for name, id := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(fake.Immediate())
			c := newClient(t, server.Transport())
			_, reading := c.Registration(t.Context(), id)
			_, setting := c.SetAutoRenew(t.Context(), id, true)
			_, looking := c.UpdateStatus(t.Context(), id)
			_, polling := c.PollUpdate(t.Context(), id, nil)
			for _, err := range []error{reading, setting, looking, polling} {
				if e := problemOf(t, err); e.Kind != client.KindInvalid {
					t.Errorf("error = %v (kind %d), want it invalid", err, e.Kind)
				}
			}
			if got := len(server.Requests()); got != 0 {
				t.Errorf("%d requests, want none", got)
			}
		})
	}
}

func TestADomainWithoutANameIsNotAnAccount(t *testing.T) {
	t.Parallel()
	server := newServer(fake.Immediate())
	_, err := newClient(t, server.Transport()).SetAutoRenew(t.Context(), client.DomainID{Account: account}, true)
	if e := problemOf(t, err); e.Kind != client.KindInvalid || len(server.Requests()) != 0 {
		t.Errorf("error = %v (kind %d) after %d requests, want it invalid without one", err, e.Kind, len(server.Requests()))
	}
}
