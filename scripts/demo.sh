#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Shows the provider's main job with the fake registrar, and stops at the first unexpected result.
#
#   make demo
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
: "${TF_ACC_TERRAFORM_PATH:?start this with make demo}"
cli=$(basename "$TF_ACC_TERRAFORM_PATH")
work=$(mktemp -d)
fake_pid=
trap '[ -z "$fake_pid" ] || kill "$fake_pid" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

bold= plain=
[ ! -t 1 ] || [ -n "${NO_COLOR:-}" ] || { bold=$(printf '\033[1m') plain=$(printf '\033[0m'); }
title() { printf '\n%s== %s%s\n' "$bold" "$1" "$plain"; }
fail() { printf '\ndemo: %s\n' "$*" >&2; exit 1; }
fake() { "$work/fakeregistrar" "$1" "$url/_fake/$2"; }

# brief shortens a CLI's output: it drops the legend, progress, source lines, and attributes except domain_name and
# auto_renew.
brief() {
	skip= last=
	while IFS= read -r line; do
		case $line in
		'Warnings:' | *'without -compact-warnings.') continue ;;
		*'used the selected providers'*) skip=1 ;;
		*'will perform the following actions:') skip= && continue ;;
		*'-> null' | *': Refreshing state...'* | *': Destr'* | *mport*'...'* | '  with '* | '  on '*' line '* | ' '*': resource "'* | '  - resource'*) continue ;;
		'    }') [ "$last" != "${last#  \#}" ] && continue ;;
		'      '*domain_name* | '      '*auto_renew*) ;;
		'      '*) continue ;;
		esac
		[ -z "$skip" ] && [ -n "$line$last" ] || continue
		printf '%s\n' "${line:+    ${line%% \[id=*}}" && last=$line
	done
}

# run EXIT PATCHES ARGUMENTS... runs the CLI, and checks its exit code, its number of PATCH requests, and that no request
# violated the API's rules.
run() {
	want_exit=$1 want_patches=$2 before=$(fake GET requests | grep -c ' PATCH ' || true)
	shift 2
	printf '\n%s$ %s %s%s\n' "$bold" "$cli" "$*" "$plain"
	{ "$TF_ACC_TERRAFORM_PATH" "$@" 2>&1 && echo 0 >"$work/exit" || echo $? >"$work/exit"; } | tee "$work/out" | brief
	exit=$(cat "$work/exit") patches=$(($(fake GET requests | grep -c ' PATCH ' || true) - before))
	printf '\n    => exit code %s, PATCH requests: %s\n' "$exit" "$patches"
	[ "$exit" -eq "$want_exit" ] || fail "the exit code is $exit; want $want_exit"
	[ "$patches" -eq "$want_patches" ] || fail "the provider sent $patches PATCH requests; want $want_patches"
	[ -z "$(fake GET violations)" ] || fail "a request violated the API's rules: $(fake GET violations)"
}

# shows TEXT... checks that the last output has each text, regardless of line breaks.
shows() {
	for text; do
		tr -s '[:space:]' ' ' <"$work/out" | grep -qF -- "$text" || fail "$cli did not show: $text"
	done
}

title "Build the provider and start a fake registrar with four domains"
make --no-print-directory install >"$work/log" 2>&1 || fail "$(cat "$work/log")"
go build -o "$work/fakeregistrar" ./internal/fakeregistrar/cmd/fakeregistrar
: >"$work/fake"
"$work/fakeregistrar" -listen 127.0.0.1:0 -domain example.com -domain example.net,scenario=slow=8s \
	-domain example.org,scenario=failed=registry_rejected:2s -domain example.edu,auto_renew=true >"$work/fake" 2>/dev/null &
fake_pid=$!
until grep -q 'example.edu' "$work/fake"; do kill -0 "$fake_pid" || fail "the fake registrar did not start"; sleep 0.1; done
sed -n '/^DOMAIN/,$s/^/    /p' "$work/fake"
grep '^export ' "$work/fake" >"$work/env" && . "$work/env"
url=${CLOUDFLARE_BASE_URL%/client/v4}
export TF_CLI_CONFIG_FILE="$root/bin/cli.tfrc" TF_CLI_ARGS=-no-color TF_IN_AUTOMATION=1 TF_INPUT=0
cp examples/demo/main.tf "$work/"
cd "$work"

title "The configuration: examples/demo/main.tf"
sed 's/^./    &/' main.tf

title "Plan: the provider warns about charges"
"$TF_ACC_TERRAFORM_PATH" init >"$work/log" || fail "$(cat "$work/log")"
run 0 0 plan -out=saved.tfplan
shows "3 to add, 0 to change, 0 to destroy" "charges"

title "Apply: one update is fast, one is slow, and the registry rejects one"
run 1 3 apply saved.tfplan
shows "registrar_domain_settings.slow: Creation complete" "could not update example.org" "registry_rejected" "auto_renew = false"

title "Resume: once the cause is removed, the next apply sends only the remaining update"
fake POST "domains/example.org/scenario/immediate" >"$work/log"
run 0 1 apply -auto-approve -compact-warnings
shows "1 added, 0 changed, 0 destroyed"

title "Drift: someone turns auto-renew off for example.com in the dashboard, and the plan shows it (exit code 2)"
fake POST "domains/example.com/start-update/false" >"$work/log"
run 2 0 plan -detailed-exitcode -compact-warnings
shows "auto_renew = false -> true" "0 to add, 1 to change, 0 to destroy"
run 0 1 apply -auto-approve -compact-warnings
shows "0 added, 1 changed, 0 destroyed"

title "Import: examples/demo/import.tf adds a domain with auto-renew on. An import sends no PATCH"
cp "$root/examples/demo/import.tf" .
run 0 0 apply -auto-approve -compact-warnings
shows "1 imported, 0 added, 0 changed, 0 destroyed"
run 0 0 plan -detailed-exitcode
shows "No changes."

title "Destroy: the domains keep their settings"
run 0 0 destroy -auto-approve
shows "4 destroyed"

title "Next: your own domains, with this build"
cat <<NEXT
    export TF_CLI_CONFIG_FILE="$root/bin/cli.tfrc"
    export CLOUDFLARE_API_TOKEN=...    # permission group Registrar Domains Admin (or Read, to plan only)
    export CLOUDFLARE_ACCOUNT_ID=...
    $cli init && $cli plan    # with your domains in main.tf; a plan only reads
NEXT
