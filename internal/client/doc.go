// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package client calls the Cloudflare Registrar API: the registrations of an account, the update of one
// registration's auto-renew, and the status of that update.
//
// It doesn't import Terraform packages or make decisions about domains. It decodes the fields that decisions
// depend on strictly, and all others leniently. Every error is an *Error. It retries a GET if that can help.
// It sends a PATCH once, because only its caller can find out whether the server acted on it.
//
// The files, in the order of a request:
//
//	client.go                           the configuration of a Client
//	registration*.go, update.go         the operations and their results
//	domain_id.go, endpoint.go,
//	base_url.go                         valid names, and URLs
//	retry.go, retry_after.go, wait.go   if and when to send a GET again
//	health.go                           failures that an account's domains share
//	limiter*.go                         wait for the rate limit
//	attempt.go, transport.go,
//	credentials.go                      one request over HTTP/1.1, within its own time limit
//	envelope.go, error_body.go,
//	connection_error.go, errors.go      the Error of a failed request
//	meaning.go                          the meaning of a refusal, by status and code
//	decode.go, link.go                  the fields of a result
//	printable.go, redactor.go           no control characters and no credentials in texts
//
// The API is documented at https://developers.cloudflare.com/api/resources/registrar/.
package client
