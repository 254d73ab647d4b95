// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package provider is the Terraform side: schemas, models, and the translation between what
// Terraform asks and what the packages client, autorenew and registrations do. It is the only
// package that knows Terraform.
//
//	provider*.go                   the provider, its settings, and the data that all share
//	operation.go                   how an operation of Terraform runs: its timeout, and its error as a diagnostic
//	domain_settings_resource.go    Create, Read, Update and Delete of registrar_domain_settings
//	domain_settings_plan.go,
//	domain_settings_adoption.go    what a plan completes, replaces, asks and warns of
//	domain_settings_warnings.go    the texts of warnings
//	domain_settings_private.go     private state: the API in use, an update left in flight
//	domain_settings_import.go,
//	domain_settings_move.go        import, and moved from cloudflare_registrar_domain
//	domain_settings_list_*.go      the list resource, for terraform query
//	domain_settings_*.go           its schema, model, state and identity
//	registration_model.go,
//	registration_schema.go         a registration, in the resource, the data sources and the list
//	registration_filter.go         the filters of the list and of registrar_domains
//	data_source.go                 what the data sources have in common
//	*_data_source.go               registrar_domain, registrar_domains, registrar_domain_update_status
//	string_validator.go            the checks of one value, before any request
//	diagnostics*.go                errors as a person reads them; golden files in testdata/diagnostics
//	logging.go                     the log of the packages below, in Terraform's
package provider
