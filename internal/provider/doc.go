// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package provider implements the provider: schemas, models, and the translation between Terraform's
// requests and the packages client, autorenew and registrations, which don't import Terraform.
//
//	provider*.go                   the provider, its settings and its shared data
//	operation.go                   the timeout of an operation
//	domain_settings_model.go       registrar_domain_settings: schema, model, state and identity
//	domain_settings_resource.go    Create, Read, Update and Delete
//	domain_settings_plan.go,
//	domain_settings_warnings.go    plans and their warnings
//	domain_settings_private.go     private state: the API in use, an update left in flight
//	domain_settings_import.go      import, and moves from cloudflare_registrar_domain
//	domain_settings_list_*.go      the list resource, for terraform query
//	registration_*.go              a registration in the resource, the data sources and the list
//	data_source.go                 the common part of the data sources
//	*_data_source.go               registrar_domain, registrar_domains, registrar_domain_update_status
//	string_validator.go            checks of single values, before any request
//	diagnostics*.go                errors as diagnostics; golden files in testdata/diagnostics
//	logging.go                     slog to tflog
package provider
