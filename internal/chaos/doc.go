// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package chaos contains property tests of the provider's guarantees under random faults. They run the
// provider through the plugin protocol, in fake time, against the fake registrar, and don't depend on how it is
// implemented.
//
// pgregory.net/rapid draws a schedule: domains and their updates, several runs of a CLI, network and server
// faults, changes from outside Terraform, and interrupts. rapid.SyncTest plays the schedule in a bubble of
// fake time. If a rule breaks, rapid shrinks the schedule, prints it with each request and result, and saves
// it under testdata/rapid. The next test run replays it first.
//
// To play the same 10,000 schedules each time, new ones for an hour, or one saved schedule:
//
//	make chaos-check
//	make chaos CHAOS_FOR=1h
//	go test -count=1 -run '^TestChaos$/^one_domain$' ./internal/chaos -rapid.failfile=testdata/rapid/...
//
// Two replays can differ, because pauses have jitter and some goroutines start at the same instant. If rapid
// reports a flaky test, repeat the replay with -count=20. Add a test for each bug found here to the package
// that has the bug, then delete the saved schedule.
//
//	schedule_test.go    draws a schedule
//	fault_test.go       draws network and server faults
//	run_test.go         plays a schedule: the runs of the CLI
//	rules_test.go       checks the rules
//	chaos_test.go       the test and its settings
package chaos
