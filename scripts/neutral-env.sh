#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Runs a command with nothing of the developer's own Terraform, OpenTofu or Cloudflare settings.
#
#   scripts/neutral-env.sh terraform version
#
# A dev_overrides block, a TF_CLI_ARGS or a TF_WORKSPACE changes what a test sees, and a real
# CLOUDFLARE_API_TOKEN would be one wrong base URL away from a real account.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)

# TF_ACC and TF_ACC_... are addressed to the acceptance tests themselves (run, their log, their CLI) and pass.
for name in $(env | sed -n -e 's/^\(TF_[A-Za-z0-9_]*\)=.*/\1/p' -e 's/^\(CLOUDFLARE_[A-Za-z0-9_]*\)=.*/\1/p'); do
	case $name in
	TF_ACC | TF_ACC_*) ;;
	*) unset "$name" ;;
	esac
done

# An empty file, and not merely an unset variable: the CLI would then read ~/.terraformrc or ~/.tofurc.
TF_CLI_CONFIG_FILE=$root/.cache/empty.tfrc
CHECKPOINT_DISABLE=1
export TF_CLI_CONFIG_FILE CHECKPOINT_DISABLE
mkdir -p "$root/.cache"
[ -f "$TF_CLI_CONFIG_FILE" ] || : >"$TF_CLI_CONFIG_FILE"

exec "$@"
