// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package chaos holds tests that throw random faults at the provider and hold it to what it
// promises whatever happens. They drive it through its protocol, in fake time, against the fake
// registrar; nothing here knows how the provider does its work.
//
// A schedule is everything that is going to happen, made from one number, the seed: the domains
// and how their updates go, several runs of a CLI over them, the faults of network and server,
// what others do to the domains meanwhile, and when the user interrupts.
//
//	CHAOS_SCHEDULES=10000 go test ./internal/chaos    so many schedules, from seed 1 on
//	CHAOS_FOR=1h go test -timeout 0 ./internal/chaos  until the time is over, from a seed of the moment
//	CHAOS_SEED=17 go test ./internal/chaos            one schedule, and everything that happened in it
//
// A seed always makes the same schedule. What the provider makes of it may differ between runs
// in what Go leaves open (which of two goroutines is first) and in the jitter of its pauses,
// so a failing one is best replayed with -count=20. Those that ever failed are kept in
// testdata/seeds.txt and played in every run.
//
//	schedule_test.go    what is going to happen, made from a seed
//	fault_test.go       the faults of network and server
//	run_test.go         the runs of the CLI, played
//	claim_test.go       what must hold of every success and failure, and once the faults are over
//	chaos_test.go       the tests, and the variables above
package chaos
