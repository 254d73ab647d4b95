// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package protocoltest drives the provider through Terraform's plugin protocol within the test's
// own process, as a CLI does from another one. With no process and no socket in between, a
// session can live in a bubble of fake time.
//
// It checks the provider by the rules of Terraform's core, and reports a breach as an error.
// It knows nothing of the testing package, so a session can be used from many goroutines.
//
//	object.go        resources and configurations, by attribute
//	session.go       a provider process: started, configured, stopped
//	change.go        validate, plan, apply
//	read.go          refresh and import
//	diagnostics.go   what a person would see
package protocoltest
