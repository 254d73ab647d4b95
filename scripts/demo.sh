#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Plays the provider's main job against the fake registrar, and stops where a step does not do as it says.
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

# brief leaves out of a CLI's output what repeats itself: the warning about the development build, the
# legend, progress, places in the source, and all attributes but the name and auto_renew.
brief() {
	skip= last=
	while IFS= read -r line; do
		case $line in
		'Warnings:' | '- Provider development overrides'* | *'without -compact-warnings.') continue ;;
		'Warning: Provider development overrides'* | *'used the selected providers'*) skip=1 ;;
		'releases.' | *'will perform the following actions:') skip= && continue ;;
		*'-> null' | *': Refreshing state...'* | *': Destr'* | *mport*'...'* | '  with '* | '  on '*' line '* | ' '*': resource "'* | '  - resource'*) continue ;;
		'    }') [ "$last" != "${last#  \#}" ] && continue ;;
		'      '*domain_name* | '      '*auto_renew*) ;;
		'      '*) continue ;;
		esac
		[ -z "$skip" ] && [ -n "$line$last" ] || continue
		printf '%s\n' "${line:+    ${line%% \[id=*}}" && last=$line
	done
}

# run EXIT PATCHES ARGUMENTS... runs the CLI, and fails unless it ends with this exit code, sends this many
# PATCH requests, and breaks none of the registrar's rules.
run() {
	want_exit=$1 want_patches=$2 before=$(fake GET requests | grep -c ' PATCH ' || true)
	shift 2
	printf '\n%s$ %s %s%s\n' "$bold" "$cli" "$*" "$plain"
	{ "$TF_ACC_TERRAFORM_PATH" "$@" 2>&1 && echo 0 >"$work/exit" || echo $? >"$work/exit"; } | tee "$work/out" | brief
	exit=$(cat "$work/exit") patches=$(($(fake GET requests | grep -c ' PATCH ' || true) - before))
	printf '\n    => exit code %s, %s PATCH sent\n' "$exit" "$patches"
	[ "$exit" -eq "$want_exit" ] || fail "the exit code is $exit; want $want_exit"
	[ "$patches" -eq "$want_patches" ] || fail "$patches PATCH were sent; want $want_patches"
	[ -z "$(fake GET violations)" ] || fail "the provider broke a rule: $(fake GET violations)"
}

# says TEXT... fails unless the last output has each text; line breaks do not count.
says() {
	for text; do
		tr -s '[:space:]' ' ' <"$work/out" | grep -qF -- "$text" || fail "$cli did not say: $text"
	done
}

title "Build the provider, start a fake registrar with four domains"
make --no-print-directory install >"$work/log" 2>&1 || fail "$(cat "$work/log")"
go build -o "$work/fakeregistrar" ./internal/fakeregistrar/cmd/fakeregistrar
: >"$work/fake"
"$work/fakeregistrar" -listen 127.0.0.1:0 -domain example.com -domain example.net,scenario=slow=8s \
	-domain example.org,scenario=failed=registry_rejected:2s -domain example.edu,auto_renew=true >"$work/fake" 2>/dev/null &
fake_pid=$!
until grep -q 'example.edu' "$work/fake"; do kill -0 "$fake_pid" || fail "the fake registrar does not start"; sleep 0.1; done
sed -n '/^DOMAIN/,$s/^/    /p' "$work/fake"
grep '^export ' "$work/fake" >"$work/env" && . "$work/env"
url=${CLOUDFLARE_BASE_URL%/client/v4}
export TF_CLI_CONFIG_FILE="$root/bin/dev.tfrc" TF_CLI_ARGS=-no-color TF_IN_AUTOMATION=1 TF_INPUT=0
cp examples/demo/main.tf "$work/"
cd "$work"

title "The configuration: examples/demo/main.tf"
sed 's/^./    &/' main.tf

title "Plan: it says what is going to cost money (a development build needs no init)"
run 0 0 plan -out=saved.tfplan
says "3 to add, 0 to change, 0 to destroy" "authorises charges"

title "Apply: one domain is fast, one slow, one is rejected by the registry"
run 1 3 apply saved.tfplan
says "registrar_domain_settings.slow: Creation complete" "could not update example.org" "registry_rejected" "auto_renew = false"

title "The cause is removed: the next apply does what is left, and nothing else"
fake POST "domains/example.org/scenario/immediate" >"$work/log"
run 0 1 apply -auto-approve -compact-warnings
says "1 added, 0 changed, 0 destroyed"

title "Drift: somebody turns auto-renew of example.com off in the dashboard. A plan shows it (exit code 2)"
fake POST "domains/example.com/auto_renew/false" >"$work/log"
run 2 0 plan -detailed-exitcode -compact-warnings
says "auto_renew = false -> true" "0 to add, 1 to change, 0 to destroy"
run 0 1 apply -auto-approve -compact-warnings
says "0 added, 1 changed, 0 destroyed"

title "Import: examples/demo/import.tf adds a domain that renews already. An import sends no PATCH"
cp "$root/examples/demo/import.tf" .
run 0 0 apply -auto-approve -compact-warnings
says "1 imported, 0 added, 0 changed, 0 destroyed"
run 0 0 plan -detailed-exitcode
says "No changes."

title "Destroy: Terraform lets go, the domains keep their setting"
run 0 0 destroy -auto-approve
says "keeps its auto-renew setting" "4 destroyed"

title "Next: your own domains"
cat <<NEXT
    export TF_CLI_CONFIG_FILE=$root/bin/dev.tfrc   # made by make install; skip $cli init
    export CLOUDFLARE_API_TOKEN=...    # permission group Registrar Domains Admin (or Read, to plan only)
    export CLOUDFLARE_ACCOUNT_ID=...
    $cli plan                          # with your domains in main.tf; a plan only reads
NEXT
