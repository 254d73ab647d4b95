#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Installs the provider from a folder of archives, with no registry, and plans with it.
#
#   scripts/with-cli.sh scripts/mirror-plan.sh dist
#
# The fake registrar stands in for Cloudflare.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
: "${TF_ACC_TERRAFORM_PATH:?start this through scripts/with-cli.sh}"
dist=${1:?usage: scripts/mirror-plan.sh <folder of archives>}

platform=$(go env GOHOSTOS)_$(go env GOHOSTARCH)
archive=$(ls "$dist"/terraform-provider-registrar_*_"$platform".zip)
version=${archive##*/terraform-provider-registrar_}
version=${version%_"$platform".zip}

mkdir -p .cache
work=$(mktemp -d "$root/.cache/mirror.XXXXXX")
registrar=
# shellcheck disable=SC2317 # It is called by the traps.
finish() {
	[ -z "$registrar" ] || kill "$registrar" 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# The mirror's layout: https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
# Both hosts, since each CLI looks a provider up at its own registry unless the source names one.
for host in registry.terraform.io registry.opentofu.org; do
	mkdir -p "$work/mirror/$host/seed-9d79c00c/registrar"
	cp "$archive" "$work/mirror/$host/seed-9d79c00c/registrar/"
done
cat >"$work/cli.tfrc" <<CONFIG
provider_installation {
  filesystem_mirror {
    path = "$work/mirror"
  }
}
CONFIG

: >"$work/registrar.log"
go build -o "$work/fakeregistrar" ./internal/fakeregistrar/cmd/fakeregistrar
"$work/fakeregistrar" -listen 127.0.0.1:0 -domain example.com >"$work/registrar.log" 2>&1 &
registrar=$!
patience=50
until grep -q '^export CLOUDFLARE_BASE_URL=' "$work/registrar.log"; do
	patience=$((patience - 1))
	if [ "$patience" -eq 0 ] || ! kill -0 "$registrar" 2>/dev/null; then
		cat "$work/registrar.log" >&2
		exit 1
	fi
	sleep 0.1
done
# The fake prints the variables that lead a provider to it.
grep '^export CLOUDFLARE_' "$work/registrar.log" >"$work/registrar.env"
. "$work/registrar.env"

cat >"$work/main.tf" <<CONFIG
terraform {
  required_providers {
    registrar = {
      source  = "seed-9d79c00c/registrar"
      version = "$version"
    }
  }
}

resource "registrar_domain_settings" "example" {
  domain_name = "example.com"
  auto_renew  = true
}
CONFIG

TF_CLI_CONFIG_FILE=$work/cli.tfrc
TF_IN_AUTOMATION=1
export TF_CLI_CONFIG_FILE TF_IN_AUTOMATION
cd "$work"
"$TF_ACC_TERRAFORM_PATH" init -input=false -no-color >"$work/log" 2>&1 || {
	cat "$work/log" >&2
	exit 1
}
"$TF_ACC_TERRAFORM_PATH" plan -input=false -no-color >"$work/log" 2>&1 || {
	cat "$work/log" >&2
	exit 1
}
grep -q '^Plan: 1 to add, 0 to change, 0 to destroy.' "$work/log" || {
	cat "$work/log" >&2
	exit 1
}
echo "$TF_ACC_CLI_VERSION installs version $version from a mirror and plans with it."
