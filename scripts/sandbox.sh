#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Turns auto-renew on and off again for one domain in Cloudflare's registrar sandbox, which never bills.
#
#   CLOUDFLARE_API_TOKEN=... CLOUDFLARE_ACCOUNT_ID=... REGISTRAR_SANDBOX_DOMAIN=example.com scripts/sandbox.sh
#
# The token needs the permission group "Registrar Sandbox Domains Admin". Register the domain in the sandbox first
# (https://developers.cloudflare.com/api/resources/registrar_sandbox). The script leaves its auto-renew off.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

for name in CLOUDFLARE_API_TOKEN CLOUDFLARE_ACCOUNT_ID REGISTRAR_SANDBOX_DOMAIN; do
	eval "value=\${$name:-}"
	if [ -z "$value" ]; then
		echo "sandbox.sh: $name isn't set; see the top of scripts/sandbox.sh." >&2
		exit 2
	fi
done

cli=$(scripts/find-cli.sh)
mkdir -p .cache
work=$(mktemp -d "$root/.cache/sandbox.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

make --no-print-directory build >"$work/log" || { cat "$work/log" >&2; exit 1; }
cat >"$work/main.tf" <<'CONFIG'
terraform {
  required_providers {
    registrar = { source = "seed-9d79c00c/registrar" }
  }
}

variable "domain" {
  type = string
}

variable "auto_renew" {
  type = bool
}

provider "registrar" {
  sandbox = true
}

resource "registrar_domain_settings" "sandbox" {
  domain_name = var.domain
  auto_renew  = var.auto_renew
}

# The registrar's value, independent of the resource.
data "registrar_domain" "sandbox" {
  domain_name = var.domain
  depends_on  = [registrar_domain_settings.sandbox]
}

output "auto_renew" {
  value = data.registrar_domain.sandbox.auto_renew
}
CONFIG

# scripts/neutral-env.sh would also unset the credentials.
unset TF_CLI_ARGS TF_WORKSPACE TF_DATA_DIR TF_REATTACH_PROVIDERS
TF_CLI_CONFIG_FILE=$root/bin/dev.tfrc
CHECKPOINT_DISABLE=1
TF_VAR_domain=$REGISTRAR_SANDBOX_DOMAIN
export TF_CLI_CONFIG_FILE CHECKPOINT_DISABLE TF_VAR_domain
cd "$work"

for value in true false; do
	echo "auto_renew = $value"
	TF_VAR_auto_renew=$value
	export TF_VAR_auto_renew
	"$cli" apply -auto-approve -input=false -no-color
	seen=$("$cli" output -no-color auto_renew)
	if [ "$seen" != "$value" ]; then
		echo "sandbox.sh: applied $value, but the registrar has $seen." >&2
		exit 1
	fi
	# The exit code is 2 if the plan still has changes.
	"$cli" plan -detailed-exitcode -input=false -no-color
done
echo "The sandbox works as the provider expects."
