#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Runs a command with the CLI that scripts/find-cli.sh finds, named by TF_ACC_TERRAFORM_PATH.
#
#   scripts/with-cli.sh go run ./internal/demo
#   scripts/with-cli.sh --other go run ./tools/acceptance
#
# With --other and no other CLI on the machine it says so and succeeds.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
which=first
if [ "${1:-}" = --other ]; then
	which=other
	shift
fi

cli=$("$scripts/find-cli.sh" "$which")
if [ -z "$cli" ]; then
	echo "Not run: $* (there is no other CLI here)."
	exit 0
fi

TF_ACC_TERRAFORM_PATH=$cli
TF_ACC_CLI_VERSION=$("$scripts/neutral-env.sh" "$cli" version | head -n 1)
export TF_ACC_TERRAFORM_PATH TF_ACC_CLI_VERSION

# OpenTofu resolves a provider without a host at its own registry, where the test framework must serve it.
unset TF_ACC_PROVIDER_NAMESPACE TF_ACC_PROVIDER_HOST
case $TF_ACC_CLI_VERSION in
OpenTofu*)
	TF_ACC_PROVIDER_NAMESPACE=hashicorp
	TF_ACC_PROVIDER_HOST=registry.opentofu.org
	export TF_ACC_PROVIDER_NAMESPACE TF_ACC_PROVIDER_HOST
	;;
esac

exec "$scripts/neutral-env.sh" "$@"
