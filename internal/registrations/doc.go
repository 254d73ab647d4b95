// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package registrations caches registrations, so that reading many of them costs few requests.
//
// Terraform reads resources one by one. For 500 domains that would be 500 of the 1,200 requests that
// Cloudflare allows in five minutes. The list of an account has everything that a single read has,
// fifty domains to a page. So the first read of an account lists it, and the listing answers the
// other reads:
//
//	cache.go        Get, List and Invalidate, and the entries
//	listing.go      one pass over an account's list, for all the reads that wait for it
//
// A listing only saves requests. If it fails, makes no progress or doesn't show a domain, the cache
// reads the domain on its own, and that response decides. It holds no lock over a request, so a
// domain with failing reads delays no other.
package registrations
