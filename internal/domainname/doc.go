// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package domainname reads the names of domains: strictly where a person wrote one, leniently where the
// registrar sent one.
//
// A person's name is checked before any request, because a wrong one would otherwise become a wrong URL.
// The registrar's names are only folded for comparison: one odd name there must not spoil the page of fifty
// on which it stands.
//
//	name.go      Parse, Fold and Same
//	rules.go     the faults of a spelling
//	errors.go    InvalidError, which names a fault and the name that was meant
//	unicode.go   a name as a person reads it
package domainname
