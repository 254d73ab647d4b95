// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// otherID is another domain of the same account.
func otherID() client.DomainID { return client.DomainID{Account: account, Name: "example.org"} }

var (
	invalidToken = errorsBody(`{"code":9109,"message":"Invalid access token"}`)
	wrongAccount = errorsBody(`{"code":9109,"message":"Invalid account identifier"}`)
	noRoute      = errorsBody(`{"code":7003,"message":"Could not route to /accounts/x"}`)
)

func TestFirstReportAndAffectsAll(t *testing.T) {
	// Two domains get the same response. Then the API accepts a request.
	t.Parallel()
	type row struct {
		status     int
		body       string
		firstAgain bool    // FirstReport of the second domain's error
		affectsAll [2]bool // of the two errors
		afterwards bool    // AffectsAll of the second error after the success
	}
	client.Each(t, map[string]row{
		"an outage":           {503, html, false, [2]bool{true, true}, false},
		"refused credentials": {403, invalidToken, false, [2]bool{false, true}, true},
		"a wrong account":     {400, wrongAccount, false, [2]bool{true, true}, true},
		"no route":            {404, noRoute, false, [2]bool{true, true}, true},
		"no permission":       {403, refusal, false, [2]bool{false, false}, false},
		"no such domain":      {404, refusal, true, [2]bool{false, false}, false},
		"a refused value":     {400, refusal, true, [2]bool{false, false}, false},
		"a proxy's page":      {403, html, true, [2]bool{false, false}, false},
	}, func(t *testing.T, row row) {
		server := newServer()
		server.Inject(fake.Fault{Times: 2, Status: row.status, Body: row.body})
		server.Inject(fake.Fault{Status: http.StatusOK, Body: inProgress})
		c := newClient(t, server.Transport())
		var failed [2]*client.Error
		for i, id := range []client.DomainID{exampleID(), otherID()} {
			_, err := c.PollUpdate(t.Context(), id, nil)
			failed[i] = clientError(t, err)
			if got := failed[i].AffectsAll(); got != row.affectsAll[i] {
				t.Errorf("%v: AffectsAll %t, want %t", err, got, row.affectsAll[i])
			}
			if got, want := failed[i].FirstReport(), i == 0 || row.firstAgain; got != want {
				t.Errorf("%v: FirstReport %t, want %t", err, got, want)
			}
		}
		if _, err := c.PollUpdate(t.Context(), exampleID(), nil); err != nil || failed[1].AffectsAll() != row.afterwards {
			t.Errorf("AffectsAll %t after a success, %v; want %t", failed[1].AffectsAll(), err, row.afterwards)
		}
	})
	made := client.Error{Kind: client.KindRefused, Status: http.StatusForbidden}
	if !made.FirstReport() {
		t.Error("FirstReport = false for an error that wasn't made by a Client")
	}
}

func TestRefusalsAfterSuccessAreNotAccountWide(t *testing.T) {
	t.Parallel()
	type row struct {
		method      string
		status      int
		body        string
		accountWide bool // after the same refusal of two domains
	}
	client.Each(t, map[string]row{
		"a success":                 {http.MethodGet, 200, inProgress, false},
		"no such domain":            {http.MethodGet, 404, refusal, false},
		"a refused value":           {http.MethodPatch, 400, refusal, false},
		"no permission":             {http.MethodGet, 403, refusal, true},
		"no permission for a PATCH": {http.MethodPatch, 403, refusal, true},
		"a proxy's page":            {http.MethodGet, 403, html, true},
	}, func(t *testing.T, row row) {
		server := newServer()
		server.Inject(fake.Fault{Status: row.status, Body: row.body})
		server.Inject(fake.Fault{Times: 2, Status: http.StatusForbidden, Body: invalidToken})
		c := newClient(t, server.Transport())
		_ = send(t.Context(), c, row.method)
		_, _ = c.PollUpdate(t.Context(), exampleID(), nil)
		_, err := c.PollUpdate(t.Context(), otherID(), nil)
		if e := clientError(t, err); e.AccountWide != row.accountWide {
			t.Errorf("%v: AccountWide %t, want %t", err, e.AccountWide, row.accountWide)
		}
	})
}

func TestFirstReadRunsAloneAfterRefusedList(t *testing.T) {
	t.Parallel()
	list := client.DomainID{Account: account}
	type row struct {
		before  []client.DomainID // earlier requests
		refused int               // the number of the refused one, from zero
		took    time.Duration     // by three concurrent reads, at one second per request
	}
	client.EachInFakeTime(t, map[string]row{
		"a refused list":                 {[]client.DomainID{list}, 0, 2 * time.Second},
		"a refused domain":               {[]client.DomainID{otherID()}, 0, time.Second},
		"a refused list, then a success": {[]client.DomainID{list, otherID()}, 0, time.Second},
		"a success, then a refused list": {[]client.DomainID{otherID(), list}, 1, time.Second},
	}, func(t *testing.T, row row) {
		server := newServer(fake.WithLatency(time.Second))
		server.Inject(fake.Fault{After: row.refused, Status: http.StatusForbidden, Body: refusal})
		c := newClient(t, server.Transport())
		for _, id := range row.before {
			if id == list {
				_ = listError(t, c, account)
			} else {
				_, _ = c.Registration(t.Context(), id)
			}
		}
		began := time.Now()
		read(t, c, 3, 3)
		if took := time.Since(began); took != row.took {
			t.Errorf("three reads took %s, want %s", took, row.took)
		}
	})
}

func TestDeadlineDuringRetryReturnsEarlierError(t *testing.T) {
	// After a 503, the API is silent until the context ends: at its deadline, or canceled after 10 s.
	t.Parallel()
	type row struct {
		deadline time.Duration
		cause    error
		kind     client.Kind
		status   int
		outage   bool // AffectsAll
	}
	client.EachInFakeTime(t, map[string]row{
		"a deadline":                           {7 * time.Second, nil, client.KindNotAPI, 503, true},
		"a deadline with a cause":              {7 * time.Second, errStop, client.KindNotAPI, 503, true},
		"a cancellation because of a deadline": {time.Hour, fmt.Errorf("stalled: %w", context.DeadlineExceeded), client.KindNotAPI, 503, true},
		"a cancellation":                       {time.Hour, errStop, client.KindCanceled, 0, false},
	}, func(t *testing.T, row row) {
		server := newServer()
		server.Inject(fake.Fault{Status: http.StatusServiceUnavailable, Body: html})
		server.Inject(fake.Fault{Delay: time.Hour})
		ctx, stop := context.WithTimeoutCause(t.Context(), row.deadline, row.cause)
		defer stop()
		ctx, cancel := context.WithCancelCause(ctx)
		time.AfterFunc(10*time.Second, func() { cancel(row.cause) })
		_, err := newClient(t, server.Transport()).Registration(ctx, exampleID())
		if e := matchError(t, err, row.kind, row.status, ""); e.AffectsAll() != row.outage {
			t.Errorf("%v: AffectsAll %t, want %t", err, e.AffectsAll(), row.outage)
		}
	})
}
