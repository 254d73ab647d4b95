// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package sdkcheck tests the fake registrar and the provider with third-party code.
// Cloudflare's Go SDK decodes every answer of the fake. kin-openapi validates the
// requests of the SDK and the provider, and the answers, against openapi.yaml. It
// is a separate module with only tests, so that the provider doesn't depend on these
// tools.
//
// It imports only the SDK's registrar packages, because the root package includes
// every Cloudflare product and takes minutes to build.
//
//	sdk_test.go, answers_test.go,
//	complete_test.go                 the SDK against the fake: no missing or unknown fields
//	openapi.yaml                     the description of the API, written for this project
//	description_test.go              an http.RoundTripper that checks requests and answers against it
//	description_mutants_test.go      invalid requests and answers, which that check must reject
//	provider_test.go                 the provider and the fake with that check
package sdkcheck
