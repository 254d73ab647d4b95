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
// So many schedules, from seed 1 on; until the time is over, from a seed of the moment; one
// schedule, and everything that happened in it:
//
//	CHAOS_SCHEDULES=10000 go test -count=1 -v -run '^TestChaos$' ./internal/chaos
//	CHAOS_FOR=1h go test -count=1 -timeout 0 -v -run '^TestChaos$' ./internal/chaos
//	CHAOS_SEED=17 go test -count=1 -v -run '^TestChaos$' ./internal/chaos
//
// A seed always makes the same schedule. What the provider makes of it may differ between runs
// in what Go leaves open (which of two goroutines is first) and in the jitter of its pauses,
// so a failing one is best replayed with -count=20. Seeds that found a fault, a real one or one
// that was planted in the provider, are kept in testdata/seeds.txt and played in every run.
//
//	schedule_test.go    what is going to happen, made from a seed
//	fault_test.go       the faults of network and server
//	run_test.go         the runs of the CLI, played
//	claim_test.go       what must hold of every success and failure, and once the faults are over
//	chaos_test.go       the tests, and the variables above
package chaos
