// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestTransportStopsWithTheContext(t *testing.T) {
	t.Parallel()
	type test struct {
		fault  fake.Fault
		within time.Duration
		logged int
	}
	each(t, map[string]test{
		"already canceled":          {fake.Fault{}, 0, 0},
		"before the headers":        {fake.Fault{Delay: time.Hour}, time.Minute, 1},
		"in the middle of the body": {fake.Fault{DelayBody: time.Hour}, time.Minute, 1},
	}, func(t *testing.T, test test) {
		c := withScenario(t, fake.Immediate())
		c.server.Inject(test.fault)
		ctx, cancel := context.WithTimeout(t.Context(), test.within)
		defer cancel()
		start := time.Now()
		_, err := c.try(c.request(http.MethodGet, domainPath, "").WithContext(ctx))
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != test.within {
			t.Errorf("error after %s = %v, want the deadline's after %s", time.Since(start), err, test.within)
		}
		if got := len(c.server.Requests()); got != test.logged {
			t.Errorf("%d requests, want %d", got, test.logged)
		}
	})
}

func TestTransportReturnsNoAnswerAfterTheContextEnds(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	ctx, cancel := context.WithCancel(t.Context())
	c.server.Inject(fake.Fault{Status: http.StatusBadGateway, Hook: func(*fake.Server) { cancel() }})
	res, err := c.transport.RoundTrip(c.request(http.MethodGet, domainPath, "").WithContext(ctx))
	if !errors.Is(err, context.Canceled) {
		_ = res.Body.Close()
		t.Errorf("the answer is %s, %v; want context canceled", res.Status, err)
	}
}

func TestClosedBodyCannotBeRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, start := withScenario(t, fake.Immediate()), time.Now()
		c.server.Inject(fake.Fault{DelayBody: time.Hour})
		res, err := c.transport.RoundTrip(c.request(http.MethodGet, domainPath, ""))
		if err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Minute, func() { _ = res.Body.Close() })
		if _, err := io.ReadAll(res.Body); !errors.Is(err, http.ErrBodyReadAfterClose) || time.Since(start) != time.Minute {
			t.Errorf("error after %s = %v, want %v after 1m", time.Since(start), err, http.ErrBodyReadAfterClose)
		}
	})
}
