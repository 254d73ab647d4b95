// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package autorenew brings the auto-renew of a registration to a wanted value through the
// registrar's asynchronous update, in five steps:
//
//  1. Read update-status. Join an update in flight, whoever started it. Stop where one waits for
//     a person.
//  2. Read the registration. Where it is as wanted, write nothing.
//  3. PATCH auto_renew.
//  4. Wait until the update ends.
//  5. Confirm that the registration shows the wanted value.
//
// Step 1 comes before step 2: in the other order, an update that ends between the two reads is
// doubled, and one in flight toward the other value is missed.
//
// An operation is a state, a pure decision, and a loop. After every wait the loop begins anew at
// step 1, so a poll is step 1 again, and a PATCH always follows fresh reads.
//
// The API keeps one update to a registration and gives it no id. The next run finds it where the
// registrar has it, so nothing of it has to be stored here.
//
//	state.go     what is known of an operation
//	decide.go    what to do next: steps 1 to 5, as a pure function
//	run.go       the loop that does it
//	policy.go    every number, when to poll, what a failed request means
//	setter.go    the way in: one operation on a domain at a time
//	errors.go    the ways to end without success
package autorenew
