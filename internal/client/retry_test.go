// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const half = 500 * time.Millisecond

func TestReadsRetry(t *testing.T) {
	t.Parallel()
	type row struct {
		fault  fake.Fault
		took   time.Duration // until the last request; each of our pauses varies by a fifth
		spread time.Duration
		sent   int
	}
	retryAfter := http.Header{"Retry-After": {"90"}}
	client.EachInFakeTime(t, map[string]row{
		"a reset":                       {fake.Fault{ResetBefore: true}, half, half / 5, 2},
		"a truncated body":              {fake.Fault{Truncate: 20}, half, half / 5, 2},
		"a gateway's page":              {fake.Fault{Status: 502, Body: html}, half, half / 5, 2},
		"a 503 with Retry-After: 0":     {fake.Fault{Status: 503, Body: html, Header: http.Header{"Retry-After": {"0"}}}, half, half / 5, 2},
		"no response within 30s":        {fake.Fault{Delay: time.Minute}, 30*time.Second + half, half / 5, 2},
		"a 429's Retry-After":           {fake.Fault{Status: 429, Body: html, Header: retryAfter, Times: 2}, 3 * time.Minute, 0, 3},
		"a truncated 429's Retry-After": {fake.Fault{Status: 429, Body: html, Truncate: 9, Header: retryAfter}, 90 * time.Second, 0, 2},
		"seven resets":                  {fake.Fault{ResetBefore: true, Times: 7}, half + 47*time.Second, 9500 * time.Millisecond, 8}, // 0.5+1+2+4+8+16+16
	}, func(t *testing.T, row row) {
		server := newServer()
		server.Inject(row.fault)
		if _, err := newClient(t, server.Transport()).Registration(t.Context(), exampleID()); err != nil {
			t.Fatal(err)
		}
		requests := server.Requests()
		took := requests[len(requests)-1].Time.Sub(requests[0].Time)
		if len(requests) != row.sent || took < row.took-row.spread || took > row.took+row.spread {
			t.Errorf("%d requests in %s, want %d in %s ± %s", len(requests), took, row.sent, row.took, row.spread)
		}
	})
}

func TestPauseBeyondDeadlineFailsAtOnce(t *testing.T) {
	t.Parallel()
	type row struct {
		header       http.Header
		wait, spread time.Duration
	}
	client.EachInFakeTime(t, map[string]row{
		"Retry-After in the response": {http.Header{"Retry-After": {"300"}}, 300 * time.Second, 0},
		"our own pause":               {nil, half, half / 5},
	}, func(t *testing.T, row row) {
		server := answering(http.StatusServiceUnavailable, html, row.header)
		ctx, cancel := context.WithTimeout(t.Context(), row.wait-row.spread)
		defer cancel()
		started := time.Now()
		_, err := newClient(t, server.Transport()).Registration(ctx, exampleID())
		if e := matchError(t, err, client.KindNotAPI, 503, ""); (e.RequiredWait-row.wait).Abs() > row.spread || time.Since(started) != 0 {
			t.Errorf("RequiredWait %s after %s, want %s ± %s at once", e.RequiredWait, time.Since(started), row.wait, row.spread)
		}
		wantRequests(t, server, 1)
	})
}

// errStop is the cause of a canceled operation.
var errStop = errors.New("the operation's time is up")

func TestCallEndsWithContext(t *testing.T) {
	// A canceled call returns at once, at any point. TestOneRequestPerCall covers deadlines.
	t.Parallel()
	type row struct {
		fault fake.Fault
		after time.Duration
		kind  client.Kind
		sent  int
	}
	client.EachInFakeTime(t, map[string]row{
		"before the first request":       {fake.Fault{}, 0, client.KindRateLimited, 0},
		"while the server is silent":     {fake.Fault{Delay: time.Minute}, 7 * time.Second, client.KindCanceled, 1},
		"while the body arrives":         {fake.Fault{DelayBody: time.Minute}, 7 * time.Second, client.KindCanceled, 1},
		"while a refusal's body arrives": {fake.Fault{Status: 403, Body: refusal, DelayBody: time.Minute}, 7 * time.Second, client.KindCanceled, 1},
		"during a pause":                 {fake.Fault{ResetBefore: true, Times: -1}, 5 * time.Second, client.KindCanceled, 4},
	}, func(t *testing.T, row row) {
		server := newServer()
		server.Inject(row.fault)
		ctx, cancel := context.WithCancelCause(t.Context())
		if row.after == 0 {
			cancel(errStop)
		}
		time.AfterFunc(row.after, func() { cancel(errStop) })
		started := time.Now()
		_, err := newClient(t, server.Transport()).Registration(ctx, exampleID())
		if e := clientError(t, err); e.Kind != row.kind || !errors.Is(err, errStop) || time.Since(started) != row.after {
			t.Errorf("error = %v (kind %d) after %s, want kind %d with the cause after %s", err, e.Kind, time.Since(started), row.kind, row.after)
		}
		wantRequests(t, server, row.sent)
	})
}
