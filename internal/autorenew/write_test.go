// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestWriteAsFewRequestsAsCanBe(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		prepare func(w *world)
		log     string
	}{
		"as wanted, and never updated": {func(w *world) { w.server.SetAutoRenew(account, domain, true) }, "status registration"},
		"as wanted, after an update":   {func(w *world) { w.after(fake.Immediate(), true, time.Hour) }, "status registration"},
		"as wanted, after a failed update": {func(w *world) {
			w.after(fake.Failed("old", "old", 0), false, time.Hour)
			w.server.SetAutoRenew(account, domain, true)
		}, "status registration"},
		"a toggle that is immediate": {func(*world) {}, "status registration PATCH"},
		"a toggle after an update":   {func(w *world) { w.after(fake.Immediate(), false, time.Hour) }, "status registration PATCH"},
		"a toggle that drift made needed": {func(w *world) {
			w.after(fake.Immediate(), true, time.Hour)
			w.server.SetAutoRenew(account, domain, false)
		}, "status registration PATCH"},
		"a toggle after a failed update":  {func(w *world) { w.after(fake.Failed("old", "old", 0), true, time.Hour) }, "status registration PATCH"},
		"joining what somebody has begun": {func(w *world) { w.server.StartScenario(account, domain, true, fake.Slow(time.Second)) }, "status registration status registration status registration"},
		"joining the opposite": {func(w *world) {
			w.server.SetAutoRenew(account, domain, true)
			w.server.StartScenario(account, domain, false, fake.Slow(time.Second))
		}, "status registration status registration status registration PATCH"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, fake.Immediate(), func(w *world) {
				test.prepare(w)
				w.mustSet(true)
				w.wantLog(test.log)
			})
		})
	}
}

func TestWriteBothWays(t *testing.T) {
	t.Parallel()
	play(t, fake.Immediate(), func(w *world) {
		for _, want := range []bool{true, false, true, true, false} {
			w.mustSet(want)
		}
		bodies := []string{}
		for _, r := range w.server.Requests() {
			if r.Body != "" {
				bodies = append(bodies, r.Body)
			}
		}
		if len(bodies) != 4 || bodies[0] != `{"auto_renew":true}` || bodies[1] != `{"auto_renew":false}` {
			t.Errorf("bodies = %s", bodies)
		}
	})
}

func TestWriteAgainWhereTheServerCannotHaveActed(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault       fake.Fault
		patches     int // that reach the server
		least, most time.Duration
	}{
		"a 429":                           {fake.Fault{Status: 429, Body: refusal}, 2, 2800 * time.Millisecond, 3300 * time.Millisecond},
		"a 429 with Retry-After":          {fake.Fault{Status: 429, Body: refusal, Header: retryAfter(30)}, 2, 30 * time.Second, 30100 * time.Millisecond},
		"a 429 three times":               {fake.Fault{Status: 429, Body: refusal, Times: 3}, 4, 19 * time.Second, 23 * time.Second},
		"a 425":                           {fake.Fault{Status: 425, Body: refusal}, 2, 2800 * time.Millisecond, 3300 * time.Millisecond},
		"a refused connection":            {fake.Fault{Refuse: true}, 1, 2800 * time.Millisecond, 3300 * time.Millisecond},
		"a connection refused four times": {fake.Fault{Refuse: true, Times: 4}, 1, 40 * time.Second, 50 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, fake.Immediate(), func(w *world) {
				w.server.Inject(patched(test.fault))
				w.mustSet(true)
				w.wantPatches(test.patches)
				w.wantTook(test.least, test.most)
			})
		})
	}
}

func TestWriteFailsAtOnceWhereTheRetryAfterCannotFit(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"429": 429, "503": 503} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, fake.Immediate(), func(w *world) {
				w.server.Inject(patched(fake.Fault{Status: status, Body: refusal, Header: retryAfter(3600)}))
				if e := fails[*client.Error](w, true); e.Status != status || e.RequiredWait != time.Hour {
					t.Errorf("error = %+v", e)
				}
				w.wantTook(0, 40*time.Millisecond)
			})
		})
	}
}

func TestWriteEndsWhereThePatchIsRefused(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"400": 400, "401": 401, "403": 403, "404": 404, "405": 405, "422": 422, "501": 501} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, fake.Immediate(), func(w *world) {
				w.server.Inject(patched(fake.Fault{Status: status, Body: refusal, Times: -1}))
				if e := fails[*client.Error](w, true); e.Status != status {
					t.Errorf("error = %+v", e)
				}
				w.wantPatches(1)
			})
		})
	}
}

func TestWriteWaitsOutAConflict(t *testing.T) {
	t.Parallel()
	t.Run("with something that no endpoint shows", func(t *testing.T) {
		t.Parallel()
		play(t, fake.Conflicting(10*time.Second), func(w *world) {
			w.mustSet(true)
			w.wantTook(10*time.Second, 23*time.Second)
			w.wantPatches(4)
		})
	})
	t.Run("with an update that began between our look and our PATCH", func(t *testing.T) {
		t.Parallel()
		play(t, fake.Immediate(), func(w *world) {
			w.server.Inject(patched(fake.Fault{Hook: func(s *fake.Server) { s.StartScenario(account, domain, true, fake.Slow(10*time.Second)) }}))
			w.mustSet(true)
			w.wantPatches(1)
			w.wantTook(10*time.Second, 15*time.Second)
		})
	})
	t.Run("with an update toward the other value", func(t *testing.T) {
		t.Parallel()
		play(t, fake.Immediate(), func(w *world) {
			w.server.Inject(patched(fake.Fault{Hook: func(s *fake.Server) { s.StartScenario(account, domain, false, fake.Slow(10*time.Second)) }}))
			w.mustSet(true)
			w.wantPatches(2)
		})
	})
	t.Run("that outlasts the time", func(t *testing.T) {
		t.Parallel()
		play(t, fake.Conflicting(24*time.Hour), func(w *world) {
			e := fails[*autorenew.StoppedError](w, true)
			if trouble := as[*client.Error](w, e.LastErr); trouble.Status != 409 || e.Sent || !e.Timeout {
				t.Errorf("error = %+v", e)
			}
			w.wantTook(20*time.Minute, 20*time.Minute)
			if w.patches() > 30 {
				t.Errorf("%d PATCHes in twenty minutes", w.patches())
			}
		})
	})
}

func TestWriteOfADomainThatTheAccountDoesNotHold(t *testing.T) {
	t.Parallel()
	play(t, fake.Immediate(), func(w *world) {
		w.server.RemoveDomain(account, domain)
		e := fails[*autorenew.NotRegisteredError](w, true)
		if want := "account " + account + " does not hold the domain example.com"; e.Error() != want {
			t.Errorf("error = %q, want %q", e, want)
		}
		w.wantPatches(0)
	})
}

func TestWriteTakesTurnsForOneDomain(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		wants   []bool
		patches int
		least   time.Duration
	}{
		"toward one value": {[]bool{true, true, true}, 1, 10 * time.Second},
		"toward both":      {[]bool{true, false}, 2, 10 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, fake.Slow(10*time.Second), func(w *world) {
				var sets sync.WaitGroup
				for i, want := range test.wants {
					sets.Go(func() {
						time.Sleep(time.Duration(i) * time.Millisecond)
						if _, err := w.set(want); err != nil {
							t.Error(err)
						}
					})
				}
				sets.Wait()
				w.wantPatches(test.patches)
				w.wantTook(test.least, 26*time.Second)
			})
		})
	}
}

func TestWriteOfManyDomainsIsTwoRequestsEachAndAFewLists(t *testing.T) {
	t.Parallel()
	play(t, fake.Immediate(), func(w *world) {
		ids := make(chan client.DomainID)
		var walkers sync.WaitGroup
		for range 10 { // as many as Terraform runs at once
			walkers.Go(func() {
				for id := range ids {
					if _, err := w.setter.Set(w.t.Context(), id, true); err != nil {
						t.Errorf("%s: %v", id, err)
					}
					w.server.ReportSuccess(id.Account, string(id.Name), true)
				}
			})
		}
		for n := range 99 {
			id := client.DomainID{Account: account, Name: domainname.Name(fmt.Sprintf("d%02d.com", n))}
			w.server.AddDomain(fake.Domain{Name: string(id.Name), Account: account})
			ids <- id
		}
		close(ids)
		walkers.Wait()
		w.wantPatches(99)
		if lists := w.server.Count("GET", "/registrations"); lists > 20 || len(w.server.Requests()) > 99*2+20 {
			t.Errorf("%d requests, %d of them lists", len(w.server.Requests()), lists)
		}
	})
}

func TestWriteTurnEndsWithItsContext(t *testing.T) {
	t.Parallel()
	play(t, fake.Slow(time.Minute), func(w *world) {
		var first sync.WaitGroup
		first.Go(func() { w.mustSet(true) })
		time.Sleep(time.Second)
		ctx, cancel := context.WithCancelCause(w.t.Context())
		w.later(time.Second, func() { cancel(errInterrupted) })
		_, err := w.setIn(ctx, false)
		if e := as[*autorenew.StoppedError](w, err); e.Timeout || e.Sent || !errors.Is(e.Cause, errInterrupted) || e.Waited != time.Second {
			t.Errorf("error = %+v", e)
		}
		w.wantTook(2*time.Second, 2*time.Second)
		first.Wait()
		w.wantPatches(1)
	})
}

func TestWriteLeavesNothingRememberedFromBefore(t *testing.T) {
	t.Parallel()
	tests := map[string]func(w *world){
		"of an update of our own": func(w *world) { w.server.SetScenario(account, domain, fake.Slow(10*time.Second)) },
		"of one that was joined":  func(w *world) { w.server.StartScenario(account, domain, true, fake.Slow(10*time.Second)) },
	}
	for name, begin := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, fake.Immediate(), func(w *world) {
				begin(w)
				w.later(5*time.Second, func() { w.shows(false) })
				w.mustSet(true)
				w.shows(true)
			})
		})
	}
}

// shows is what others are told of the domain by who reads for all.
func (w *world) shows(want bool) {
	if r, err := w.reader.Registration(w.t.Context(), id); err != nil || r.AutoRenew != want {
		w.t.Errorf("read: %+v, %v, want %t", r, err, want)
	}
	for page, err := range w.reader.Pages(w.t.Context(), account) {
		if err != nil || len(page.Registrations) != 1 || page.Registrations[0].AutoRenew != want {
			w.t.Errorf("listed: %+v, %v, want %t", page, err, want)
		}
	}
}
