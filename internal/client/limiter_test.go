// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// read reads one registration so many times, from so many workers at once.
func read(t *testing.T, c *client.Client, workers, times int) {
	t.Helper()
	jobs := make(chan struct{}, times)
	for range times {
		jobs <- struct{}{}
	}
	close(jobs)
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for range jobs {
				if _, err := c.Registration(t.Context(), exampleID()); err != nil {
					t.Errorf("a read failed: %v", err)
				}
			}
		})
	}
	running.Wait()
}

// arrivals is a registrar that is silent about limits and notes when requests reach it.
type arrivals struct {
	mu    sync.Mutex
	times []time.Time
	delay func() time.Duration // of the way there
	head  http.Header
}

func (a *arrivals) RoundTrip(request *http.Request) (*http.Response, error) {
	if a.delay != nil {
		time.Sleep(a.delay())
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.times = append(a.times, time.Now())
	const body = `{"success":true,"result":{"domain_name":"example.com","auto_renew":true}}`
	return &http.Response{StatusCode: http.StatusOK, Header: a.head, Body: io.NopCloser(strings.NewReader(body)), Request: request}, nil
}

// most is the largest number of arrivals in any five minutes.
func (a *arrivals) most() int {
	slices.SortFunc(a.times, time.Time.Compare)
	largest, first := 0, 0
	for last, at := range a.times {
		for at.Sub(a.times[first]) > 5*time.Minute {
			first++
		}
		largest = max(largest, last-first+1)
	}
	return largest
}

func TestASilentServerNeverGetsMoreThanThePublishedLimit(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{10, 50} {
		t.Run(fmt.Sprintf("from %d workers", workers), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := &arrivals{delay: func() time.Duration { return rand.N(time.Second) }}
				started := time.Now()
				read(t, newClient(t, server), workers, 5000)
				if got := server.most(); got > 1200 {
					t.Errorf("%d requests within five minutes, want 1200 at most", got)
				}
				// (5000 - 588) / 2 s = 36m46s
				if got := time.Since(started); got > 38*time.Minute {
					t.Errorf("5000 requests took %s, want no more caution than needed", got)
				}
			})
		})
	}
}

func TestWhoIsFarFromTheLimitPaysNothing(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]fake.Option{
		"where the server is silent":   nil,
		"where it says what is left":   {fake.WithRateLimit(fake.PublishedRateLimit())},
		"where it counts but is still": {fake.WithRateLimit(fake.RateLimit{Quota: 1200, Window: 5 * time.Minute, Lockout: 5 * time.Minute})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := newServer(fake.Immediate(), opts...)
				started := time.Now()
				read(t, newClient(t, server.Transport()), 10, 500)
				if got := time.Since(started); got != 0 {
					t.Errorf("500 requests were held back for %s", got)
				}
			})
		})
	}
}

// refused is how many requests a server answered with 429.
func refused(server *fake.Server) int {
	return len(slices.DeleteFunc(server.Requests(), func(r fake.Request) bool { return r.Status != http.StatusTooManyRequests }))
}

func TestAServerThatSaysWhatIsLeftNeverHasToRefuse(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		workers int
		limit   fake.RateLimit
		atMost  time.Duration
	}{
		"the published limit, 10 workers": {10, fake.PublishedRateLimit(), 8 * time.Minute},
		"the published limit, 50 workers": {50, fake.PublishedRateLimit(), 8 * time.Minute},
		"a narrow one, 10 workers":        {10, fake.RateLimit{Quota: 100, Window: 10 * time.Second, Lockout: 5 * time.Minute, Headers: true}, 6 * time.Minute},
		"a wide one, 50 workers":          {50, fake.RateLimit{Quota: 10_000, Window: 5 * time.Minute, Lockout: 5 * time.Minute, Headers: true}, time.Minute},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := newServer(fake.Immediate(), fake.WithRateLimit(test.limit), fake.WithLatency(100*time.Millisecond))
				started := time.Now()
				read(t, newClient(t, server.Transport()), test.workers, 2000)
				if got := refused(server); got != 0 {
					t.Errorf("%d requests were refused, want none", got)
				}
				if got := time.Since(started); got > test.atMost {
					t.Errorf("2000 requests took %s, want %s at most", got, test.atMost)
				}
			})
		})
	}
}

// Two runs with one token know nothing of each other but what the server says is left.
func TestTwoProcessesWithOneTokenBothGetThrough(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(fake.Immediate(), fake.WithRateLimit(fake.PublishedRateLimit()), fake.WithLatency(100*time.Millisecond))
		var processes sync.WaitGroup
		for range 2 {
			processes.Go(func() { read(t, newClient(t, server.Transport()), 10, 1000) })
		}
		processes.Wait()
		if got := refused(server); got != 0 {
			t.Errorf("%d requests were refused, want none", got)
		}
	})
}

func TestSeveralClientsShareOneBudget(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server, limiter := &arrivals{}, client.NewLimiter()
		share := func(c *client.Config) { c.Limiter = limiter }
		var clients sync.WaitGroup
		for range 3 {
			clients.Go(func() { read(t, newClient(t, server, share), 10, 500) })
		}
		clients.Wait()
		if got := server.most(); got > 1200 {
			t.Errorf("%d requests within five minutes, want 1200 at most", got)
		}
	})
}

// A gateway on the way knows nothing of the limit, which is there all the same.
func TestAnAnswerThatSaysNothingForgetsNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(fake.Immediate(), fake.WithRateLimit(fake.PublishedRateLimit()))
		c := newClient(t, server.Transport())
		server.Inject(fake.Fault{After: 1000, Status: http.StatusBadGateway, Body: html, Times: 300})
		read(t, c, 50, 1500)
		if got := refused(server); got != 0 {
			t.Errorf("%d requests were refused, want none", got)
		}
	})
}

func TestSeveralLimitsHoldAtOnce(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		header http.Header
		wait   time.Duration
	}{
		"all of them far":                    {http.Header{"Ratelimit": {`"a";r=1000;t=60, "b";r=900;t=10`}}, 0},
		"one of them used up":                {http.Header{"Ratelimit": {`"a";r=1000;t=60, "b";r=0;t=10`}}, 10 * time.Second},
		"the other used up":                  {http.Header{"Ratelimit": {`"a";r=0;t=60, "b";r=900;t=10`}}, 60 * time.Second},
		"both used up":                       {http.Header{"Ratelimit": {`"a";r=0;t=60, "b";r=0;t=10`}}, 60 * time.Second},
		"one left to the reserve for others": {http.Header{"Ratelimit": {`"a";r=12;t=60`}}, 60 * time.Second},
		"one above the reserve":              {http.Header{"Ratelimit": {`"a";r=13;t=60`}}, 0},
		"a small one has no reserve":         {http.Header{"Ratelimit": {`"a";r=1;t=60`}, "Ratelimit-Policy": {`"a";q=50;w=60`}}, 0},
		"words that say nothing":             {http.Header{"Ratelimit": {`plenty`}}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := &arrivals{head: test.header}
				c := newClient(t, server)
				read(t, c, 1, 2)
				if got := server.times[1].Sub(server.times[0]); got != test.wait {
					t.Errorf("the second request came after %s, want %s", got, test.wait)
				}
			})
		})
	}
}
