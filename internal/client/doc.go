// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package client calls the Cloudflare Registrar API: the registrations of an account, the update of one
// registration's auto-renew, and the status of that update.
//
// It doesn't import Terraform packages or make decisions about domains. Its decoding is strict for the fields
// that decisions depend on, and lenient for all others. Every error is an *Error. The client retries a GET if that
// can help. It sends a PATCH once, because only the caller can find out whether the server acted on it.
//
// The files, in the order of a request:
//
//	client.go                           the configuration and credentials of a Client
//	registration.go, update.go          the operations and their results
//	domain_id.go, url.go                valid names, and URLs
//	retry.go, wait.go                   if and when to send a GET again
//	health.go                           failures that an account's domains share
//	limiter*.go                         waits for the rate limit
//	attempt.go, transport.go            one request over HTTP/1.1, within its own time limit
//	envelope.go, error_body.go,
//	errors.go                           the Error of a failed request
//	meaning.go                          the meaning of a refusal, by status and code
//	decode.go, link.go                  the fields of a result
//	redactor.go                         removes credentials and control characters
//
// The API is documented at https://developers.cloudflare.com/api/resources/registrar/.
package client
