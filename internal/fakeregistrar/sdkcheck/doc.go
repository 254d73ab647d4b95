// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package sdkcheck runs Cloudflare's own Go SDK against the fake registrar. It
// is a module of its own, so that nothing of the SDK reaches the provider's
// module graph, and it holds nothing but tests.
//
// Only the SDK's packages for the registrar are imported: its root package pulls
// in every product of Cloudflare and takes minutes to build.
package sdkcheck
