// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package registrations_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// failEach reads count domains, starting with domain number first. Each read must fail. It returns the number of
// errors that a diagnostic must show in full.
func (e *env) failEach(count, parallelism, first int) int {
	e.Helper()
	var full atomic.Int32
	each(count, parallelism, func(n int) {
		n += first
		got, err := e.getWithin(readTime, n)
		failure, ok := errors.AsType[*client.Error](err)
		switch {
		case !ok:
			e.Errorf("%s: %+v, %v; want an *Error", id(n), got, err)
		case failure.ID != id(n):
			e.Errorf("the error of %s is about %s", id(n), failure.ID)
		case len(e.fake.Requests()) > 0 && e.fake.Count(failure.Method, strings.TrimPrefix(failure.Path, fake.BasePath)) == 0:
			e.Errorf("the error for %s is about a request that wasn't sent: %s", id(n), failure.Path)
		case failure.FirstReport():
			full.Add(1)
		}
	})
	return int(full.Load())
}

func TestOutageCostsOneTimeout(t *testing.T) {
	// For any number of domains, an outage costs at most one read timeout plus 30 s.
	t.Parallel()
	temporary := func() error {
		time.Sleep(5 * time.Second)
		return &net.DNSError{Err: "server misbehaving", IsTemporary: true}
	}
	noHost := func() error {
		time.Sleep(5 * time.Second)
		return &net.DNSError{Err: "no such host", IsNotFound: true}
	}
	for name, c := range map[string]struct {
		fault         fake.Fault
		dial          func() error
		least, most   time.Duration
		retries, more int // the maximum for one domain, and for each other domain
	}{
		"503":                         {fake.Fault{Status: 503, Body: refusal}, nil, 4 * time.Minute, readTime, 35, 1},
		"503 after 2 s":               {fake.Fault{Status: 503, Body: refusal, Delay: 2 * time.Second}, nil, 4 * time.Minute, readTime + 30*time.Second, 50, 0},
		"429":                         {fake.Fault{Status: 429, Body: refusal}, nil, 4 * time.Minute, readTime, 35, 1},
		"429 with a long Retry-After": {fake.Fault{Status: 429, Body: refusal, Header: http.Header{"Retry-After": {"120"}}}, nil, 2 * time.Minute, readTime + 30*time.Second, 4, 0},
		"connections reset":           {fake.Fault{ResetBefore: true}, nil, 4 * time.Minute, readTime, 35, 1},
		"connections refused":         {fake.Fault{Refuse: true}, nil, 30 * time.Second, 30 * time.Second, 0, 0},
		"no answer":                   {fake.Fault{Delay: 24 * time.Hour}, nil, readTime - 40*time.Second, readTime + 30*time.Second, 12, 0},
		"failing name servers":        {fake.Fault{}, temporary, 30 * time.Second, 65 * time.Second, 20, 0},
		"unknown host":                {fake.Fault{}, noHost, 10 * time.Second, 40 * time.Second, 10, 0},
	} {
		for _, domains := range []int{1, 10, 100} {
			runTwice(t, fmt.Sprintf("%s, %d domains", name, domains), domains, func(e *env, parallelism int) {
				e.dial = c.dial
				e.inject("", c.fault)
				if full := e.failEach(domains, parallelism, 0); full != 1 {
					e.Errorf("%d errors in full; want 1", full)
				}
				e.wantTook(c.least, c.most)
				sent := len(e.fake.Requests()) + int(e.dials.Load())
				if most := c.retries*min(domains, parallelism) + c.more*domains + 10; sent > most {
					e.Errorf("sent %d requests; want %d at most", sent, most)
				}
				e.Logf("%s, %d requests", time.Since(e.began).Round(time.Second), sent)
			})
		}
	}
}

func TestOutageAddsATenthOfTheTimeout(t *testing.T) {
	t.Parallel()
	run(t, "timeouts of one minute", 10, func(e *env) {
		e.inject("", fake.Fault{Delay: 24 * time.Hour})
		for n := range 10 {
			if got, err := e.getWithin(time.Minute, n); err == nil {
				e.Errorf("read %+v; want an error", got)
			}
		}
		e.wantTook(66*time.Second, 66*time.Second)
	})
}

func TestOutageBehindProxyCostsOneTimeout(t *testing.T) {
	// Answers from a proxy about other domains don't end an outage.
	t.Parallel()
	runTwice(t, "nine of ten domains blocked", 100, func(e *env, parallelism int) {
		for n := range 10 {
			e.inject("/"+string(id(n*10).Name), fake.Fault{Status: 503, Body: refusal})
		}
		e.inject("", fake.Fault{Status: 403, Body: "<html>blocked</html>"})
		e.failEach(100, parallelism, 0)
		e.wantTook(4*time.Minute, readTime+30*time.Second)
	})
}

func TestReadsRecover(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fake.Fault{"503": {Status: 503, Body: refusal}, "silence": {Delay: 24 * time.Hour}} {
		runTwice(t, name+" for a minute", 100, func(e *env, parallelism int) {
			e.inject("", fault)
			time.AfterFunc(time.Minute, e.fake.ClearFaults)
			e.getEach(100, parallelism)
			e.wantTook(time.Minute, 2*time.Minute)
		})
		run(t, name+" for longer than a read's timeout", 100, func(e *env) {
			e.inject("", fault)
			e.failEach(1, 1, 0)
			e.fake.ClearFaults()
			e.get(1) // the next read
			began := time.Now()
			e.inject("", fault)
			e.failEach(20, 1, 50)
			if took := time.Since(began); took > readTime+30*time.Second {
				e.Errorf("the second outage took %s", took)
			}
			e.fake.ClearFaults()
			time.Sleep(30 * time.Second) // as long as an attempt took
			e.get(2)
		})
	}
}

func TestFailingDomainKeepsItsRetries(t *testing.T) {
	t.Parallel()
	for name, list := range map[string]fake.Fault{"a list without it": {Unlist: "d0007.com"}, "a list that is refused": {Status: 403, Body: refusal}} {
		runTwice(t, name, 100, func(e *env, parallelism int) {
			e.inject(listPath, list)
			e.inject("/d0007.com", fake.Fault{Status: 503, Body: refusal})
			each(100, parallelism, func(n int) {
				if n != 7 {
					e.get(n)
					return
				}
				began := time.Now()
				_, err := e.getWithin(readTime, n)
				if took := time.Since(began); err == nil || took < 4*time.Minute {
					e.Errorf("the read of the failing domain returned %v after %s", err, took)
				}
			})
			if sent := e.fake.Count(http.MethodGet, "/d0007.com"); sent < 20 {
				e.Errorf("%d attempts for the failing domain; want all of its retries", sent)
			}
		})
	}
}

func TestRefusedCredentialsAreNotSentAgain(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"malformed_token", "revoked_token", "forbidden_address", "wrong_account", "no_permission"} {
		runTwice(t, name, 60, func(e *env, parallelism int) {
			fault, err := fake.ParseAnswer(name)
			if err != nil {
				e.Fatal(err)
			}
			fault.Delay = time.Second
			e.fake.Inject(fault)
			if full := e.failEach(60, parallelism, 0); full != 1 {
				e.Errorf("%d errors in full; want 1", full)
			}
			e.wantRequests(1, 1)
		})
	}
	run(t, "one refusal, then success", 60, func(e *env) {
		e.fake.Inject(fake.Fault{Status: 401, Body: refusal})
		e.getEach(60, 10)
	})
	const credentialsRefused = `{"success":false,"errors":[{"code":9109,"message":"Unauthorized"}]}`
	for name, list := range map[string]fake.Fault{"a list without it": {Unlist: "d0007.com"}, "a silent list": {Delay: time.Hour}} {
		for _, body := range []string{refusal, credentialsRefused} {
			run(t, "one refused domain, "+name, 60, func(e *env) {
				e.inject(listPath, list)
				e.inject("/d0007.com", fake.Fault{Status: 403, Body: body})
				if full := e.failEach(1, 1, 7) + e.failEach(1, 1, 7); full != 1 {
					e.Errorf("%d errors in full; want 1, since both read the same", full)
				}
				e.getEach(7, 1)
			})
		}
	}
	run(t, "another reason is shown in full", 60, func(e *env) {
		e.inject(listPath, fake.Fault{Unlist: "d0007.com"})
		for _, body := range []string{refusal, credentialsRefused} {
			e.fake.Inject(fake.Fault{Path: "/d0007.com", Status: 403, Body: body})
			if full := e.failEach(1, 1, 7); full != 1 {
				e.Errorf("%d errors in full for %s; want 1", full, body)
			}
		}
	})
}

func TestLowQuotaIsUsedForPages(t *testing.T) {
	// A listing that waits for the rate limit isn't stalled, because single reads would wait too.
	t.Parallel()
	for _, left := range []int{110, 16} {
		runTwice(t, fmt.Sprintf("%d requests left for 250 s", left), 500, func(e *env, parallelism int) {
			const list = "https://api.cloudflare.com/client/v4/accounts/" + account + "/registrar/registrations?per_page=1"
			request := httptest.NewRequestWithContext(e.Context(), http.MethodGet, list, http.NoBody)
			request.Header.Set("Authorization", "Bearer secret")
			for range 1200 - left { // from another program with the same token
				response, err := e.fake.Transport().RoundTrip(request)
				if err != nil || response.Body.Close() != nil {
					e.Fatal(err)
				}
			}
			time.Sleep(50 * time.Second)
			e.fake.ResetLog()
			e.getEach(500, parallelism)
			e.wantRequests(10, 0)
			e.Logf("took %s", time.Since(e.began)-50*time.Second)
		}, fake.WithRateLimit(fake.PublishedRateLimit()))
	}
}
