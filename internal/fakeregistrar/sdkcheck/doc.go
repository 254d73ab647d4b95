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
package sdkcheck
