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
	Allowed     int     `json:"allowed"`  // what is promised at most
	Seconds     float64 `json:"seconds"`  // of fake time, at 150 ms an answer
	Accounts    int     `json:"accounts"` // over which the domains are spread
}

func TestRequests(t *testing.T) {
	t.Parallel()
	sizes := []int{1, 10, 100}
	if *out != "" {
		sizes = []int{1000}
	}
	var rows rows[requestRow]
	t.Cleanup(func() { rows.write(t, "requests.json") })
	for number, o := range operations() {
		for _, domains := range sizes {
			t.Run(fmt.Sprintf("%s of %d domains", o.name, domains), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					row := count(t, o, domains, 10)
					if row.Requests > row.Allowed {
						t.Errorf("%d requests; at most %d are promised: %+v", row.Requests, row.Allowed, row)
					}
					rows.add(number*100_000+domains, row)
				})
			})
		}
	}
}

// count plays an operation and counts what it sent.
func count(t *testing.T, o operation, domains, parallelism int) requestRow {
	t.Helper()
	w := newWorld(t, domains, true)
	o.prepare(w, parallelism)
	w.fake.ResetLog()
	began := time.Now()
	o.play(w, parallelism)
	row := requestRow{Operation: o.name, Domains: domains, Parallelism: parallelism, Seconds: time.Since(began).Seconds(), Single: o.single(domains)}
	for _, request := range w.fake.Requests() {
		row.Requests++
		switch {
		case request.Method == "PATCH":
			row.Patches++
		case strings.HasSuffix(request.Path, "/update-status"):
			row.Looks++
		case strings.HasSuffix(request.Path, "/registrations"):
			row.Pages++
		default:
			row.Reads++
		}
	}
	pages := 0
	for left := domains; left > 0; left -= perAccount {
		pages += (min(left, perAccount) + 49) / 50
		row.Accounts++
	}
	row.Least, row.Allowed = o.least(domains, pages), pages+row.Accounts
	if row.Looks > 0 { // a write, which reads each domain once more after the look
		row.Allowed += row.Looks + row.Patches + domains
	}
	if broken := w.fake.Violations(); len(broken) > 0 {
		t.Errorf("the fake registrar saw violations: %v", broken)
	}
	return row
}
