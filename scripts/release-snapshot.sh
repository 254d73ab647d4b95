#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Makes a release of the present commit without publishing it: two builds that must be equal to the byte, and
# an installation from a provider registry by Terraform and by OpenTofu (TestAccRelease in internal/acceptance).
#
#   scripts/release-snapshot.sh
#
# The archives stay in dist/.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
work=$root/.cache/release
rm -rf "$work" dist
mkdir -p "$work"

say() { printf '\n=== %s\n' "$1"; }

# GoReleaser tells each of some hundred steps; only what goes wrong is worth reading.
goreleaser() {
	go tool -modfile=tools/goreleaser/go.mod goreleaser "$@" >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		return 1
	}
}

# Somebody may go on committing while this runs.
commit=$(git rev-parse HEAD)

# A clone has only what is committed, as a release does, and the remote without which GoReleaser would
# take it for no repository.
snapshot() {
	git clone --quiet --no-local --no-checkout "$root" "$1"
	git -C "$1" checkout --quiet --detach "$commit"
	(cd "$1" && goreleaser release --snapshot --clean --skip=sign)
}

[ -z "$(git status --porcelain)" ] || echo "The snapshot is made of the last commit; what is not committed is not in it."

say "A snapshot of $(git log -1 --format='%h, %s' "$commit"), for every platform"
goreleaser check
snapshot "$work/first"
mv "$work/first/dist" dist
ls -l dist/*.zip | awk '{ printf "%5.1f MiB  %s\n", $5 / 1048576, $NF }'

say "The same commit once more, in another folder"
snapshot "$work/second"
for sums in dist/*_SHA256SUMS; do
	diff "$sums" "$work/second/$sums"
done
echo "All archives and bills of materials are equal to the byte."

# The builds above share a cache of compiled packages, so one binary is made without any.
say "The binary of this platform once more, compiled from nothing"
goreleaser=$(go tool -modfile=tools/goreleaser/go.mod -n goreleaser)
(cd "$work/second" && GOCACHE=$work/gocache "$goreleaser" build --snapshot --clean --single-target >"$work/log" 2>&1) || {
	cat "$work/log" >&2
	exit 1
}
for binary in "$work"/second/dist/provider_*/*; do
	cmp "$binary" "dist/${binary#"$work/second/dist/"}"
done
echo "It is equal to the byte."

say "An installation from a registry"
for which in '' --other; do
	# shellcheck disable=SC2086 # Nothing is no argument.
	RELEASE_DIST=$root/dist scripts/with-cli.sh $which go test -C internal/acceptance -count=1 -run '^TestAccRelease'
done

rm -rf "$work"
