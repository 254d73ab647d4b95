// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// read reads one registration this many times, with this many workers.
func read(t *testing.T, c *client.Client, workers, times int) {
	t.Helper()
	var running errgroup.Group
	running.SetLimit(workers)
	for range times {
		running.Go(func() error {
			_, err := c.Registration(t.Context(), exampleID())
			return err
		})
	}
	if err := running.Wait(); err != nil {
		t.Errorf("a read failed: %v", err)
	}
}

// take waits until a request can be sent, responds at once with these headers, and returns the time.
func take(t *testing.T, limiter *client.Limiter, header http.Header) time.Time {
	t.Helper()
	observe, err := limiter.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	observe(header, http.StatusOK)
	return time.Now()
}

func ratelimit(limits string) http.Header { return http.Header{"Ratelimit": {limits}} }

func TestPublishedLimitAppliesWithoutHeaders(t *testing.T) {
	// In any five minutes the server gets at most 1,200 requests, at any latency.
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter, started := client.NewLimiter(), time.Now()
		server := newServer()
		transport := transportFunc(func(request *http.Request) (*http.Response, error) {
			time.Sleep(rand.N(time.Second))
			return server.Transport().RoundTrip(request)
		})
		var clients sync.WaitGroup
		for range 2 {
			clients.Go(func() { read(t, newClient(t, transport, func(c *client.Config) { c.Limiter = limiter }), 25, 2500) })
		}
		clients.Wait()
		requests := server.Requests()
		for i := range len(requests) - 1200 {
			if took := requests[i+1200].Time.Sub(requests[i].Time); took <= 5*time.Minute {
				t.Fatalf("1201 requests within %s", took)
			}
		}
		if got := time.Since(started); got > 38*time.Minute { // (5000 - 588) / 2 s = 36m46s
			t.Errorf("5000 requests took %s, want 38m at most", got)
		}
	})
}

func TestRatelimitHeadersPreventRefusals(t *testing.T) {
	t.Parallel()
	type row struct {
		processes, workers int // processes that share a token and coordinate only through the headers
		limit              fake.RateLimit
		fault              fake.Fault
		atMost             time.Duration
	}
	gateway := fake.Fault{After: 1000, Status: http.StatusBadGateway, Body: html, Times: 300}
	client.EachInFakeTime(t, map[string]row{
		"the published limit, 50 workers":     {1, 50, fake.PublishedRateLimit(), fake.Fault{}, 8 * time.Minute},
		"the published limit, 2 processes":    {2, 10, fake.PublishedRateLimit(), fake.Fault{}, 10 * time.Minute},
		"a low limit, 10 workers":             {1, 10, fake.RateLimit{Quota: 100, Window: 10 * time.Second, Lockout: 5 * time.Minute, Headers: true}, fake.Fault{}, 6 * time.Minute},
		"a gateway without Ratelimit headers": {1, 50, fake.PublishedRateLimit(), gateway, 10 * time.Minute},
	}, func(t *testing.T, row row) {
		server := newServer(fake.WithRateLimit(row.limit), fake.WithLatency(100*time.Millisecond))
		server.Inject(row.fault)
		started := time.Now()
		var processes sync.WaitGroup
		for range row.processes {
			processes.Go(func() { read(t, newClient(t, server.Transport()), row.workers, 2000/row.processes) })
		}
		processes.Wait()
		if slices.ContainsFunc(server.Requests(), func(r fake.Request) bool { return r.Status == http.StatusTooManyRequests }) {
			t.Error("a request was refused")
		}
		if got := time.Since(started); got > row.atMost {
			t.Errorf("2000 requests took %s, want %s at most", got, row.atMost)
		}
	})
}

func TestLimiterCountsRequestsBetweenResponses(t *testing.T) {
	// Four requests are sent before the reset, evenly spaced, and the fifth shortly after it. By then a new window
	// has begun, so the next one is sent at once.
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := client.NewLimiter()
		started := take(t, limiter, ratelimit(`"default";r=16;t=1`))
		for i, want := range []time.Duration{200 * time.Millisecond, 400 * time.Millisecond, 600 * time.Millisecond, 800 * time.Millisecond, 1050 * time.Millisecond, 1050 * time.Millisecond} {
			if got := take(t, limiter, http.Header{}).Sub(started); got != want {
				t.Errorf("request %d was sent after %s, want %s", i+1, got, want)
			}
		}
	})
}

func TestResponseWithoutHeadersKeepsLimit(t *testing.T) {
	t.Parallel()
	limiter := client.NewLimiter()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	older, _ := limiter.Wait(ctx)
	newer, _ := limiter.Wait(ctx)
	newer(http.Header{}, http.StatusBadGateway)
	older(ratelimit(`"default";r=0;t=300`), http.StatusOK)
	if _, err := limiter.Wait(ctx); err == nil {
		t.Error("a request can be sent; want it blocked by the older response's limit")
	}
}

func TestHeadersDelayTheNextRequest(t *testing.T) {
	t.Parallel()
	type row struct {
		limits, policies string
		wait             time.Duration
	}
	client.EachInFakeTime(t, map[string]row{
		"until the reset of a used-up limit":       {`"a";r=1000;t=60, "b";r=0;t=10`, ``, 10 * time.Second},
		"until the later of two resets":            {`"a";r=0;t=60, "b";r=0;t=10`, ``, 60 * time.Second},
		"until the reset with a hundredth left":    {`"a";r=12;t=60`, ``, 60 * time.Second},
		"half of the time with one usable request": {`"a";r=13;t=60`, ``, 30 * time.Second},
		"a share of the time with half left":       {`"a";r=600;t=59`, ``, 59 * time.Second / 589},
		"not at all with more than half left":      {`"a";r=601;t=59`, ``, 0},
		"half of the time with a small quota":      {`"a";r=1;t=60`, `"a";q=50;w=60`, 30 * time.Second},
	}, func(t *testing.T, row row) {
		limiter := client.NewLimiter()
		started := take(t, limiter, http.Header{"Ratelimit": {row.limits}, "Ratelimit-Policy": {row.policies}})
		if got := take(t, limiter, nil).Sub(started); got != row.wait {
			t.Errorf("the second request was sent after %s, want %s", got, row.wait)
		}
	})
}

func TestFailedRequestIsNotInFlight(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer()
		server.Inject(fake.Fault{ResetBefore: true})
		server.Inject(fake.Fault{Status: http.StatusOK, Body: inProgress, Header: ratelimit(`"default";r=13;t=60`)})
		c, started := newClient(t, server.Transport()), time.Now()
		for range 3 {
			_, _ = c.PollUpdate(t.Context(), exampleID(), nil) // its outcome is irrelevant
		}
		if got := time.Since(started); got != 30*time.Second {
			t.Errorf("the third request was sent after %s, want 30s", got)
		}
	})
}

func TestRequestsAreSentInOrder(t *testing.T) {
	// A canceled wait frees its place for the next.
	t.Parallel()
	client.EachInFakeTime(t, map[string][]int{
		"none":                nil,
		"the first":           {0},
		"one in between":      {4},
		"all before the last": {8, 7, 6, 5, 4, 3, 2, 1, 0},
	}, func(t *testing.T, canceled []int) {
		limiter, started := client.NewLimiter(), time.Now()
		for range 588 {
			take(t, limiter, nil)
		}
		if got := time.Since(started); got != 0 {
			t.Errorf("588 requests took %s, want no time", got)
		}
		var want, order []int
		sent := make(chan int, 10)
		var cancels [10]context.CancelFunc
		for i := range cancels {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			cancels[i] = cancel
			if !slices.Contains(canceled, i) {
				want = append(want, i)
			}
			go func() {
				if _, err := limiter.Wait(ctx); err == nil {
					sent <- i
				}
			}()
			synctest.Wait()
		}
		for _, i := range canceled {
			cancels[i]()
			synctest.Wait()
		}
		for range want {
			order = append(order, <-sent)
		}
		if took := time.Since(started).Round(time.Millisecond); !slices.Equal(order, want) || took != time.Duration(len(want))*half {
			t.Errorf("sent %v within %s, want %v at two a second", order, took, want)
		}
	})
}

func TestWaitEndsWhenQuotaIsAvailable(t *testing.T) {
	t.Parallel()
	type row struct {
		responses [2]http.Header // to the first two requests
		last      int            // the response that arrives a second later, while a third request waits
		wait      time.Duration
	}
	none, share, plenty := ratelimit(`"default";r=0;t=300`), ratelimit(`"default";r=13;t=300`), ratelimit(`"default";r=1000;t=300`)
	client.EachInFakeTime(t, map[string]row{
		"a newer response with quota":                  {[2]http.Header{none, plenty}, 1, time.Second},
		"headers that don't count the later request":   {[2]http.Header{share, {}}, 1, 300 * time.Second},
		"headers that don't count the earlier request": {[2]http.Header{{}, share}, 0, 300 * time.Second},
		"a newer response with quota after a low one":  {[2]http.Header{share, plenty}, 1, time.Second},
		"an older response with quota":                 {[2]http.Header{plenty, none}, 0, 300 * time.Second},
		"a lockout that is shorter than the first":     {[2]http.Header{{"Retry-After": {"60"}}, {"Retry-After": {"5"}}}, 1, time.Minute},
	}, func(t *testing.T, row row) {
		limiter := client.NewLimiter()
		var respond [2]func()
		for i, header := range row.responses {
			observe, _ := limiter.Wait(t.Context())
			status := http.StatusOK
			if header.Get("Retry-After") != "" {
				status = http.StatusTooManyRequests
			}
			respond[i] = func() { observe(header, status) }
		}
		respond[1-row.last]()
		time.AfterFunc(time.Second, respond[row.last])
		started := time.Now()
		if got := take(t, limiter, nil).Sub(started); got != row.wait {
			t.Errorf("the third request was sent after %s, want %s", got, row.wait)
		}
	})
}

func TestRetryAfterDelaysOtherRequests(t *testing.T) {
	// A Retry-After always applies to the request that got it. It delays others for at most the published five
	// minutes, and only if the response has no Ratelimit with requests left.
	t.Parallel()
	type row struct {
		retryAfter, limits string
		wait               time.Duration
	}
	client.EachInFakeTime(t, map[string]row{
		"all":                         {"60", ``, time.Minute},
		"all, for five minutes":       {"3600", ``, 5 * time.Minute},
		"none, because quota is left": {"3600", `"default";r=1100;t=300`, 0},
		"all, if one of two limits has none left": {"3600", `"default";r=1100;t=300, "b";r=0;t=10`, 5 * time.Minute},
		"all, if only a hundredth is left":        {"3600", `"default";r=12;t=10`, 5 * time.Minute},
		"all, until the window resets":            {"3600", `"default";r=0;t=400`, 400 * time.Second},
	}, func(t *testing.T, row row) {
		server, started := newServer(), time.Now()
		server.Inject(fake.Fault{Status: 429, Body: refusal, Header: http.Header{"Retry-After": {row.retryAfter}, "Ratelimit": {row.limits}}})
		c := newClient(t, server.Transport())
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		_, err := c.Registration(ctx, exampleID())
		if e := clientError(t, err); fmt.Sprint(e.RequiredWait.Seconds()) != row.retryAfter || time.Since(started) != 0 {
			t.Errorf("RequiredWait = %s after %s; want %s s at once", e.RequiredWait, time.Since(started), row.retryAfter)
		}
		read(t, c, 1, 1)
		if got := server.Requests()[1].Time.Sub(started); got != row.wait {
			t.Errorf("another request was sent after %s, want %s", got, row.wait)
		}
	})
}

func TestWaitFailsAtOnceIfDeadlineIsTooSoon(t *testing.T) {
	// A request that can't be sent in time fails at once, even behind others that wait.
	t.Parallel()
	type row struct {
		header       http.Header
		status       int
		ahead        int // callers without a deadline
		time         time.Duration
		requiredWait time.Duration // zero if the request is sent in time
	}
	client.EachInFakeTime(t, map[string]row{
		"behind a lockout":                           {http.Header{"Retry-After": {"300"}}, 429, 1, 4 * time.Minute, 300 * time.Second},
		"behind a lockout that ends in time":         {http.Header{"Retry-After": {"300"}}, 429, 1, 6 * time.Minute, 0},
		"behind one that is sent next":               {ratelimit(`"default";r=14;t=300`), 200, 1, 150 * time.Second, 200 * time.Second},
		"behind one, with time for both":             {ratelimit(`"default";r=14;t=300`), 200, 1, 201 * time.Second, 0},
		"behind all that can be sent before a reset": {ratelimit(`"default";r=14;t=300`), 200, 2, 250 * time.Second, 300 * time.Second},
		"behind one with half left":                  {ratelimit(`"default";r=600;t=589`), 200, 1, 1500 * time.Millisecond, 2 * time.Second},
		"behind one, without Ratelimit headers":      {http.Header{}, 200, 1, 900 * time.Millisecond, time.Second},
	}, func(t *testing.T, row row) {
		limiter, started := client.NewLimiter(), time.Now()
		for range 587 { // of the 588 that the published limit allows at once
			take(t, limiter, nil)
		}
		first, _ := limiter.Wait(t.Context())
		first(row.header, row.status)
		var others sync.WaitGroup
		for range row.ahead {
			others.Go(func() { take(t, limiter, http.Header{}) })
			synctest.Wait()
		}
		c := newClient(t, newServer().Transport(), func(c *client.Config) { c.Limiter = limiter })
		ctx, cancel := context.WithTimeout(t.Context(), row.time)
		defer cancel()
		_, err := c.PollUpdate(ctx, exampleID(), nil)
		if e := clientError(t, err); e.RequiredWait != row.requiredWait || e.RequiredWait > 0 && (e.Kind != client.KindRateLimited || time.Since(started) > 0) {
			t.Errorf("error = %v, RequiredWait %s after %s; want %s at once", err, e.RequiredWait, time.Since(started), row.requiredWait)
		}
		others.Wait()
	})
}
