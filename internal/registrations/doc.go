// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package registrations caches registrations, so that reading many of them takes few requests.
//
// Terraform reads resources one by one. For 500 domains that would be 500 of the 1,200 requests that
// Cloudflare allows in five minutes. An account's list has the same fields as a single read, with fifty
// domains per page. So the first read of an account lists it, and later reads use that listing:
//
//	cache.go        Get, List and Invalidate, and the entries
//	listing.go      one pass over an account's list, shared by all reads that wait for it
//
// If a listing fails, stalls or doesn't contain a domain, the cache reads the domain individually and
// returns that result. It holds no lock during a request, so a failing domain doesn't delay the others.
package registrations
