// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
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
		"already canceled":   {fake.Fault{}, 0, 0},
		"before the headers": {fake.Fault{Delay: time.Hour}, time.Minute, 1},
		"before the body":    {fake.Fault{DelayBody: time.Hour}, time.Minute, 1},
	}, func(t *testing.T, test test) {
		c := withScenario(t, fake.Immediate())
		c.server.Inject(test.fault)
		ctx, cancel := context.WithTimeout(t.Context(), test.within)
		defer cancel()
		start := time.Now()
		_, err := c.try(c.request(http.MethodGet, domainPath, "").WithContext(ctx))
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != test.within {
			t.Errorf("error after %s = %v, want deadline exceeded after %s", time.Since(start), err, test.within)
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
	if err == nil {
		_ = res.Body.Close()
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context canceled", err)
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

func TestDelayedBodyIsComplete(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, start := withScenario(t, fake.Immediate()), time.Now()
		c.server.Inject(fake.Fault{DelayBody: time.Minute, Endless: 1 << 20})
		r := c.get(domainPath)
		if length := r.header.Get("Content-Length"); time.Since(start) != time.Minute || length != strconv.Itoa(len(r.raw)) {
			t.Errorf("%d bytes after %s, want %s after 1m", len(r.raw), time.Since(start), length)
		}
	})
}

func TestAnswersAreEqualInMemoryAndOverASocket(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fake.Fault{
		"a registration":   {},
		"a 429":            {Status: http.StatusTooManyRequests, Body: "<html>", Header: http.Header{"Retry-After": {"30"}}},
		"a changed body":   {Rewrite: func([]byte) []byte { return []byte("{}") }, Endless: 100},
		"a truncated body": {Truncate: 10},
	} {
		var answers []string
		for _, socket := range []bool{false, true} {
			c := withScenario(t, fake.Immediate(), fake.WithRateLimit(fake.PublishedRateLimit()))
			if socket {
				c.overSocket()
			}
			c.server.Inject(fault)
			r, err := c.try(c.request(http.MethodGet, domainPath, ""))
			r.header.Del("Date")
			answers = append(answers, fmt.Sprintf("%d %v %d bytes %s %v", r.status, r.header, r.length, r.raw, err))
		}
		if answers[0] != answers[1] {
			t.Errorf("%s: in memory %s, over a socket %s", name, answers[0], answers[1])
		}
	}
}

func TestHeadersArriveBeforeTheBody(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fake.Fault{"delayed": {DelayBody: time.Hour}, "endless": {Endless: 1 << 30}} {
		for _, socket := range []bool{false, true} {
			c := withScenario(t, fake.Immediate())
			if socket {
				c.overSocket()
			}
			c.server.Inject(fault)
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			res, err := c.transport.RoundTrip(c.request(http.MethodGet, domainPath, "").WithContext(ctx))
			if err != nil {
				t.Fatal(name, socket, err)
			}
			defer func() { _ = res.Body.Close() }()
			_, _ = io.CopyN(io.Discard, res.Body, min(fault.Endless, 1<<16)) // some of the endless body
			cancel()
			if _, err := io.Copy(io.Discard, res.Body); !errors.Is(err, context.Canceled) {
				t.Errorf("%s, over a socket %t: error = %v, want context canceled", name, socket, err)
			}
		}
	}
}
