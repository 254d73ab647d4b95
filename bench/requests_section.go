// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"strings"
)

// requestRow is a row of bench/simulated.
type requestRow struct {
	Operation   string  `json:"operation"`
	Domains     int     `json:"domains"`
	Accounts    int     `json:"accounts"`
	Parallelism int     `json:"parallelism"`
	Requests    int     `json:"requests"`
	Pages       int     `json:"pages"`
	Reads       int     `json:"reads"`
	Looks       int     `json:"looks"`
	Patches     int     `json:"patches"`
	Least       int     `json:"least"`
	Single      int     `json:"single"`
	Allowed     int     `json:"allowed"`
	Seconds     float64 `json:"seconds"`
}

func measureRequests(ctx context.Context, b *bed) (section, error) {
	rows, err := simulate[requestRow](ctx, b, "TestRequests", "requests.json")
	if err != nil {
		return section{}, err
	}
	checked, err := checkRequests(ctx, b, rows)
	if err != nil {
		return section{}, err
	}
	return section{
		Title: "Requests",
		Text: []string{
			"Counted in fake time, by driving the whole provider as Terraform does: a provider process for each walk of the graph, parallelism 10, answers after 150 ms, " +
				"100 domains to an account, in an order as mixed as Terraform's. *least* is the arithmetic minimum: a page for 50 domains in each walk that must read, and for a write one look at " +
				"`update-status` (the API lists no updates) and one PATCH for each domain. *one by one* is a provider with a request for each domain, which writes without looking. " +
				"*allowed* is a page for 50 domains and one request more an account in each walk that must read, which the project promises for a refresh; for a write it is our own yardstick and no promise: in addition a look at each domain's update, a read of its registration, and a PATCH. An adoption counts two walks that read, because Terraform plans once more while it applies.",
			"With the real CLI and over a real socket: " + checked + ".",
		},
		Figures: append(requestFigures(rows), leastFigures(rows)...),
		Tables:  []table{requestTable(rows)},
		Raw:     rows,
	}, nil
}

// requestFigures is one figure an operation: the largest share of what is allowed.
func requestFigures(rows []requestRow) []figure {
	var figures []figure
	at := map[string]int{}
	for _, row := range rows {
		f := atMost("Requests, "+row.Operation+", of those allowed", float64(row.Requests)/float64(row.Allowed), "×", 1,
			fmt.Sprintf("%d domains take %d", row.Domains, row.Requests))
		i, known := at[row.Operation]
		if !known {
			at[row.Operation] = len(figures)
			figures = append(figures, f)
		} else if f.Value > figures[i].Value {
			figures[i] = f
		}
	}
	return figures
}

// leastFigures hold the largest of each operation against the arithmetic minimum.
func leastFigures(rows []requestRow) []figure {
	var figures []figure
	for _, row := range rows {
		if row.Domains == 5000 {
			figures = append(figures, atMost("Requests, "+row.Operation+" of 5,000, beside the minimum", float64(row.Requests)/float64(row.Least), "×", 1,
				fmt.Sprintf("%d pages and %d single reads; the first read of an account is single, and few domains of one account are written at once", row.Pages, row.Reads)))
		}
	}
	return figures
}

func requestTable(rows []requestRow) table {
	t := table{Head: []string{"", "domains", "requests", "least", "one by one", "allowed", "pages", "reads", "looks", "PATCH", "seconds"}}
	for _, row := range rows {
		t.Rows = append(t.Rows, []string{
			row.Operation, fmt.Sprint(row.Domains), fmt.Sprint(row.Requests), fmt.Sprint(row.Least), fmt.Sprint(row.Single), fmt.Sprint(row.Allowed),
			fmt.Sprint(row.Pages), fmt.Sprint(row.Reads), fmt.Sprint(row.Looks), fmt.Sprint(row.Patches), fmt.Sprintf("%.1f", row.Seconds),
		})
	}
	return t
}

// checkRequests holds the count of a refresh in fake time against the CLI's own.
func checkRequests(ctx context.Context, b *bed, rows []requestRow) (string, error) {
	var told []string
	for _, row := range rows {
		if row.Operation != "refresh" || row.Domains > 100 {
			continue
		}
		seen, err := refreshOnce(ctx, b, row.Domains)
		if err != nil {
			return "", err
		}
		told = append(told, fmt.Sprintf("refreshing %d takes %d", row.Domains, seen))
	}
	return strings.Join(told, ", "), nil
}
