// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// list makes the reader remember a listing of the account.
func (w *world) list() {
	w.t.Helper()
	for _, err := range w.reader.Pages(w.t.Context(), account) {
		if err != nil {
			w.t.Fatal(err)
		}
	}
	w.server.ResetLog()
}

func TestWriteNeedsNoLookWhereAListingStillHolds(t *testing.T) {
	t.Parallel()
	later := func(w *world) { w.list(); time.Sleep(10 * time.Second) }
	cases := map[string]struct {
		before func(w *world)
		want   bool
		log    string
	}{
		"no update was ever made":            {later, true, "status PATCH"},
		"the last update is older":           {func(w *world) { w.after(fake.Immediate(), false, time.Hour); later(w) }, true, "status PATCH"},
		"nothing is remembered":              {func(*world) {}, true, "status registration PATCH"},
		"the domain is listed as wanted":     {later, false, "status registration"},
		"the listing is older than 5 min":    {func(w *world) { w.list(); time.Sleep(6 * time.Minute) }, true, "status registration PATCH"},
		"an update ended since":              {func(w *world) { w.list(); w.after(fake.Immediate(), true, time.Second) }, true, "status registration"},
		"one ended just before the listing":  {func(w *world) { w.after(fake.Immediate(), false, time.Second); w.list(); time.Sleep(time.Second) }, true, "status registration PATCH"},
		"somebody forgot it since":           {func(w *world) { w.list(); w.reader.Forget(id) }, true, "status registration PATCH"},
		"a single read is the newer one":     {func(w *world) { later(w); _, _ = w.reader.Fresh(w.t.Context(), id); w.server.ResetLog() }, true, "status registration PATCH"},
		"it changed without an update since": {func(w *world) { later(w); w.server.SetAutoRenew(account, domain, true) }, true, "status PATCH"},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			play(t, fake.Immediate(), func(w *world) {
				c.before(w)
				w.server.ResetLog()
				w.mustSet(c.want)
				if got := w.log(); got != c.log {
					t.Errorf("requests: %s; want %s", got, c.log)
				}
			})
		})
	}
}

func TestWriteJoinsWhateverAListingSays(t *testing.T) {
	t.Parallel()
	play(t, fake.Slow(time.Minute), func(w *world) {
		w.list()
		w.server.StartUpdate(account, domain, true)
		w.mustSet(true)
		w.wantPatches(0)
	})
}

// A hundred toggles, ten at a time: a status and a PATCH each, and one listing of two pages.
func TestWriteOfAHundredDomainsListsOnce(t *testing.T) {
	t.Parallel()
	var options []fake.Option
	for i := range 99 {
		options = append(options, fake.WithDomain(fake.Domain{Name: fmt.Sprintf("d%02d.com", i), Account: account}))
	}
	play(t, fake.Immediate(), func(w *world) {
		queue := make(chan client.DomainID)
		var workers sync.WaitGroup
		for range 10 {
			workers.Go(func() {
				for id := range queue {
					if _, err := w.setter.Set(w.t.Context(), id, true); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for i := range 99 {
			queue <- client.DomainID{Account: account, Name: domainname.Name(fmt.Sprintf("d%02d.com", i))}
		}
		queue <- id
		close(queue)
		workers.Wait()
		if got := len(w.server.Requests()); got != 202 {
			t.Errorf("a hundred toggles took %d requests; want 202", got)
		}
		if took := time.Since(w.began); took > 3500*time.Millisecond {
			t.Errorf("took %s at 150 ms a request; want about 20 rounds of it", took)
		}
	}, append(options, fake.WithLatency(150*time.Millisecond))...)
}
