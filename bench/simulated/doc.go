// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package simulated drives the whole provider in fake time, as a CLI would, against the fake
// registrar: what is counted there, in requests and in seconds that nobody waited for, comes out
// alike on every machine.
//
// It consists of tests, because fake time is only to be had in tests. `make bench` runs them with
// -out and takes their figures from that folder; `make unit` runs them on fewer domains.
package simulated
