#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Builds the tool pinned in tools/<name> once and prints the path of its binary.
#
#   scripts/tool.sh golangci-lint
#
# The binary is kept under .cache/bin and built again only when the pin or the Go release changes.
set -eu

name=${1:?usage: scripts/tool.sh <folder beneath tools>}
root=$(cd "$(dirname "$0")/.." && pwd)
module=$root/tools/$name

if [ ! -f "$module/go.mod" ]; then
	echo "tool.sh: there is no tools/$name/go.mod" >&2
	exit 2
fi

binary=$(basename "$(sed -n 's/^tool //p' "$module/go.mod")")
# A path that ends in /v2 names its major version, not its binary.
case $binary in
v[0-9]*) binary=$name ;;
esac

# A user's GOFLAGS (-mod=vendor, -race) or cross-compilation must not reach a tool that runs here.
# They may also be set by `go env -w`, which an empty variable would not override, hence real values.
GOFLAGS=-mod=readonly
GOWORK=off
GOOS=$(go env GOHOSTOS)
GOARCH=$(go env GOHOSTARCH)
CGO_ENABLED=0
export GOFLAGS GOWORK GOOS GOARCH CGO_ENABLED

# What a release is told when it is built: OpenTofu would call itself 1.12.6-dev, and allow what a release
# does not; Syft would name no version in the documents it writes.
case $name in
syft) ldflags="-s -w -X main.version=$(sed -n 's|.*github.com/anchore/syft v\([^ ]*\).*|\1|p' "$module/go.mod")" ;;
opentofu) ldflags='-s -w -X github.com/opentofu/opentofu/version.dev=no' ;;
*) ldflags='-s -w' ;;
esac

pin=$(cd "$module" && { go env GOVERSION GOOS GOARCH; echo "$ldflags"; cat go.mod go.sum; } | cksum)
cache=$root/.cache/bin
if [ -x "$cache/$binary" ] && [ "$(cat "$cache/$binary.pin" 2>/dev/null)" = "$pin" ]; then
	echo "$cache/$binary"
	exit 0
fi

wait_for='a few minutes'
[ "$name" = opentofu ] && wait_for='about five minutes on two cores'
echo "Building $name from tools/$name, once ($wait_for)..." >&2

# A build that is interrupted must not leave half a binary under the final name.
mkdir -p "$cache"
scratch=$(mktemp -d "$cache/.building.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
go build -C "$module" -trimpath -buildvcs=false -ldflags "$ldflags" -o "$scratch/" tool >&2
mv -f "$scratch/$binary" "$cache/$binary"
echo "$pin" >"$cache/$binary.pin"
echo "Built $cache/$binary." >&2
echo "$cache/$binary"
