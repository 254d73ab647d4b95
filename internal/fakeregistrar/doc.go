// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package fakeregistrar imitates Cloudflare's Registrar API. It is a stateful
// server with asynchronous updates, scenarios for updates, faults on demand, the
// published rate limit and a log of requests.
//
// It is an [http.Handler] for sockets, an [http.RoundTripper] for tests without
// sockets (see [Server.Transport]), and the program in cmd/fakeregistrar. It uses
// package time's clock and starts no goroutines, so an update that takes an hour
// ends at once in a testing/synctest bubble.
//
// # What is faithful
//
// Paths, methods, envelopes, field names and types, the documented errors and
// their codes, the hold of a PATCH and its 200 or 202, Prefer: respond-async,
// Location, the workflow states, cursor pagination, the rate limit's headers
// and its lockout, the separate state of the sandbox. Tests compare with the
// documented answers in testdata. The module sdkcheck validates all answers with a
// description of the API and with Cloudflare's own SDK. Sources:
// https://developers.cloudflare.com/api/resources/registrar/ and
// https://developers.cloudflare.com/fundamentals/api/reference/limits/.
//
// # What is a guess
//
// The reference gives no HTTP status numbers beyond 200, 202 and "4XX". The
// fake answers 404 for an unknown domain or workflow, 400 for malformed input,
// 403 for unknown credentials or accounts and 409 for a PATCH while an update is
// in flight; [Fault] gives other numbers. The code and text of a 429 are ours.
// [Answers] lists refusals from public reports of other tools.
//
// # What is missing
//
// Everything that a provider for auto-renew doesn't call: searching, buying and
// transferring domains, prices, contacts, and the parameters sort_by and
// direction of a list, which it ignores. Permissions, the limit of 200 requests
// per second and address, and that of 500 domains per account are missing too.
//
// # Files
//
//   - server.go, options.go: a server and its options
//   - route.go, credentials.go, rate_limit.go: before an operation
//   - registration_get.go, registration_list.go, registration_patch.go,
//     update_status.go: the operations; wire.go, envelope.go, links.go: their answers
//   - store.go, domain.go, registration.go, workflow.go: the state
//   - scenario.go, scenario_catalog.go, scenario_parse.go: what an update does
//   - fault.go, fault_answer.go, fault_edit.go, answers.go: requests that fail
//   - send.go, transport.go, transport_response.go: sockets, and tests without sockets
//   - request_log.go, violations.go: what clients did
package fakeregistrar
