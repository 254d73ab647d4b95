// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package protocoltest runs the provider in the test process, through Terraform's plugin protocol. It uses
// no sockets, so a session can run in a synctest bubble.
//
// It returns an error if the provider breaks a rule of Terraform Core. It doesn't import testing, so any
// goroutine can use a session.
//
//	object.go        resources and configurations, by attribute
//	session.go       a provider process: start, configure, stop
//	change.go        validate, plan, apply
//	read.go          refresh and import
//	diagnostics.go   diagnostics as text
package protocoltest
