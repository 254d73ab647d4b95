// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package domainname parses domain names: strictly from users, leniently from the registrar.
//
// It checks a configured name before any request, because a wrong name would become a wrong URL. It only folds
// names from the registrar, because one invalid name must not make a page of fifty unreadable.
//
//	name.go      Parse, Fold, Same and Unicode
//	rules.go     why a name is invalid
package domainname
