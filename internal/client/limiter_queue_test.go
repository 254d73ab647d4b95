// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"context"
	"errors"
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

// usedUp is a client whose silent limiter has nothing left, and what it talks to.
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
		if e.Kind != client.KindRateLimited || e.RequiredWait.Round(time.Millisecond) != 5*time.Second || time.Since(started) != 0 {
			t.Errorf("error = %v (kind %d) with RequiredWait %s after %s; want it held back for 5s, at once", err, e.Kind, e.RequiredWait, time.Since(started))
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
				if e := problemOf(t, err); e.RequiredWait < 59*time.Second || e.RequiredWait > 60*time.Second {
					t.Errorf("error = %v with RequiredWait %s, want about a minute", err, e.RequiredWait)
				}
			})
		}
		waiting.Wait()
		if got := time.Since(started); got > 2*time.Second {
			t.Errorf("the last knew after %s, want it to know when its turn came", got)
		}
	})
}
