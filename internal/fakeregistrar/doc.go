// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package fakeregistrar plays Cloudflare's Registrar API: a stateful server
// with real asynchronous updates, scripts for what an update does, faults on
// demand, the published rate limit and a log of what was asked of it.
//
// It is an [http.Handler] for real sockets, an [http.RoundTripper] for tests
// without one (see [Server.Transport]), and the program in cmd/fakeregistrar.
// Time is the plain clock of package time and the package starts no goroutine
// of its own, so a test inside a testing/synctest bubble sees an update that
// takes an hour end at once.
//
// # What is faithful
//
// Paths, methods, envelopes, field names and types, the documented errors and
// their codes, the hold of a PATCH and its 200 or 202, Prefer: respond-async,
// Location, the workflow states, cursor pagination, the rate limit's headers
// and its lock-out, the separate state of the sandbox. The folder testdata
// holds the documented answers and the tests compare against them; the module
// sdkcheck holds all answers against a description of the API and against
// Cloudflare's own SDK. Sources:
// https://developers.cloudflare.com/api/resources/registrar/ and
// https://developers.cloudflare.com/fundamentals/api/reference/limits/.
//
// # What is a guess
//
// The reference gives no HTTP status numbers beyond 200, 202 and "4XX". The
// fake answers 404 for an unknown domain or workflow, 400 for malformed input,
// 403 for credentials or an account that it does not know and 409 for a PATCH
// while an update is in flight; [Fault] gives other numbers. The code and text of
// a 429 are ours.
//
// # What is missing
//
// Everything that a provider for auto-renew does not call: searching, buying
// and transferring domains, prices, contacts, and the parameters sort_by and
// direction of a list, which are ignored. Neither permissions, nor the limit of
// 200 requests per second and address, nor that of 500 domains per account are
// played.
//
// # Where things are
//
//   - server.go, options.go: a server, and what it is made with
//   - route.go, credentials.go, rate_limit.go: a request on its way
//   - registration_get.go, registration_list.go, registration_patch.go,
//     update_status.go: the operations; wire.go, envelope.go, links.go: their answers
//   - store.go, domain.go, registration.go, workflow.go: the state
//   - scenario.go, scenario_catalog.go, scenario_parse.go: what an update does
//   - fault.go, fault_answer.go, fault_edit.go: what goes wrong with a request
//   - send.go, transport.go, transport_response.go: sockets, and tests without one
//   - request_log.go, violations.go: what clients did
package fakeregistrar
