#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Runs a command without the developer's own Terraform, OpenTofu or Cloudflare settings.
#
#   scripts/neutral-env.sh terraform version
#
# dev_overrides, TF_CLI_ARGS or TF_WORKSPACE would change the results of tests. With a real CLOUDFLARE_API_TOKEN, a test
# with a wrong base URL would reach a real account.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)

# The acceptance tests need TF_ACC and TF_ACC_*.
for name in $(env | sed -n -e 's/^\(TF_[A-Za-z0-9_]*\)=.*/\1/p' -e 's/^\(CLOUDFLARE_[A-Za-z0-9_]*\)=.*/\1/p'); do
	case $name in
	TF_ACC | TF_ACC_*) ;;
	*) unset "$name" ;;
	esac
done

# Without the variable, the CLI would read ~/.terraformrc or ~/.tofurc.
TF_CLI_CONFIG_FILE=$root/.cache/empty.tfrc
CHECKPOINT_DISABLE=1
export TF_CLI_CONFIG_FILE CHECKPOINT_DISABLE
mkdir -p "$root/.cache"
[ -f "$TF_CLI_CONFIG_FILE" ] || : >"$TF_CLI_CONFIG_FILE"

exec "$@"
