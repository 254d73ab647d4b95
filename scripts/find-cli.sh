#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Prints the path of a Terraform or OpenTofu binary. All other output goes to stderr.
#
#   scripts/find-cli.sh          $TF_ACC_TERRAFORM_PATH, or else terraform 1.11 or later from PATH, or else
#                                tofu 1.10 or later from PATH, or else OpenTofu built from tools/opentofu
#   scripts/find-cli.sh other    the other program: OpenTofu (found or built) if the first choice is Terraform,
#                                or else terraform from PATH, or else an empty line
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
which=${1:-first}
case $which in
first | other) ;;
*)
	echo "usage: scripts/find-cli.sh [other]" >&2
	exit 2
	;;
esac

# describe prints "Terraform 1.11.4" or "OpenTofu 1.12.6". For any other program, such as a version manager's shim
# without a selected version, it prints nothing.
describe() {
	"$scripts/neutral-env.sh" "$1" version 2>/dev/null |
		sed -n -e 's/^\(Terraform\) v\([0-9][0-9.]*\).*/\1 \2/p' -e 's/^\(OpenTofu\) v\([0-9][0-9.]*\).*/\1 \2/p' |
		head -n 1
}

# at_least VERSION MAJOR MINOR
at_least() {
	major=${1%%.*}
	rest=${1#*.}
	minor=${rest%%.*}
	[ "$major" -gt "$2" ] || { [ "$major" -eq "$2" ] && [ "$minor" -ge "$3" ]; }
}

# on_path PROGRAM KIND MAJOR MINOR prints the path of a program on PATH if it is of this kind and new enough.
on_path() {
	path=$(command -v "$1" 2>/dev/null) || return 1
	# A relative entry in PATH would fail in the tests' folders.
	case $path in
	/*) ;;
	*) path=$(pwd)/$path ;;
	esac
	described=$(describe "$path")
	case $described in
	"$2 "*) ;;
	*)
		echo "find-cli.sh: $path is not $2: skipped." >&2
		return 1
		;;
	esac
	if ! at_least "${described#* }" "$3" "$4"; then
		echo "find-cli.sh: $path is $described, older than $3.$4: skipped." >&2
		return 1
	fi
	echo "$path"
}

terraform_on_path() { on_path terraform Terraform 1 11; }
opentofu() { on_path tofu OpenTofu 1 10 || built_opentofu; }

# built_opentofu builds the release in tools/opentofu, unless the binary is up to date. Without dev=no it would be a
# development version with experiments. The explicit values override the user's go settings, even those of `go env -w`.
built_opentofu() {
	tofu=$(cd "$scripts/.." && pwd)/.cache/bin/tofu
	[ -x "$tofu" ] || echo "Building OpenTofu from tools/opentofu, once (about five minutes on two cores)..." >&2
	mkdir -p "${tofu%/*}"
	GOFLAGS=-mod=readonly GOWORK=off GOOS=$(go env GOHOSTOS) GOARCH=$(go env GOHOSTARCH) CGO_ENABLED=0 \
		go build -C "$scripts/../tools/opentofu" -trimpath -buildvcs=false \
		-ldflags '-s -w -X github.com/opentofu/opentofu/version.dev=no' -o "$tofu" github.com/opentofu/opentofu/cmd/tofu >&2
	echo "$tofu"
}

# TF_ACC_TERRAFORM_PATH can have any version: CI uses it for old releases.
named() {
	path=$(command -v "$TF_ACC_TERRAFORM_PATH") || path=
	if [ -z "$path" ] || [ -z "$(describe "$path")" ]; then
		echo "find-cli.sh: TF_ACC_TERRAFORM_PATH=$TF_ACC_TERRAFORM_PATH is not a working Terraform or OpenTofu." >&2
		return 1
	fi
	echo "$(cd "$(dirname "$path")" && pwd)/$(basename "$path")"
}

first() {
	if [ -n "${TF_ACC_TERRAFORM_PATH:-}" ]; then
		named
	else
		terraform_on_path || opentofu
	fi
}

cli=$(first)
if [ "$which" = first ]; then
	echo "$cli"
	exit 0
fi

case $(describe "$cli") in
Terraform*) opentofu ;;
*)
	terraform_on_path || {
		echo "find-cli.sh: no Terraform 1.11 or later on PATH, so $cli is the only CLI." >&2
		echo
	}
	;;
esac
