// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"context"
	"errors"
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
		server, budget := &arrivals{}, client.NewBudget()
		share := func(c *client.Config) { c.Budget = budget }
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

// usedUp is a client whose silent budget has nothing left, and what it talks to.
func usedUp(t *testing.T) (*client.Client, *arrivals) {
	t.Helper()
	server := &arrivals{}
	c := newClient(t, server)
	read(t, c, 1, 588)
	if last := server.times[587]; last != server.times[0] {
		t.Fatalf("588 requests took %s, want no time", last.Sub(server.times[0]))
	}
	server.times = nil
	return c, server
}

func TestWhoWaitsIsServedInTheOrderOfAsking(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, _ := usedUp(t)
		var mu sync.Mutex
		var order []int
		started := time.Now()
		var waiting sync.WaitGroup
		for i := range 20 {
			waiting.Go(func() {
				if _, err := c.Registration(t.Context(), exampleID()); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				order = append(order, i)
				if got, want := time.Since(started), time.Duration(i+1)*500*time.Millisecond; got.Round(time.Millisecond) != want {
					t.Errorf("request %d went after %s, want %s", i, got, want)
				}
			})
			synctest.Wait()
		}
		waiting.Wait()
		if !slices.IsSorted(order) || len(order) != 20 {
			t.Errorf("order = %v, want that of asking", order)
		}
	})
}

func TestWhoGivesUpWaitingGivesThePlaceBack(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		leave []int
		want  time.Duration
	}{
		"nobody does":           {nil, 5 * time.Second},
		"the first":             {[]int{0}, 4500 * time.Millisecond},
		"one in between":        {[]int{4}, 4500 * time.Millisecond},
		"all before the last":   {[]int{0, 1, 2, 3, 4, 5, 6, 7, 8}, 500 * time.Millisecond},
		"all, from the back on": {[]int{8, 7, 6, 5, 4, 3, 2, 1, 0}, 500 * time.Millisecond},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, server := usedUp(t)
				var waiting sync.WaitGroup
				var leave []context.CancelFunc
				for i := range 10 {
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					leave = append(leave, cancel)
					waiting.Go(func() {
						_, err := c.Registration(ctx, exampleID())
						if left := slices.Contains(test.leave, i); left != (err != nil) || left && !errors.Is(err, context.Canceled) {
							t.Errorf("request %d: %v, want it cancelled: %t", i, err, left)
						}
					})
					synctest.Wait()
				}
				started := time.Now()
				for _, i := range test.leave {
					leave[i]()
					synctest.Wait()
				}
				waiting.Wait()
				if got := time.Since(started).Round(time.Millisecond); got != test.want || len(server.times) != 10-len(test.leave) {
					t.Errorf("the last of %d went after %s, want %s", len(server.times), got, test.want)
				}
			})
		})
	}
}

// Those who came and left must not have earned the others anything.
func TestWhoGivesUpWaitingDoesNotRaiseTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &arrivals{}
		c := newClient(t, server)
		var running sync.WaitGroup
		for worker := range 20 {
			running.Go(func() {
				for range 200 {
					ctx, cancel := context.WithCancel(t.Context())
					if worker%2 == 0 {
						time.AfterFunc(rand.N(10*time.Second), cancel)
					}
					_, _ = c.Registration(ctx, exampleID())
					cancel()
				}
			})
		}
		running.Wait()
		if got := server.most(); got > 1200 {
			t.Errorf("%d requests within five minutes, want 1200 at most", got)
		}
	})
}

func TestAPlaceBehindTheDeadlineFailsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, server := usedUp(t)
		var waiting sync.WaitGroup
		for range 9 {
			waiting.Go(func() { _, _ = c.Registration(t.Context(), exampleID()) })
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
		defer cancel()
		started := time.Now()
		_, err := c.SetAutoRenew(ctx, exampleID(), true)
		e := problemOf(t, err)
		if e.Kind != client.KindHeldBack || e.NoTimeFor.Round(time.Millisecond) != 5*time.Second || time.Since(started) != 0 {
			t.Errorf("error = %v (kind %d) with NoTimeFor %s after %s; want it held back for 5s, at once", err, e.Kind, e.NoTimeFor, time.Since(started))
		}
		if !strings.Contains(err.Error(), "the API's rate limit is used up; the next request could go in 5s") {
			t.Errorf("error = %v, want it to name the rate limit", err)
		}
		waiting.Wait()
		if len(server.times) != 9 {
			t.Errorf("%d requests, want those of the others", len(server.times))
		}
	})
}

// One who is refused knows for all how long the lock-out lasts.
func TestNobodyGoesIntoALockOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(fake.Immediate())
		c := newClient(t, server.Transport())
		read(t, c, 1, 588)
		server.ResetLog()
		server.Inject(fake.Fault{Status: http.StatusTooManyRequests, Body: html, Header: http.Header{"Retry-After": {"60"}}})
		started := time.Now()
		read(t, c, 10, 10)
		for i, request := range server.Requests() {
			if at := request.Time.Sub(started); i > 0 && at < 60*time.Second {
				t.Errorf("request %d went %s into the lock-out", i, at)
			}
		}
	})
}

func TestALockOutThatOutlastsTheDeadlineIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(fake.Immediate())
		c := newClient(t, server.Transport())
		read(t, c, 1, 588)
		server.Inject(fake.Fault{Status: http.StatusTooManyRequests, Body: html, Header: http.Header{"Retry-After": {"60"}}})
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		started := time.Now()
		var waiting sync.WaitGroup
		for range 3 {
			waiting.Go(func() {
				_, err := c.Registration(ctx, exampleID())
				if e := problemOf(t, err); e.NoTimeFor < 59*time.Second || e.NoTimeFor > 60*time.Second {
					t.Errorf("error = %v with NoTimeFor %s, want about a minute", err, e.NoTimeFor)
				}
			})
		}
		waiting.Wait()
		if got := time.Since(started); got > 2*time.Second {
			t.Errorf("the last knew after %s, want it to know when its turn came", got)
		}
	})
}
