// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures what the provider costs, beside its peers and beside a provider that does
// nothing, and writes bench/README.md, bench/results.json and the pictures next to them.
//
//	make bench
//	make bench ONLY=floor,waiting
//
// Time is never a figure by itself, because machines are noisy: it is a ratio of medians from one run
// in which what is compared took turns, or it is counted in fake time.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

func main() {
	only := flag.String("only", "", "measure only these sections, separated by commas, and print them in place of writing files")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *only); err != nil {
		stop()
		log.Fatal(err) //nolint:gocritic // stop was called
	}
}

// chapter is a part of the report and what measures it.
type chapter struct {
	name    string
	measure func(ctx context.Context, b *bed) (section, error)
}

func chapters() []chapter {
	return []chapter{
		{"floor", measureFloor},
		{"requests", measureRequests},
		{"wall", measureWall},
		{"waiting", measureWaiting},
		{"growth", measureGrowth},
		{"decode", measureDecode},
	}
}

func run(ctx context.Context, only string) error {
	began := time.Now()
	dir, err := os.MkdirTemp("", "registrar-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // nothing in it is worth an error
	b, err := newBed(ctx, dir)
	if err != nil {
		return err
	}
	var report report
	for _, c := range chapters() {
		if only != "" && !strings.Contains(","+only+",", ","+c.name+",") {
			continue
		}
		fmt.Fprintf(os.Stderr, "%4.0f s  measuring: %s\n", time.Since(began).Seconds(), c.name)
		s, err := c.measure(ctx, b)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		s.Name = c.name
		report.Sections = append(report.Sections, s)
	}
	report.Machine = describeMachine(ctx, b, time.Since(began))
	if only != "" {
		fmt.Println(report.markdown())
		return nil
	}
	return report.write("bench")
}
