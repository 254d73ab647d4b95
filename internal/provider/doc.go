// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package provider is the Terraform side: schemas, models, and the translation between what
// Terraform asks and what the packages client, autorenew and registrations do. It is the only
// package that knows Terraform.
//
//	provider*.go                   the provider, its configuration, and the data that all share
//	domain_settings_resource.go    Create, Read, Update and Delete of registrar_domain_settings
//	domain_settings_plan.go,
//	domain_settings_adoption.go,
//	planned_domains.go             what a plan completes, asks and warns of
//	domain_settings_warnings.go    the texts of warnings
//	domain_settings_private.go     private state: the API in use, an update left in flight
//	domain_settings_import.go,
//	domain_settings_move.go        import, and moved from cloudflare_registrar_domain
//	domain_settings_list_*.go      the list resource, for terraform query
//	domain_settings_*.go           its schema, model, state, timeouts and address
//	domain_name_plan.go            which change of domain_name replaces the resource
//	registration_*.go              what resource, list and data sources share; data source registrar_domain
//	registrations_data_source.go   data source registrar_domains
//	update_status_*.go,
//	context_json.go                data source registrar_domain_update_status
//	data_source.go                 what the data sources have in common
//	*_validator.go                 the checks of one value, before any request
//	operation.go                   how an operation of Terraform runs: its timeout, and its error as a diagnostic
//	diagnostics*.go                errors as a person reads them; golden files in testdata/diagnostics
//	logging.go                     the log of the packages below, in Terraform's
package provider
