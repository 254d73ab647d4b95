// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package acceptance holds the tests that drive a real CLI, Terraform or OpenTofu, against the
// fake registrar. They see what a user sees: exit codes, the text on the screen, state files.
//
// TF_ACC=1 runs them and TF_ACC_TERRAFORM_PATH names the CLI; `make testacc` sets both. The
// provider is the test binary itself, started by the CLI under the provider's name: see
// main_test.go.
package acceptance
