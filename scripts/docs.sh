#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Writes docs/ from the provider's schema, templates/ and examples/, and validates what it wrote.
#
#   scripts/with-cli.sh scripts/docs.sh
#
# Only Terraform 1.14 or later describes list resources in a schema: an older CLI leaves their pages out.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
: "${TF_ACC_TERRAFORM_PATH:?start this through scripts/with-cli.sh}"

tfplugindocs=$(scripts/tool.sh tfplugindocs)
work=$root/.cache/docs
rm -rf "$work"
mkdir -p "$work"

go build -o "$work/terraform-provider-registrar" .

# The override spares an init, which would look for a release of the provider in the registry.
cat >"$work/cli.tfrc" <<CONFIG
provider_installation {
  dev_overrides {
    "seed-9d79c00c/registrar" = "$work"
  }
  direct {}
}
CONFIG
cat >"$work/main.tf" <<CONFIG
terraform {
  required_providers {
    registrar = { source = "seed-9d79c00c/registrar" }
  }
}
CONFIG

(cd "$work" && TF_CLI_CONFIG_FILE=$work/cli.tfrc "$TF_ACC_TERRAFORM_PATH" providers schema -json) >"$work/schema.json"

"$tfplugindocs" generate --provider-name registrar --rendered-provider-name Registrar --providers-schema "$work/schema.json"
"$tfplugindocs" validate --provider-name registrar --providers-schema "$work/schema.json"
