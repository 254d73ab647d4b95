// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package client calls the Cloudflare Registrar API: the registrations of an account, the update of one
// registration's auto-renew, and the status of that update.
//
// It knows nothing of Terraform and decides nothing about what should be. It sends one request, decodes the
// response strictly where decisions rest on it and leniently elsewhere, and returns one typed error. It
// retries a GET where that can help; it sends a PATCH once, because only the caller can find out whether
// the server acted on it.
//
// The path of a request, in order:
//
//	client.go                         the configuration of a Client
//	registration*.go, update.go       the operations and their results
//	domain_id.go, endpoint.go,
//	base_url.go                       what may become a URL, and the URLs
//	retry.go, retry_after.go          whether and when to send a GET again
//	limiter*.go                       wait for the rate limit
//	attempt.go, transport.go,
//	credentials.go                    one request over HTTP/1.1, within its own time limit
//	envelope.go, connection_error.go,
//	errors.go                         the Error of a response, or of none
//	decode.go, link.go                the fields of a result
//	printable.go, redactor.go         no control characters and no credentials in what is shown
//
// The API is documented at https://developers.cloudflare.com/api/resources/registrar/.
package client
