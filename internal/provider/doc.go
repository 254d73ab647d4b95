// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package provider is the Terraform side: schemas, models, and the translation between what
// Terraform asks and what the packages client, autorenew and registrations do. It is the only
// package that knows Terraform.
//
//	provider*.go              the provider and its configuration
//	domain_settings_*.go      resource and list resource registrar_domain_settings
//	registration_*.go         data sources registrar_domain and registrar_domains
//	update_status_*.go        data source registrar_domain_update_status
//	*_validator.go            the checks of one value, before any request
//	domain_name_plan.go       which change of domain_name replaces the resource
//	operation.go              how an operation of Terraform runs: its time limit, and its error as a diagnostic
//	diagnostics*.go           the only way in which an error becomes a diagnostic
//	logging.go                the client's log in Terraform's
package provider
