// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package registrations_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/registrations"
)

const (
	account  = "0123456789abcdef0123456789abcdef"
	listPath = "/registrations"
	refusal  = `{"success":false,"errors":[{"code":10000,"message":"no"}],"messages":[],"result":null}`
	readTime = 5 * time.Minute // the default of timeouts.read
)

// env is a fake registrar with one account, and a cache.
type env struct {
	*testing.T
	fake  *fake.Server
	cache *registrations.Cache
	began time.Time
	dial  func() error // if set, fails connections
	dials atomic.Int32 // failed connections
}

// RoundTrip implements http.RoundTripper.
func (e *env) RoundTrip(request *http.Request) (*http.Response, error) {
	if e.dial != nil {
		e.dials.Add(1)
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: e.dial()}
	}
	return e.fake.Transport().RoundTrip(request)
}

// run runs a subtest in fake time. It fails if the fake records a violation. The account has this many domains;
// the odd-numbered ones have auto-renew on.
func run(t *testing.T, name string, domains int, test func(e *env), options ...fake.Option) {
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			e := &env{T: t, fake: fake.New(append(options, fake.WithAccount(account))...), began: time.Now()}
			for n := range domains {
				e.fake.AddDomain(fake.Domain{
					Name: string(id(n).Name), Account: account, AutoRenew: n%2 == 1, CreatedAt: time.Unix(int64(n), 0),
				})
			}
			e.cache = registrations.New(client.New(client.Config{
				BaseURL:     &url.URL{Scheme: "https", Host: "api.cloudflare.com", Path: "/client/v4"},
				Credentials: client.Credentials{Token: "secret"}, Transport: e,
			}), slog.New(slog.DiscardHandler))
			test(e)
			if violations := e.fake.Violations(); len(violations) > 0 {
				t.Errorf("violations: %q", violations)
			}
		})
	})
}

// runTwice runs a subtest with -parallelism=1, and with the default of 10.
func runTwice(t *testing.T, name string, domains int, test func(e *env, parallelism int), options ...fake.Option) {
	for _, parallelism := range []int{1, 10} {
		run(t, fmt.Sprintf("%s, parallelism %d", name, parallelism), domains, func(e *env) { test(e, parallelism) }, options...)
	}
}

func id(n int) client.DomainID {
	return client.DomainID{Account: account, Name: domainname.Name(fmt.Sprintf("d%04d.com", n))}
}

// getWithin reads a domain with a time limit.
func (e *env) getWithin(limit time.Duration, n int) (client.Registration, error) {
	ctx, cancel := context.WithTimeout(e.Context(), limit)
	defer cancel()
	return e.cache.Get(ctx, id(n))
}

// get reads a domain within the default timeout and compares it with the registrar's value.
func (e *env) get(n int) {
	e.Helper()
	got, err := e.getWithin(readTime, n)
	want, _ := e.fake.Registration(account, string(id(n).Name))
	if err != nil || got.Name != id(n).Name || got.AutoRenew != want.AutoRenew || !got.Complete() {
		e.Errorf("%s: %+v, %v; want auto_renew %t", id(n), got, err, want.AutoRenew)
	}
}

// getEach reads domains 0 to count-1, at most parallelism of them at a time.
func (e *env) getEach(count, parallelism int) { each(count, parallelism, e.get) }

func each(count, parallelism int, do func(n int)) {
	slots := make(chan struct{}, parallelism)
	var reads sync.WaitGroup
	for n := range count {
		slots <- struct{}{}
		reads.Go(func() { do(n); <-slots })
	}
	reads.Wait()
}

// together runs functions concurrently.
func together(functions ...func()) {
	var all sync.WaitGroup
	for _, f := range functions {
		all.Go(f)
	}
	all.Wait()
}

// list reads up to this many pages within the default timeout, and describes the result.
func (e *env) list(pages int) string {
	ctx, cancel := context.WithTimeout(e.Context(), readTime)
	defer cancel()
	domains, unreadable, status := 0, 0, 0
	for page, err := range e.cache.List(ctx, account) {
		domains, unreadable = domains+len(page.Registrations), unreadable+len(page.Unreadable)
		if failure, ok := errors.AsType[*client.Error](err); ok {
			status = failure.Status
		}
		if pages--; pages == 0 {
			break
		}
	}
	return fmt.Sprintf("%d domains, %d unreadable, HTTP %d", domains, unreadable, status)
}

// wantList lists the account, which must have exactly this number of domains.
func (e *env) wantList(domains int) {
	e.Helper()
	if got, want := e.list(100), fmt.Sprintf("%d domains, 0 unreadable, HTTP 0", domains); got != want {
		e.Errorf("listed %s; want %s", got, want)
	}
}

// write changes a domain as a PATCH does.
func (e *env) write(n int, on bool) {
	e.fake.SetAutoRenew(account, string(id(n).Name), on)
	e.cache.Invalidate(id(n))
}

// inject applies a fault to every GET whose path ends with path.
func (e *env) inject(path string, fault fake.Fault) {
	fault.Method, fault.Path, fault.Times = http.MethodGet, path, -1
	e.fake.Inject(fault)
}

func (e *env) wantRequests(pages, singles int) {
	e.Helper()
	got := e.fake.Count(http.MethodGet, listPath)
	if other := len(e.fake.Requests()) - got; got != pages || other != singles {
		e.Errorf("%d pages and %d single reads; want %d and %d", got, other, pages, singles)
	}
}

func (e *env) wantTook(least, most time.Duration) {
	e.Helper()
	if got := time.Since(e.began); got < least || got > most {
		e.Errorf("took %s; want %s to %s", got, least, most)
	}
}

func TestReadingAnAccountRequestsOnlyItsPages(t *testing.T) {
	t.Parallel()
	for domains, pages := range map[int]int{1: 1, 50: 1, 51: 2, 500: 10} {
		for _, parallelism := range []int{1, 10, 1000} {
			run(t, fmt.Sprintf("%d domains, parallelism %d", domains, parallelism), domains, func(e *env) {
				e.getEach(domains, parallelism)
				e.wantList(domains)
				e.wantRequests(pages, 0)
			}, fake.WithLatency(300*time.Millisecond))
		}
	}
}

func TestUnlistedDomainIsReadSeparately(t *testing.T) {
	t.Parallel()
	run(t, "domains of other accounts", 60, func(e *env) {
		for n := range 80 {
			if _, err := e.getWithin(readTime, n); client.IsNotFound(err) != (n >= 60) {
				e.Errorf("%s: %v", id(n), err)
			}
		}
		e.wantRequests(2, 20)
	})
	moves := func(s *fake.Server) { s.SetCreatedAt(account, "d0055.com", time.Unix(-1, 0)) }
	for name, fault := range map[string]fake.Fault{
		"an entry without auto_renew":       {OmitField: "7.auto_renew"},
		"a domain that isn't listed":        {Unlist: "d0007.com"},
		"a domain that moves between pages": {After: 1, Hook: moves},
	} {
		run(t, name, 60, func(e *env) {
			fault.Path = listPath
			e.fake.Inject(fault)
			e.getEach(60, 1)
			e.getEach(60, 10) // the single read is cached too
			e.wantRequests(2, 1)
		})
	}
}

func TestCacheTTL(t *testing.T) {
	t.Parallel()
	run(t, "60 domains", 60, func(e *env) {
		e.getEach(60, 10)
		time.Sleep(5*time.Minute - time.Nanosecond)
		e.getEach(60, 10)
		e.wantRequests(2, 0)
		time.Sleep(time.Nanosecond)
		e.getEach(60, 10)
		e.wantRequests(4, 0)
		e.wantList(60)
		e.wantRequests(4, 0)
	})
}

func TestInvalidateDropsOneDomain(t *testing.T) {
	t.Parallel()
	run(t, "100 domains", 100, func(e *env) {
		e.getEach(100, 10)
		for n := range 30 {
			e.write(60+n, n%2 == 0)
			time.Sleep(time.Second)
		}
		e.list(1) // pages read before a write are not yielded
		e.getEach(100, 10)
		e.getEach(100, 10)
		e.wantRequests(3, 30)
		e.wantList(100)
		e.wantList(100)
		e.wantRequests(5, 30)
	})
}

func TestInvalidateDropsRequestsInFlight(t *testing.T) {
	// The fake reads the value at once and sends the body a second later, so requests in flight return the
	// value from before the write.
	t.Parallel()
	for name, request := range map[string]func(e *env){
		"a single read": func(e *env) {
			e.fake.Inject(fake.Fault{Path: listPath, Status: 403, Body: refusal})
			_, _ = e.getWithin(readTime, 0)
		},
		"a listing for a read": func(e *env) { e.get(3) },
		"a list":               func(e *env) { e.list(100) },
	} {
		for _, after := range []time.Duration{0, 500 * time.Millisecond, 1500 * time.Millisecond} {
			run(t, fmt.Sprintf("%s that began %s before the write", name, after), 60, func(e *env) {
				e.inject("", fake.Fault{DelayBody: time.Second})
				together(func() { request(e) }, func() { time.Sleep(after); e.write(0, true); e.get(0) })
				e.get(0)
				for page, err := range e.cache.List(e.Context(), account) {
					if err != nil || len(page.Registrations) == 50 && !page.Registrations[0].AutoRenew {
						e.Errorf("listed the value from before the write: %v", err)
					}
				}
			})
		}
	}
}

func TestLaterReadOverridesListing(t *testing.T) {
	t.Parallel()
	run(t, "after another client's change", 2, func(e *env) {
		e.inject(listPath, fake.Fault{DelayBody: 8 * time.Second})
		single := func() { // waits for the listing for half of the 4 s
			time.Sleep(time.Second)
			e.fake.SetAutoRenew(account, string(id(0).Name), true)
			if got, err := e.getWithin(4*time.Second, 0); err != nil || !got.AutoRenew {
				e.Errorf("read %+v, %v; want the new value", got, err)
			}
		}
		together(func() { e.get(1) }, single)
		e.get(0)
		e.wantRequests(1, 1)
	})
}

func TestFailedListingIsNotRepeated(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault          fake.Fault
		pages, singles int // requests for 60 domains
		most           time.Duration
	}{
		"a refused list":            {fake.Fault{Status: 403, Body: refusal}, 1, 60, 0},
		"a refused second page":     {fake.Fault{After: 1, Status: 403, Body: refusal}, 2, 10, 0},
		"a list that is always 503": {fake.Fault{Status: 503, Body: refusal}, 5, 60, 10 * time.Second},
		"a second page that hangs":  {fake.Fault{After: 1, DelayBody: time.Hour}, 2, 10, 10 * time.Second},
		"a long Retry-After":        {fake.Fault{Status: 503, Body: refusal, Header: http.Header{"Retry-After": {"600"}}}, 1, 60, 0},
		"a list that is always 429": {fake.Fault{Status: 429, Body: refusal}, 5, 60, 10 * time.Second},
	} {
		runTwice(t, name, 60, func(e *env, parallelism int) {
			e.inject(listPath, c.fault)
			e.getEach(60, parallelism)
			e.wantTook(0, c.most)
			e.wantRequests(c.pages, c.singles)
			time.Sleep(time.Hour) // beyond the TTL
			e.get(0)
			e.wantRequests(c.pages, c.singles+1)
		})
	}
}

func TestStalledListingEndsAfterTenSeconds(t *testing.T) {
	t.Parallel()
	for limit, attempts := range map[time.Duration]int{12 * time.Second: 2, 8 * time.Second: 3} {
		run(t, fmt.Sprintf("in %d attempts", attempts), 20, func(e *env) {
			e.inject(listPath, fake.Fault{Delay: time.Hour})
			for n := range 20 {
				if got, err := e.getWithin(limit, n); err != nil || got.AutoRenew != (n%2 == 1) {
					e.Errorf("read %+v, %v", got, err)
				}
			}
			e.wantTook(10*time.Second, 10*time.Second) // each read keeps half of its timeout for a single read
			e.wantRequests(attempts, 20)
		})
	}
}

func TestListingOutlastsShortRead(t *testing.T) {
	t.Parallel()
	run(t, "with a timeout of 10 s", 150, func(e *env) {
		e.inject(listPath, fake.Fault{Delay: 6 * time.Second})
		together(func() { _, _ = e.getWithin(10*time.Second, 149) }, func() { time.Sleep(time.Millisecond); e.get(148) })
		e.wantTook(18*time.Second, 18*time.Second)
		e.wantRequests(3, 1) // the short read keeps half of its timeout for a single read
	})
}

func TestListingRecoversFromOneFailure(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fake.Fault{
		"a reset": {ResetBefore: true}, "a stall of 6 s": {Delay: 6 * time.Second},
		"a rate limit": {Status: 429, Body: refusal, Header: http.Header{"Retry-After": {"90"}}},
		"a rate limit as long as the read's timeout": {Status: 429, Body: refusal, Header: http.Header{"Retry-After": {"10"}}},
	} {
		run(t, name, 100, func(e *env) {
			fault.Path = listPath
			e.fake.Inject(fault)
			_, _ = e.getWithin(10*time.Second, 0) // waits for the listing for half of the 10 s
			_, _ = e.getWithin(10*time.Second, 1)
			e.fake.ResetLog()
			time.Sleep(90 * time.Second)
			e.getEach(100, 1)
			if singles := len(e.fake.Requests()) - e.fake.Count("GET", listPath); singles > 0 {
				e.Errorf("%d single reads", singles)
			}
		})
	}
}

func TestRateLimitedListingIsNotStalled(t *testing.T) {
	t.Parallel()
	run(t, "a 429's Retry-After", 100, func(e *env) {
		e.fake.Inject(fake.Fault{Status: 429, Body: refusal, Header: http.Header{"Retry-After": {"90"}}})
		e.getEach(100, 10)
		e.wantTook(90*time.Second, 90*time.Second)
		e.wantRequests(3, 0)
	})
}

var errInterrupted = errors.New("the run was interrupted")

// getUntilCanceled calls Get and cancels it after a second. It must return the cause at that time.
func (e *env) getUntilCanceled(n int) {
	ctx, cancel := context.WithCancelCause(e.Context())
	time.AfterFunc(time.Second, func() { cancel(errInterrupted) })
	if _, err := e.cache.Get(ctx, id(n)); !errors.Is(err, errInterrupted) {
		e.Errorf("returned %v; want the context's cause", err)
	}
	e.wantTook(time.Second, time.Second)
}

func TestCanceledGet(t *testing.T) {
	t.Parallel()
	run(t, "returns at once while the listing continues for others", 60, func(e *env) {
		together(func() { e.getUntilCanceled(0) }, func() { time.Sleep(time.Millisecond); e.get(59) })
		e.wantTook(6*time.Second, 6*time.Second)
		e.wantRequests(2, 0)
	}, fake.WithLatency(3*time.Second))
	run(t, "stops the listing if nothing else waits for it", 150, func(e *env) {
		together(func() { e.getUntilCanceled(0) }, func() { e.getUntilCanceled(1) })
		time.Sleep(time.Minute)
		e.wantRequests(1, 0)
		e.getEach(150, 10) // the first page is cached
		e.wantRequests(4, 0)
	}, fake.WithLatency(2*time.Second))
}

func TestList(t *testing.T) {
	t.Parallel()
	run(t, "requests pages on demand and caches them", 150, func(e *env) {
		e.list(1)
		e.get(49)
		e.wantRequests(1, 0)
		e.wantList(150)
		e.wantRequests(4, 0)
	})
	for name, first := range map[string]func(e *env){
		"shares its pages with later reads and lists": func(e *env) { e.wantList(150) },
		"shares the listing of an earlier read":       func(e *env) { e.get(0) },
	} {
		run(t, name, 150, func(e *env) {
			soon := func() { time.Sleep(time.Millisecond) }
			together(func() { first(e) }, func() { soon(); e.wantList(150) }, func() { soon(); e.wantList(150) }, func() { soon(); e.get(149) })
			e.wantRequests(3, 0)
		}, fake.WithLatency(time.Second))
	}
	run(t, "delays reads in its loop by 10 s", 150, func(e *env) {
		for _, err := range e.cache.List(e.Context(), account) {
			if err != nil {
				e.Fatal(err)
			}
			e.get(149)
			e.wantList(150)
		}
		e.wantTook(10*time.Second, 10*time.Second)
	})
}

func TestFailedList(t *testing.T) {
	t.Parallel()
	run(t, "is repeated after a cancellation", 60, func(e *env) {
		ctx, cancel := context.WithCancel(e.Context())
		time.AfterFunc(time.Second, cancel)
		for _, err := range e.cache.List(ctx, account) {
			if !errors.Is(err, context.Canceled) {
				e.Errorf("yielded %v", err)
			}
		}
		e.getEach(60, 10)
		e.wantRequests(3, 0)
	}, fake.WithLatency(2*time.Second))
	run(t, "reports unreadable entries and pages", 60, func(e *env) {
		e.fake.Inject(fake.Fault{Path: listPath, OmitField: "1.auto_renew"})
		requested, cached := e.list(100), e.list(100)
		e.wantRequests(2, 0)
		e.cache.Invalidate(id(0))
		e.inject(listPath, fake.Fault{After: 1, Status: 403, Body: refusal})
		failed := e.list(100)
		const one = "59 domains, 1 unreadable, HTTP 0"
		if requested != one || cached != one || failed != "50 domains, 0 unreadable, HTTP 403" {
			e.Errorf("listed %s, then %s, then %s", requested, cached, failed)
		}
	})
	run(t, "uses its caller's whole timeout without delaying reads", 30, func(e *env) {
		e.inject(listPath, fake.Fault{Status: 503, Body: refusal})
		failing := func() {
			if got := e.list(100); got != "0 domains, 0 unreadable, HTTP 503" {
				e.Errorf("listed %s; want its 503", got)
			}
		}
		together(failing, func() { time.Sleep(time.Second); e.getEach(30, 10); e.wantTook(0, 10*time.Second) })
		e.wantTook(4*time.Minute, readTime)
	})
}
