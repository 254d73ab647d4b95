// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio_test

import (
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestFreshIsNeverOlderThanTheCall(t *testing.T) {
	t.Parallel()
	tests := map[string]func(w *world){
		"after a single read":              func(w *world) { w.read(numbered(0)) },
		"after a listing":                  func(w *world) { w.together(upTo(60), w.read) },
		"after all pages":                  func(w *world) { w.pages() },
		"after another fresh read":         func(w *world) { w.fresh(numbered(0)) },
		"after fresh reads that listed":    func(w *world) { w.together(upTo(60), w.fresh) },
		"while a single read is under way": func(w *world) { go w.read(numbered(1)) },
		"while a fresh read is under way":  func(w *world) { go w.fresh(numbered(1)) },
		"while a listing is under way": func(w *world) {
			go w.together(upTo(60)[1:], w.read)
		},
		"while pages are under way": func(w *world) { go w.pages() },
	}
	for story, before := range tests {
		for _, moment := range []time.Duration{time.Nanosecond, 10 * time.Millisecond, 20 * time.Millisecond, 400 * time.Millisecond, 600 * time.Millisecond, 900 * time.Millisecond} {
			t.Run(story+", "+moment.String()+" later", func(t *testing.T) {
				t.Parallel()
				play(t, 60, func(w *world) {
					before(w)
					time.Sleep(moment)
					w.server.SetAutoRenew(account, string(name(0)), true)
					w.fresh(numbered(0))
				}, fake.WithLatency(500*time.Millisecond))
			})
		}
	}
}

func TestFreshReadsListWhereThatIsCheaper(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		domains, read, lists, singles int
	}{
		"one":                        {100, 1, 0, 1},
		"two of two pages":           {100, 2, 0, 2},
		"three of two pages":         {100, 3, 2, 0},
		"ten of one page":            {50, 10, 1, 0},
		"all hundred":                {100, 100, 2, 0},
		"five of twenty pages":       {1000, 5, 0, 5},
		"twenty-one of twenty pages": {1000, 21, 20, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, test.domains, func(w *world) {
				w.pages() // how many there are is known from here on
				w.server.ResetLog()
				w.together(upTo(test.read), w.fresh)
				w.wantRequests(test.lists, test.singles)
			})
		})
	}
}

func TestFreshReadsOfAnAccountOfUnknownSize(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		domains, read int
		most          int
	}{
		"two of one page":     {50, 2, 1},
		"three of one page":   {50, 3, 1},
		"three of many pages": {1000, 3, 6},
		"ten of many pages":   {1000, 10, 20},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, test.domains, func(w *world) {
				var last []int
				for n := range test.read {
					last = append(last, test.domains-1-n)
				}
				w.together(last, w.fresh)
				if count := len(w.server.Requests()); count > test.most {
					t.Errorf("%d requests, want at most %d", count, test.most)
				}
				w.server.ResetLog()
				w.together(last, w.fresh)
				if count := len(w.server.Requests()); count > test.read {
					t.Errorf("the second time: %d requests, want at most %d", count, test.read)
				}
			})
		})
	}
}

func TestFreshReadOfADomainThatIsNotThere(t *testing.T) {
	t.Parallel()
	play(t, 60, func(w *world) {
		w.together(upTo(60), w.read)
		w.server.RemoveDomain(account, string(name(7)))
		if _, err := w.reader.Fresh(w.t.Context(), numbered(7)); !client.IsNotFound(err) {
			t.Errorf("error = %v", err)
		}
	})
}

func TestForgetMakesTheNextReadAsk(t *testing.T) {
	t.Parallel()
	play(t, 60, func(w *world) {
		w.together(upTo(60), w.read)
		time.Sleep(time.Second)
		w.write(numbered(0))
		time.Sleep(time.Second)
		w.read(numbered(0))
		w.server.ResetLog()
		for n := range 60 {
			w.read(numbered(n))
		}
		w.wantLog("")
	})
}

func TestForgetConcernsOneDomain(t *testing.T) {
	t.Parallel()
	play(t, 60, func(w *world) {
		w.together(upTo(60), w.read)
		w.server.ResetLog()
		w.write(numbered(0))
		for n := 1; n < 60; n++ {
			w.read(numbered(n))
		}
		w.wantLog("")
	})
}

func TestForgetOfAHundredDomainsDoesNotListAHundredTimes(t *testing.T) {
	t.Parallel()
	play(t, 100, func(w *world) {
		w.together(upTo(100), w.read)
		for n := range 100 {
			w.write(numbered(n))
			time.Sleep(time.Second)
		}
		w.server.ResetLog()
		for n := range 100 {
			w.read(numbered(n))
		}
		w.wantRequests(2, 0)
	})
}

func TestForgetBeatsWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	tests := map[string]func(w *world){
		"a single read": func(w *world) { _, _ = w.reader.Registration(w.t.Context(), numbered(0)) },
		"a fresh read":  func(w *world) { _, _ = w.reader.Fresh(w.t.Context(), numbered(0)) },
		"a listing": func(w *world) {
			w.together(upTo(60), func(id client.DomainID) { _, _ = w.reader.Registration(w.t.Context(), id) })
		},
		"pages": func(w *world) { w.pages() },
	}
	for name, read := range tests {
		for _, moment := range []time.Duration{10 * time.Millisecond, 600 * time.Millisecond, 1600 * time.Millisecond, 2500 * time.Millisecond} {
			t.Run(name+", written to after "+moment.String(), func(t *testing.T) {
				t.Parallel()
				play(t, 60, func(w *world) {
					w.server.Inject(fake.Fault{DelayBody: time.Second, Times: -1}) // the server decides at once, and is slow to tell
					var under sync.WaitGroup
					under.Go(func() { read(w) })
					time.Sleep(moment)
					w.write(numbered(0))
					under.Wait()
					w.read(numbered(0))
					w.fresh(numbered(0))
					for page, err := range w.reader.Pages(w.t.Context(), account) {
						for _, r := range page.Registrations {
							w.compare(client.DomainID{Account: account, Name: r.Name}, r, err)
						}
					}
				})
			})
		}
	}
}
