// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package domainname parses domain names: strictly from a configuration, leniently from the registrar.
//
// It validates a configured name before any request, because a wrong name would become a wrong URL. It only
// folds the registrar's names for comparison, because one odd name must not fail a page of fifty.
//
//	name.go      Parse, Fold, Same, Unicode and InvalidError
//	rules.go     the reasons of an InvalidError
package domainname
