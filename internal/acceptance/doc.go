// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package acceptance holds the tests that drive a real CLI, Terraform or OpenTofu, against the
// fake registrar. They see what a user sees: exit codes, the text on the screen, state files.
//
// TF_ACC=1 runs them and TF_ACC_TERRAFORM_PATH names the CLI; `make testacc` sets both. The
// provider is the test binary itself, started by the CLI under the provider's name: see
// main_test.go. TestAccLifecycle alone serves it from its own process.
//
//	cli_test.go                          which CLI, and what it may skip
//	workspace_test.go, shell_test.go     a folder, a CLI and a fake registrar; the scripts of examples
//	move_test.go, incumbent_test.go      moves in every shape; a stand-in for the provider cloudflare
//	lifecycle_test.go                    create, update, drift and import, in HashiCorp's test framework
//	guide_samples_test.go                every sample of output in the guides, from runs of examples
//	examples_test.go, policy_test.go,
//	expiry_calendar_test.go              every other file under examples/
//	bad_input_test.go                    what validation refuses
//	plan_truth_test.go                   what a plan must not hide
//	resume_test.go, kill_test.go         Ctrl-C and kill -9
//	hostile_test.go                      no secret and no escape sequence on the screen, in logs or state
//	release_test.go                      terraform init and tofu init of a signed release
package acceptance
