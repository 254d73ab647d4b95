// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Package acceptance tests the provider with a real CLI, Terraform or OpenTofu, against the fake registrar. The tests
// check what a user sees: exit codes, output and state files.
//
// Set TF_ACC=1 to run them, with the CLI in TF_ACC_TERRAFORM_PATH; `make testacc` sets both. The CLI starts the test
// binary as the provider: see main_test.go. Only TestAccLifecycle serves the provider in the test process.
//
//	cli_test.go                          the CLI, and the minimum versions
//	workspace_test.go, shell_test.go     a folder, a CLI and a fake registrar; shell scripts
//	move_test.go                         moved blocks of every kind
//	incumbent_test.go                    a substitute for the cloudflare provider
//	install_test.go                      README's steps, with a normal init
//	lifecycle_test.go                    create, update, drift and import, in HashiCorp's test framework
//	guide_samples_test.go,
//	picture_test.go                      the samples in the guides and the picture in README
//	examples_test.go, policy_test.go,
//	expiry_calendar_test.go,
//	expiry_metrics_test.go               the other files in examples/
//	plan_truth_test.go                   what a plan must show
//	resume_test.go, kill_test.go         Ctrl-C and kill -9
//	hostile_test.go                      no secrets or escape sequences in output, logs or state
package acceptance
