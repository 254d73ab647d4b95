// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package sdkcheck holds the fake registrar and the provider against what others
// wrote: Cloudflare's own Go SDK decodes every answer of the fake, and kin-openapi
// validates the requests of the SDK and of the provider, and their answers,
// against openapi.yaml. It is a module of its own, so that nothing of these tools
// reaches the provider's module graph, and it holds nothing but tests.
//
// Only the SDK's packages for the registrar are imported: its root package pulls
// in every product of Cloudflare and takes minutes to build.
//
//	sdk_test.go, answers_test.go,
//	complete_test.go                 the SDK against the fake: no missing and no unknown field
//	openapi.yaml                     the description of the API, written for this project
//	description_test.go              an http.RoundTripper that checks requests and answers against it
//	description_mutants_test.go      that the check refuses what differs in one thing
//	provider_test.go                 the provider and the fake under that check
package sdkcheck
