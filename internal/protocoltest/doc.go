// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package protocoltest drives the provider through Terraform's plugin protocol, in the process of
// the test. It uses no socket, so a session can run in a bubble of fake time.
//
// It enforces the rules of Terraform's core: a violation is an error. It doesn't use the testing
// package, so any goroutine can use a session.
//
//	object.go        resources and configurations, by attribute
//	session.go       a provider process: start, configure, stop
//	change.go        validate, plan, apply
//	read.go          refresh and import
//	diagnostics.go   diagnostics as text
package protocoltest
