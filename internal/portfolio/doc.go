// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package portfolio reads the registrations of accounts in as few requests as can be.
//
// Terraform reads resources one by one. A thousand domains read so are a thousand of the 1,200
// requests that Cloudflare allows in five minutes; the list of an account carries everything a
// single read does, fifty to the request. So reads are gathered for a moment and answered from
// one listing, which also answers those that come later:
//
//	reader.go       what callers ask: Registration, Fresh, Pages, Forget
//	account.go      one account: who waits, and what is remembered
//	batch.go        the reads gathered in one moment
//	answer.go       how a batch is answered
//	listing.go      the whole account, page by page
//	plan.go         list or read singly, as a table
//	snapshot.go     what was read, and what of it still counts
//
// A listing is only ever a saving. Where it fails, or the token may not list, or a domain is
// missing from it, the domain is read singly, and that answer decides.
package portfolio
