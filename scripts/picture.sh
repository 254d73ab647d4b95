#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Writes docs/images/plan.svg, the picture in README: what a plan prints of a domain whose auto-renew somebody
# has turned off in the dashboard. A system's own font is named, because an embedded one is fifty times the rest.
#
#   make picture
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
: "${TF_ACC_TERRAFORM_PATH:?start this with make picture}"
work=$(mktemp -d)
fake_pid=
trap '[ -z "$fake_pid" ] || kill "$fake_pid" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

scripts/install.sh "$work" >"$work/log"
go build -o "$work/fakeregistrar" ./internal/fakeregistrar/cmd/fakeregistrar
"$work/fakeregistrar" -listen 127.0.0.1:0 -domain example.com,auto_renew=true,expires=200d >"$work/fake" 2>&1 &
fake_pid=$!
until grep -q '^export CLOUDFLARE_BASE_URL' "$work/fake"; do
	kill -0 "$fake_pid" || { cat "$work/fake" >&2; exit 1; }
	sleep 0.1
done
grep '^export ' "$work/fake" >"$work/env" && . "$work/env"

export TF_CLI_CONFIG_FILE="$work/cli.tfrc" TF_INPUT=0
cp examples/one-domain/main.tf "$work/"
cd "$work"
"$TF_ACC_TERRAFORM_PATH" init >"$work/log"
"$TF_ACC_TERRAFORM_PATH" apply -auto-approve >"$work/log"
"$work/fakeregistrar" POST "${CLOUDFLARE_BASE_URL%/client/v4}/_fake/domains/example.com/auto_renew/false" >"$work/log"

# The legend, and the note on -out at the end, are left out; the grey of a terminal is too dim in a picture.
{
	printf '$ %s plan   # somebody has turned auto-renew off in the dashboard\n\n' "$(basename "$TF_ACC_TERRAFORM_PATH")"
	"$TF_ACC_TERRAFORM_PATH" plan >"$work/log"
	sed -n '/will perform/,/╵/{s/\[90m/[38;5;245m/g;p;}' "$work/log"
} >plan.ansi
cd "$root"
go tool -modfile=tools/freeze/go.mod freeze "$work/plan.ansi" --language ansi --output docs/images/plan.svg \
	--font.family 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace' --font.ligatures=false \
	--font.size 14 --line-height 1.35 --padding 20 --background '#0d1117' \
	--border.radius 8 --border.width 1 --border.color '#6e7681' </dev/null
