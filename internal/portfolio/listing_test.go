// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio_test

import (
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	refusal  = `{"success":false,"errors":[{"code":10000,"message":"no"}],"messages":[],"result":null}`
	dontList = `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}`
)

// listed strikes lists.
func listed(f fake.Fault) fake.Fault {
	f.Path = listPath
	return f
}

func TestListingThatGoesWrongIsOnlyASavingLost(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault          fake.Fault
		lists, singles int // for 60 domains, one after another
	}{
		"the first page may not be listed":              {fake.Fault{Status: 403, Body: dontList, Times: -1}, 1, 60},
		"the second page may not be listed":             {fake.Fault{After: 1, Status: 403, Body: dontList, Times: -1}, 2, 11},
		"a page of HTML":                                {fake.Fault{Status: 200, Body: "<html></html>", Times: -1}, 1, 60},
		"a result that is no list":                      {fake.Fault{Status: 200, Body: `{"success":true,"errors":[],"messages":[],"result":{}}`, Times: -1}, 1, 60},
		"no cursor":                                     {fake.Fault{OmitField: "$.result_info.cursor", Times: -1}, 1, 60},
		"no result_info":                                {fake.Fault{OmitField: "$.result_info", Times: -1}, 1, 60},
		"a cursor that comes again":                     {fake.Fault{RepeatCursor: true, Times: -1}, 2, 1},
		"a list that is not there":                      {fake.Fault{Status: 404, Body: refusal, Times: -1}, 1, 60},
		"a redirect":                                    {fake.Fault{Status: 301, Times: -1}, 1, 60},
		"a page of 100 MB":                              {fake.Fault{Endless: 100 << 20, Times: -1}, 1, 60},
		"one 500":                                       {fake.Fault{Status: 500, Body: refusal}, 3, 1},
		"one reset":                                     {fake.Fault{ResetBefore: true}, 3, 1},
		"one 503 on the second page":                    {fake.Fault{After: 1, Status: 503, Body: refusal}, 3, 1},
		"an entry without auto_renew":                   {fake.Fault{OmitField: "3.auto_renew"}, 2, 2},
		"an entry without a name":                       {fake.Fault{OmitField: "3.domain_name"}, 2, 2},
		"an entry with auto_renew in words":             {fake.Fault{SetField: "3.auto_renew", Value: "yes"}, 2, 2},
		"an entry that is null":                         {fake.Fault{SetField: "3", Value: nil}, 2, 2},
		"a domain that is left out":                     {fake.Fault{Unlist: "d0007.com"}, 2, 2},
		"a domain on two pages":                         {fake.Fault{After: 1, AlsoList: "d0007.com"}, 2, 1},
		"a domain that moves to a page still to come":   {fake.Fault{After: 1, Hook: moves(7, 70)}, 2, 1},
		"a domain that moves to a page that was listed": {fake.Fault{After: 1, Hook: moves(55, -1)}, 2, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, 60, func(w *world) {
				w.server.Inject(listed(test.fault))
				for n := range 60 {
					w.read(numbered(n))
				}
				w.wantRequests(test.lists, test.singles)
			})
		})
	}
}

// moves gives a domain another place in the list.
func moves(n, to int) func(*fake.Server) {
	return func(s *fake.Server) {
		s.SetCreatedAt(account, string(name(n)), time.Date(1990, 1, 1, 0, 0, to, 0, time.UTC))
	}
}

func TestListingThatFailsForLongIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault fake.Fault
		most  time.Duration
	}{
		"500 all the time":         {fake.Fault{Status: 500, Body: refusal, Times: -1}, 62 * time.Second},
		"a page that never comes":  {fake.Fault{Delay: time.Hour, Times: -1}, 62 * time.Second},
		"a body that never comes":  {fake.Fault{DelayBody: time.Hour, Times: -1}, 62 * time.Second},
		"no connection to be made": {fake.Fault{Refuse: true, Times: -1}, 62 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, 30, func(w *world) {
				w.server.Inject(listed(test.fault))
				for n := range 30 {
					ctx, cancel := w.within(5 * time.Minute)
					got, err := w.reader.Registration(ctx, numbered(n))
					w.compare(numbered(n), got, err)
					cancel()
				}
				w.wantTook(0, test.most)
			})
		})
	}
}

func TestListingThatIsHeldBackByTheRateLimitIsTriedAgain(t *testing.T) {
	t.Parallel()
	play(t, 10, func(w *world) {
		w.server.Inject(listed(fake.Fault{Status: 429, Body: refusal, Header: map[string][]string{"Retry-After": {"90"}}}))
		ctx, cancel := w.within(5 * time.Minute)
		defer cancel()
		w.read(numbered(0))
		got, err := w.reader.Registration(ctx, numbered(1))
		w.compare(numbered(1), got, err)
		for n := range 10 {
			w.read(numbered(n))
		}
		w.wantLog("d0000.com list d0001.com list")
	})
}

func TestListingLeavesHalfOfTheTimeForASingleRead(t *testing.T) {
	t.Parallel()
	play(t, 2, func(w *world) {
		w.server.Inject(listed(fake.Fault{Delay: time.Hour, Times: -1}))
		w.read(numbered(0))
		ctx, cancel := w.within(10 * time.Second)
		defer cancel()
		got, err := w.reader.Registration(ctx, numbered(1))
		w.compare(numbered(1), got, err)
		w.wantTook(5*time.Second, 5100*time.Millisecond)
	})
}

func TestListingDoesNotShowWhatIsNotThere(t *testing.T) {
	t.Parallel()
	t.Run("a domain that nobody has is confirmed by a single read", func(t *testing.T) {
		t.Parallel()
		play(t, 3, func(w *world) {
			w.together(upTo(3), w.read)
			if _, err := w.reader.Registration(w.t.Context(), numbered(99)); !client.IsNotFound(err) {
				t.Errorf("error = %v", err)
			}
			w.wantLog("list d0099.com")
		})
	})
	t.Run("many that nobody has cost one read each", func(t *testing.T) {
		t.Parallel()
		play(t, 60, func(w *world) {
			for n := range 80 {
				if _, err := w.reader.Registration(w.t.Context(), numbered(n)); client.IsNotFound(err) != (n >= 60) {
					t.Errorf("%d: %v", n, err)
				}
			}
			w.wantRequests(2, 21)
		})
	})
	t.Run("one that is unreadable singly is an error", func(t *testing.T) {
		t.Parallel()
		play(t, 3, func(w *world) {
			w.server.Inject(listed(fake.Fault{OmitField: "1.auto_renew", Times: -1}))
			w.server.Inject(fake.Fault{Path: "d0001.com", OmitField: "auto_renew", Times: -1})
			w.read(numbered(0))
			w.read(numbered(2))
			if _, err := w.reader.Registration(w.t.Context(), numbered(1)); err == nil || client.IsNotFound(err) {
				t.Errorf("error = %v", err)
			}
		})
	})
	t.Run("one that left the account meanwhile is not listed for", func(t *testing.T) {
		t.Parallel()
		play(t, 3, func(w *world) {
			w.read(numbered(0))
			w.server.RemoveDomain(account, string(name(0)))
			time.Sleep(4 * time.Minute)
			w.pages()
			time.Sleep(2 * time.Minute)
			if _, err := w.reader.Registration(w.t.Context(), numbered(0)); !client.IsNotFound(err) {
				t.Errorf("error = %v", err)
			}
			w.wantLog("d0000.com list d0000.com")
		})
	})
	t.Run("one that comes to the account later is found", func(t *testing.T) {
		t.Parallel()
		play(t, 3, func(w *world) {
			w.together(upTo(3), w.read)
			w.add(account, 3)
			w.read(numbered(3))
		})
	})
}
