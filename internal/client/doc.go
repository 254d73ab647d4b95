// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package client speaks to the Cloudflare Registrar API: the registrations of an account, the
// update of one registration's auto-renew, and the status of that update.
//
// It knows nothing of Terraform and decides nothing about what should be: it sends one thing,
// reads the answer strictly where decisions rest on it and leniently elsewhere, and says in one
// typed error what went wrong. A GET is sent again by itself where that is safe; a PATCH never
// is, because only the caller can find out whether the first one was acted on.
//
// The way of a request, in order:
//
//	registration*.go, update*.go   what is asked, what the answer means
//	send.go, retry.go              again or not, and when
//	limiter.go                      not before the published rate limit allows it
//	attempt.go                     one request over the wire, within its own time limit
//	envelope.go, decode.go         the API's envelope and its fields
//
// The API is documented at https://developers.cloudflare.com/api/resources/registrar/.
package client
