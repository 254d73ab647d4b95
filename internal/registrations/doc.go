// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package registrations caches registrations, so that reading many of them costs few requests.
//
// Terraform reads resources one by one. 500 domains read so are 500 of the 1,200 requests that
// Cloudflare allows in five minutes; the list of an account shows everything that a single read
// does, fifty to a page. So the first read of an account lists it, and the listing answers the
// other reads:
//
//	cache.go        Get, List and Invalidate, and what is cached
//	listing.go      one pass over an account's list, shared by those who wait for it
//
// A listing only saves requests. Where it fails, takes too long or does not show a domain, the
// domain is read singly, and that response decides. No lock is held over a request, so a domain
// whose reads fail delays nobody else's.
package registrations
