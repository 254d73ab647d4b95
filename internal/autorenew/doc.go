// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package autorenew brings the auto-renew of a registration to a wanted value, through the
// registrar's asynchronous update, in five steps:
//
//  1. Look at the update's status. One in flight is joined, whoever started it. One that waits
//     for a person stops here.
//  2. Look at the registration. As wanted: nothing is written. (A listing can stand in for the
//     look where it gives a reason to write; see current in set.go.)
//  3. Write, once. Whatever leaves a doubt goes back to 1, and nothing is written until the
//     server must have begun what it was going to do.
//  4. Wait until the update ends.
//  5. Confirm that the registration shows the wanted value.
//
// The order of 1 and 2 matters: the other way round, an update that ends between the two looks
// is written a second time, and one in flight toward the other value is missed.
//
// The API keeps one update to a registration and gives it no id, so what is in flight can be
// found again by anyone at any time. That is why nothing of it is kept in Terraform's state:
// after an interruption the next run finds the work where the registrar has it.
//
//	set.go          the five steps
//	write.go        step 3, and what its failure means
//	watch.go        step 4, the loop
//	verdict.go      step 4, what a state or a failed poll means
//	ownership.go    which status belongs to the update that was started
//	schedule.go     when to look again
//	confirm.go      step 5
//	turns.go        one call for a domain at a time
//	errors.go       the ways to end without success
package autorenew
