// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package simulated_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// requestRow is what one operation on so many domains came to.
type requestRow struct {
	Operation   string  `json:"operation"`
	Domains     int     `json:"domains"`
	Parallelism int     `json:"parallelism"`
	Requests    int     `json:"requests"`
	Pages       int     `json:"pages"`    // of them, pages of lists
	Reads       int     `json:"reads"`    // of them, single registrations
	Looks       int     `json:"looks"`    // of them, looks at update-status
	Patches     int     `json:"patches"`  // of them, PATCH
	Least       int     `json:"least"`    // the arithmetic minimum
	Single      int     `json:"single"`   // of a provider that asks for each domain by itself
	Allowed     int     `json:"allowed"`  // at most, as explained in bench/README.md
	Seconds     float64 `json:"seconds"`  // of fake time, at 150 ms an answer
	Accounts    int     `json:"accounts"` // over which the domains are spread
}

func TestRequests(t *testing.T) {
	t.Parallel()
	sizes := []int{1, 10, 100}
	if *out != "" {
		sizes = []int{1, 10, 100, 1000, 5000}
	}
	var rows rows[requestRow]
	t.Cleanup(func() { rows.write(t, "requests.json") })
	for _, domains := range sizes {
		t.Run(fmt.Sprintf("%d domains", domains), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, domains, true)
				for number, o := range operations() {
					row := w.count(o, 10)
					if row.Requests > row.Allowed {
						t.Errorf("%d requests; at most %d are allowed: %+v", row.Requests, row.Allowed, row)
					}
					rows.add(number*100_000+domains, row)
				}
				if broken := w.fake.Violations(); len(broken) > 0 {
					t.Errorf("the fake registrar saw violations: %v", broken)
				}
			})
		})
	}
}

// count plays an operation and counts what it sent.
func (w *world) count(o operation, parallelism int) requestRow {
	w.t.Helper()
	w.fake.ResetLog()
	began := time.Now()
	o.play(w, parallelism)
	row := requestRow{Operation: o.name, Domains: w.domains, Parallelism: parallelism, Seconds: time.Since(began).Seconds(), Single: o.single(w.domains)}
	for _, request := range w.fake.Requests() {
		row.tally(request.Method, request.Path)
	}
	pages := 0
	for left := w.domains; left > 0; left -= perAccount {
		pages += (min(left, perAccount) + 49) / 50
		row.Accounts++
	}
	row.Least, row.Allowed = o.least(w.domains, pages), o.walks*(pages+row.Accounts)
	if o.writes { // which looks at each domain's update and then at its registration
		row.Allowed += row.Patches + 2*w.domains
	}
	return row
}

// tally counts one request.
func (r *requestRow) tally(method, path string) {
	r.Requests++
	switch {
	case method == "PATCH":
		r.Patches++
	case strings.HasSuffix(path, "/update-status"):
		r.Looks++
	case strings.HasSuffix(path, "/registrations"):
		r.Pages++
	default:
		r.Reads++
	}
}
