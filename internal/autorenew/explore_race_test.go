// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

//go:build race

package autorenew

// The race detector makes a run about eight times slower.
func init() { defaultDeviations = "2" }
