// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package fakeregistrar imitates Cloudflare's Registrar API. It is a stateful
// server with asynchronous updates, scripted scenarios, faults on demand, the
// published rate limit and a request log.
//
// It is an [http.Handler] for sockets, an [http.RoundTripper] for tests without
// sockets (see [Server.Transport]), and the program in cmd/fakeregistrar. It uses
// package time's clock and starts no goroutines, so an update that takes an hour
// finishes at once in a testing/synctest bubble.
//
// # What is faithful
//
//   - paths, methods, envelopes, field names and types
//   - the documented errors and their codes
//   - how long a PATCH is held, its 200 or 202, Prefer: respond-async, Location
//   - the workflow states and cursor pagination
//   - the rate limit's headers and lockout
//   - the separate state of the sandbox
//
// Tests compare the fake with the documented answers in testdata. The module sdkcheck
// checks all answers with Cloudflare's SDK and an OpenAPI description.
// Sources:
// https://developers.cloudflare.com/api/resources/registrar/ and
// https://developers.cloudflare.com/fundamentals/api/reference/limits/.
//
// # What is a guess
//
// The reference documents no HTTP statuses other than 200, 202 and "4XX". The
// fake returns 404 for an unknown domain or workflow, 400 for malformed input,
// 403 for unknown credentials or accounts, and 409 for a PATCH during an
// update. A [Fault] can return others. The code and text of a 429 are invented.
// [Answers] lists refusals from public reports about other tools.
//
// # What is missing
//
// Everything that a provider for auto-renew doesn't use: searching, buying and
// transferring domains, prices, contacts, and permissions. The fake ignores the
// list parameters sort_by and direction. It doesn't enforce the limits of 200
// requests per second per IP address and 500 domains per account.
//
// # Files
//
//   - server.go, options.go: the server and its options
//   - route.go, credentials.go, rate_limit.go: checks before an operation
//   - registration_get.go, registration_list.go, registration_patch.go,
//     update_status.go: the operations; wire.go, envelope.go, links.go: their answers
//   - store.go, domain.go, registration.go, workflow.go: the state
//   - scenario.go, scenario_catalog.go, scenario_parse.go: how an update runs
//   - fault.go, fault_answer.go, fault_edit.go, answers.go: failing requests
//   - send.go, transport.go: answers over sockets, and without them
//   - request_log.go, violations.go: the request log, and requests that broke a rule
package fakeregistrar
