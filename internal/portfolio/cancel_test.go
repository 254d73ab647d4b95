// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

var (
	errInterrupted = errors.New("the run was interrupted")
	errTimeUp      = errors.New("the read timeout is over")
)

// leaves is a reader who is cancelled after a while, and must be told so in that very moment.
func (w *world) leaves(after time.Duration, n int, fresh bool) {
	w.t.Helper()
	ctx, cancel := context.WithCancelCause(w.t.Context())
	time.AfterFunc(after, func() { cancel(errInterrupted) })
	began := time.Now()
	read := w.reader.Registration
	if fresh {
		read = w.reader.Fresh
	}
	_, err := read(ctx, numbered(n))
	if !errors.Is(err, errInterrupted) || time.Since(began) != after {
		w.t.Errorf("after %s: %v", time.Since(began), err)
	}
}

// moments are in the gathering, in a single read or a listing, and in the second page.
func moments() []time.Duration {
	return []time.Duration{0, 5 * time.Millisecond, 15 * time.Millisecond, 500 * time.Millisecond, 1500 * time.Millisecond, 2500 * time.Millisecond}
}

func TestCancelledReadersAreToldAtOnce(t *testing.T) {
	t.Parallel()
	for _, fresh := range []bool{false, true} {
		for _, after := range moments() {
			play(t, 60, func(w *world) {
				var readers sync.WaitGroup
				for n := range 5 {
					readers.Go(func() { w.leaves(after, n, fresh) })
				}
				readers.Wait()
				synctest.Wait()
				asked := len(w.server.Requests())
				time.Sleep(time.Hour)
				if more := len(w.server.Requests()) - asked; more > 0 {
					t.Errorf("%d requests for nobody, when all had left after %s", more, after)
				}
				w.together(upTo(60), w.read) // and the account works as before
			}, fake.WithLatency(3*time.Second))
		}
	}
}

func TestCancelledReadersDoNotDisturbTheOthers(t *testing.T) {
	t.Parallel()
	for _, fresh := range []bool{false, true} {
		for _, after := range moments() {
			play(t, 60, func(w *world) {
				var readers sync.WaitGroup
				for n := range 5 {
					readers.Go(func() { w.leaves(after, n, fresh) }) // the first of them set the batch going
				}
				readers.Go(func() {
					time.Sleep(time.Nanosecond)
					if fresh {
						w.fresh(numbered(3))
						return
					}
					w.read(numbered(3))
				})
				readers.Wait()
			}, fake.WithLatency(3*time.Second))
		}
	}
}

func TestCancelledWhileWaitingForAnotherBatch(t *testing.T) {
	t.Parallel()
	play(t, 60, func(w *world) {
		var readers sync.WaitGroup
		readers.Go(func() { w.together(upTo(10), w.read) })
		time.Sleep(time.Second)
		readers.Go(func() { w.leaves(time.Second, 20, true) })
		readers.Wait()
		w.wantRequests(2, 0)
	}, fake.WithLatency(3*time.Second))
}

func TestDeadlineOfEachReaderIsItsOwn(t *testing.T) {
	t.Parallel()
	play(t, 60, func(w *world) {
		w.server.Inject(fake.Fault{Delay: time.Hour, Times: -1})
		var readers sync.WaitGroup
		for _, limit := range []time.Duration{time.Second, 10 * time.Second, 40 * time.Second, 100 * time.Second} {
			readers.Go(func() {
				ctx, cancel := context.WithTimeoutCause(w.t.Context(), limit, errTimeUp)
				defer cancel()
				_, err := w.reader.Registration(ctx, numbered(int(limit.Seconds())%60))
				if took := time.Since(w.began); took != limit || !errors.Is(err, errTimeUp) {
					t.Errorf("a limit of %s: %v after %s", limit, err, took)
				}
			})
		}
		readers.Wait()
	})
}

func TestDeadlineOfTheFirstReaderDoesNotEndTheOthers(t *testing.T) {
	t.Parallel()
	play(t, 3, func(w *world) {
		var readers sync.WaitGroup
		for n, limit := range []time.Duration{time.Second, time.Minute} {
			readers.Go(func() {
				time.Sleep(time.Duration(n) * time.Millisecond)
				ctx, cancel := w.within(limit)
				defer cancel()
				got, err := w.reader.Registration(ctx, numbered(n))
				if n == 1 {
					w.compare(numbered(n), got, err)
				}
			})
		}
		readers.Wait()
	}, fake.WithLatency(3*time.Second))
}

func TestDeadlineIsCalledByItsCause(t *testing.T) {
	t.Parallel()
	for _, limit := range []time.Duration{5 * time.Millisecond, 15 * time.Millisecond, time.Second, 30*time.Second + 15*time.Millisecond, 45 * time.Second} {
		for range 20 { // which of two timers of one moment comes first is chance
			play(t, 1, func(w *world) {
				w.server.Inject(fake.Fault{Delay: time.Hour, Times: -1})
				ctx, cancel := context.WithTimeoutCause(w.t.Context(), limit, errTimeUp)
				defer cancel()
				if _, err := w.reader.Registration(ctx, numbered(0)); !errors.Is(err, errTimeUp) {
					t.Errorf("a limit of %s: %v", limit, err)
				}
			})
		}
	}
}

func TestDeadlineThatLeavesNoTimeForAPauseIsToldAtOnce(t *testing.T) {
	t.Parallel()
	play(t, 1, func(w *world) {
		w.server.Inject(fake.Fault{Status: 503, Body: refusal, Header: map[string][]string{"Retry-After": {"600"}}})
		ctx, cancel := w.within(5 * time.Minute)
		defer cancel()
		if _, err := w.reader.Registration(ctx, numbered(0)); err == nil {
			t.Error("it succeeded")
		}
		w.wantTook(0, 20*time.Millisecond)
	})
}
