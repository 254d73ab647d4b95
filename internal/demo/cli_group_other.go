// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package main

import "os/exec"

// inOwnGroup does nothing where there are no process groups.
func inOwnGroup(*exec.Cmd) {}
