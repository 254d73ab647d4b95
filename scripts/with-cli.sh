#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Runs a command with TF_ACC=1, and with the CLI from scripts/find-cli.sh in TF_ACC_TERRAFORM_PATH.
#
#   scripts/with-cli.sh go test ./internal/acceptance -run TestAccLifecycle -v
#   scripts/with-cli.sh --other go test ./internal/acceptance
#
# With --other, it prints a note and succeeds if there is no other CLI.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
which=first
if [ "${1:-}" = --other ]; then
	which=other
	shift
fi

cli=$("$scripts/find-cli.sh" "$which")
if [ -z "$cli" ]; then
	echo "Not run, because there is no other CLI here: $*"
	exit 0
fi

TF_ACC=1
TF_ACC_TERRAFORM_PATH=$cli
TF_ACC_CLI_VERSION=$("$scripts/neutral-env.sh" "$cli" version | head -n 1)
export TF_ACC TF_ACC_TERRAFORM_PATH TF_ACC_CLI_VERSION
exec "$scripts/neutral-env.sh" "$@"
