// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package autorenew turns auto-renew on or off through the registrar's asynchronous updates, in five steps:
//
//  1. Read update-status. Join an update in flight, even if another client started it. Stop if it needs
//     user action.
//  2. Read the registration. If it already shows the wanted value, stop.
//  3. PATCH auto_renew.
//  4. Wait until the update ends.
//  5. Confirm that the registration shows the wanted value.
//
// Step 1 comes before step 2. In the other order, an operation would repeat an update that ends between the
// two reads. It would also miss an update in flight toward the other value.
//
// An operation is a state, a pure decision function, and a loop. After every wait the loop returns to step 1,
// so polling repeats step 1, and fresh reads precede each PATCH. If the answer to a PATCH is lost, the same
// steps determine whether the API acted on it: see patchOrWait.
//
// The API keeps only the latest update of a registration, without an ID. The next run reads it there, so
// this package stores nothing.
//
//	state.go     what one operation has read and sent
//	decide.go    what to do next: steps 1 to 5, as a pure function
//	run.go       the loop that runs the actions
//	policy.go    timeouts and limits, poll intervals, and the meaning of failed requests
//	setter.go    the entry point: one operation on a domain at a time
//	errors.go    the errors of an operation
package autorenew
