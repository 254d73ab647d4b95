// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// pages lists the account to its end, and gives how many domains it brought.
func (w *world) pages() int {
	w.t.Helper()
	count := 0
	for page, err := range w.reader.Pages(w.t.Context(), account) {
		if err != nil {
			w.t.Errorf("page: %v", err)
		}
		count += len(page.Registrations)
	}
	return count
}

// firstPage takes one page and leaves the rest.
func (w *world) firstPage() {
	for _, err := range w.reader.Pages(w.t.Context(), account) {
		if err != nil {
			w.t.Errorf("page: %v", err)
		}
		break
	}
}

func TestPagesBringEverything(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ domains, lists int }{
		"none": {0, 1}, "one": {1, 1}, "a page": {50, 1}, "a page and one": {51, 2}, "twenty pages": {1000, 20},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, test.domains, func(w *world) {
				if count := w.pages(); count != test.domains {
					t.Errorf("%d domains, want %d", count, test.domains)
				}
				w.wantRequests(test.lists, 0)
				for n := range test.domains {
					w.read(numbered(n))
				}
				w.wantRequests(test.lists, 0)
			})
		})
	}
}

func TestPagesThatNobodyTakesAreNotAskedFor(t *testing.T) {
	t.Parallel()
	play(t, 150, func(w *world) {
		w.firstPage()
		w.wantRequests(1, 0)
		w.read(numbered(49)) // was on the page that came
		w.wantRequests(1, 0)
		if count := w.pages(); count != 150 {
			t.Errorf("%d domains after a listing that was broken off", count)
		}
		w.wantRequests(4, 0)
	})
}

func TestPagesShareAListing(t *testing.T) {
	t.Parallel()
	t.Run("one after the other", func(t *testing.T) {
		t.Parallel()
		play(t, 100, func(w *world) {
			w.pages()
			w.pages()
			w.wantRequests(2, 0)
		})
	})
	t.Run("at once", func(t *testing.T) {
		t.Parallel()
		play(t, 100, func(w *world) {
			w.together(upTo(5), func(client.DomainID) {
				if count := w.pages(); count != 100 {
					t.Errorf("%d domains", count)
				}
			})
			w.wantRequests(2, 0)
		}, fake.WithLatency(time.Second))
	})
	t.Run("with a refresh", func(t *testing.T) {
		t.Parallel()
		play(t, 100, func(w *world) {
			w.together(upTo(100), w.read)
			w.pages()
			w.wantRequests(2, 0)
		})
	})
	t.Run("from which a reader of the first page broke off", func(t *testing.T) {
		t.Parallel()
		play(t, 100, func(w *world) {
			w.pages()
			w.firstPage()
			w.wantRequests(2, 0)
		})
	})
}

func TestPagesAreListedAnew(t *testing.T) {
	t.Parallel()
	tests := map[string]func(w *world){
		"after a write":             func(w *world) { w.write(numbered(0)) },
		"after five minutes":        func(*world) { time.Sleep(5 * time.Minute) },
		"after a write a while ago": func(w *world) { time.Sleep(time.Minute); w.write(numbered(0)); time.Sleep(time.Minute) },
		"after a write that was read back": func(w *world) {
			time.Sleep(time.Minute)
			w.write(numbered(0))
			w.fresh(numbered(0))
			w.server.ResetLog()
		},
	}
	for name, act := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, 100, func(w *world) {
				w.pages()
				w.server.ResetLog()
				act(w)
				w.pages()
				w.wantRequests(2, 0)
			})
		})
	}
}

func TestPagesThatFailEndInTheirError(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault fake.Fault
		kind  client.Kind
	}{
		"may not be listed":  {fake.Fault{Status: 403, Body: dontList, Times: -1}, client.KindRefused},
		"is HTML":            {fake.Fault{Status: 200, Body: "<html></html>", Times: -1}, client.KindMalformed},
		"has no cursor":      {fake.Fault{OmitField: "$.result_info.cursor", Times: -1}, client.KindMalformed},
		"has a cursor again": {fake.Fault{RepeatCursor: true, Times: -1}, client.KindMalformed},
		"fails all the time": {fake.Fault{Status: 500, Body: refusal, Times: -1}, client.KindRefused},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, 100, func(w *world) {
				w.server.Inject(listed(test.fault))
				ctx, cancel := w.within(time.Minute)
				defer cancel()
				var last error
				for _, err := range w.reader.Pages(ctx, account) {
					last = err
				}
				if e, ok := errors.AsType[*client.Error](last); !ok || e.Kind != test.kind {
					t.Errorf("error = %v", last)
				}
				w.server.ClearFaults()
				if count := w.pages(); count != 100 {
					t.Errorf("%d domains when it was over", count)
				}
			})
		})
	}
}

func TestPagesPassOnWhatCouldNotBeRead(t *testing.T) {
	t.Parallel()
	play(t, 3, func(w *world) {
		w.server.Inject(listed(fake.Fault{OmitField: "1.auto_renew"}))
		for range 2 { // the second time from memory
			for page, err := range w.reader.Pages(w.t.Context(), account) {
				if err != nil || len(page.Registrations) != 2 || len(page.Unreadable) != 1 {
					t.Errorf("page = %+v, %v", page, err)
				}
			}
		}
		w.wantRequests(1, 0)
	})
}

func TestPagesEndWithTheirContext(t *testing.T) {
	t.Parallel()
	t.Run("while one comes", func(t *testing.T) {
		t.Parallel()
		play(t, 3, func(w *world) {
			ctx, cancel := w.within(2 * time.Second)
			defer cancel()
			for _, err := range w.reader.Pages(ctx, account) {
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("error = %v", err)
				}
			}
			w.wantTook(2*time.Second, 2*time.Second)
		}, fake.WithLatency(time.Minute))
	})
	t.Run("while somebody else lists", func(t *testing.T) {
		t.Parallel()
		play(t, 3, func(w *world) {
			go w.pages()
			time.Sleep(time.Second)
			ctx, cancel := w.within(time.Second)
			defer cancel()
			for _, err := range w.reader.Pages(ctx, account) {
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("error = %v", err)
				}
			}
			w.wantTook(2*time.Second, 2*time.Second)
			time.Sleep(time.Minute)
		}, fake.WithLatency(10*time.Second))
	})
}
