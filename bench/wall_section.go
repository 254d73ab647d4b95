// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"time"
)

// wallLatency is how long the fake takes for each answer.
const wallLatency = 150 * time.Millisecond

// wallCase is one size of configuration, and how many times it is run; an odd number, for the median.
type wallCase struct {
	domains, parallelism, times int
}

func wallCases() []wallCase {
	return []wallCase{{100, 10, 3}, {100, 50, 3}, {1000, 10, 1}, {1000, 50, 1}}
}

// wallRow is what a command took, in the medians of its runs.
type wallRow struct {
	Command     string  `json:"command"`
	Domains     int     `json:"domains"`
	Parallelism int     `json:"parallelism"`
	Requests    int     `json:"requests"`
	Chain       int     `json:"chain"` // requests of which each needs the answer of the one before
	Wall        float64 `json:"wall_s"`
	Nothing     float64 `json:"nothing_s"` // of the CLI, for as many terraform_data
	Bound       float64 `json:"bound_s"`   // requests × latency ÷ parallelism + nothing
	ChainBound  float64 `json:"chain_bound_s"`
}

// timing is one run of a command, ours and the CLI's own in turns.
type timing struct {
	ours, nothing time.Duration
	requests      int
}

func measureWall(ctx context.Context, b *bed) (section, error) {
	var rows []wallRow
	for _, c := range wallCases() {
		var plans, applies []timing
		for range c.times {
			apply, plan, err := c.once(ctx, b)
			if err != nil {
				return section{}, err
			}
			applies, plans = append(applies, apply), append(plans, plan)
		}
		rows = append(rows, c.row("apply", applies), c.row("plan", plans))
	}
	s := section{
		Title: "Wall time",
		Text: []string{
			"With the real CLI and a fake that answers after 150 ms and says that its rate limit is far away (else the provider keeps to the published 1,200 requests in five minutes, which takes longer). " +
				"*apply* carries out a saved plan that adopts every domain and switches it; *plan* is the one after it, with nothing to change. *CLI alone* is the same command for as many `terraform_data`, in turns. With 100 domains these are medians of three runs; with 1,000 it is a single run, and as noisy as one.",
			"*bound* is requests × 150 ms ÷ parallelism + *CLI alone*. It takes for granted that requests can always be sent so many at a time. " +
				"They cannot: the pages of a list come one after another, and before a PATCH stands the registration, and before that the look at `update-status`. " +
				"*chain* is the number of requests that one such sequence has at least (for an apply: look, registration, PATCH; where the registration is read from a list of two pages, it is one more); *chain bound* is the same bound, but never less than the rounds of sequences take: ⌈domains ÷ parallelism⌉ for an apply, one for a plan.",
		},
		Raw: rows,
	}
	t := table{Head: []string{"", "domains", "parallelism", "requests", "wall", "CLI alone", "bound", "÷ bound", "chain", "chain bound", "÷ chain bound"}}
	for _, r := range rows {
		t.Rows = append(t.Rows, r.cells())
		s.Figures = append(s.Figures, atMost(fmt.Sprintf("Wall time, %s of %d at parallelism %d, beside its bound", r.Command, r.Domains, r.Parallelism), r.Wall/r.Bound, "×", 1.15,
			fmt.Sprintf("%d requests in a row; %.2f × the bound that knows of them", r.Chain, r.Wall/r.ChainBound)))
	}
	s.Tables = []table{t}
	return s, nil
}

// once applies and plans, each in turns with the CLI alone.
func (c wallCase) once(ctx context.Context, b *bed) (apply, plan timing, err error) {
	domains, server, err := b.newDomainRoom(ctx, c.domains, wallLatency, false)
	if err != nil {
		return timing{}, timing{}, err
	}
	defer server.stop()
	nothing, err := b.newRoom(nothingConfig(c.domains), false)
	if err != nil {
		return timing{}, timing{}, err
	}
	p := fmt.Sprintf("-parallelism=%d", c.parallelism)
	for _, r := range []*room{nothing, domains} {
		if _, err := r.run(ctx, "plan", p, "-out=saved.tfplan"); err != nil {
			return timing{}, timing{}, err
		}
	}
	apply, err = timed(ctx, nothing, domains, server, "apply", p, "saved.tfplan")
	if err != nil {
		return timing{}, timing{}, err
	}
	plan, err = timed(ctx, nothing, domains, server, "plan", p)
	return apply, plan, err
}

func timed(ctx context.Context, nothing, domains *room, server *registrar, args ...string) (t timing, err error) {
	if t.nothing, err = nothing.run(ctx, args...); err != nil {
		return t, err
	}
	server.ResetLog()
	t.ours, err = domains.run(ctx, args...)
	t.requests = len(server.Requests())
	fmt.Fprintf(os.Stderr, "        %s: %.1f s, CLI alone %.1f s\n", args[0], t.ours.Seconds(), t.nothing.Seconds())
	return t, err
}

func (c wallCase) row(command string, timings []timing) wallRow {
	var ours, nothing []time.Duration
	var requests []int64
	for _, t := range timings {
		ours, nothing, requests = append(ours, t.ours), append(nothing, t.nothing), append(requests, int64(t.requests))
	}
	r := wallRow{
		Command: command, Domains: c.domains, Parallelism: c.parallelism,
		Wall: median(ours).Seconds(), Nothing: median(nothing).Seconds(), Requests: int(median(requests)),
	}
	spread := float64(r.Requests) * wallLatency.Seconds() / float64(c.parallelism)
	r.Bound = spread + r.Nothing
	// A plan reads one registration where it knows nothing of the account, and lists two pages. An apply
	// does so once, for its warnings, and then has three requests for each domain.
	rounds := math.Ceil(float64(c.domains) / float64(c.parallelism))
	r.Chain = 2
	chained := 2.0
	if command == "apply" {
		r.Chain, chained = 3, 2+3*rounds
	}
	r.ChainBound = max(spread, chained*wallLatency.Seconds()) + r.Nothing
	return r
}

func (r wallRow) cells() []string {
	seconds := func(s float64) string { return fmt.Sprintf("%.2f s", s) }
	return []string{
		r.Command, fmt.Sprint(r.Domains), fmt.Sprint(r.Parallelism), fmt.Sprint(r.Requests), seconds(r.Wall), seconds(r.Nothing),
		seconds(r.Bound), fmt.Sprintf("%.2f", r.Wall/r.Bound), fmt.Sprint(r.Chain), seconds(r.ChainBound), fmt.Sprintf("%.2f", r.Wall/r.ChainBound),
	}
}
