// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command fakeregistrar serves the fake registrar on a loopback address, for the
// demo and for manual tests. See -help.
//
//	main.go          listen, serve, stop
//	flags.go         flags, and help.txt, the text of -help
//	domain_flag.go   -domain name,key=value
//	welcome.go       the output: variables to export, domains, requests
//	control.go       the endpoints under /_fake/
//	command.go       "fakeregistrar GET|POST URL", a request to a running fake
package main
