#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Makes a release of the present commit without publishing it, and looks into it:
# the form the registries ask for, two builds equal to the byte, and a plan from a filesystem mirror.
#
#   scripts/release-snapshot.sh
#
# The archives stay in dist/.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

work=$root/.cache/release
rm -rf "$work"
mkdir -p "$work"

goreleaser=$(scripts/tool.sh goreleaser)
SYFT=$(scripts/tool.sh syft)
export SYFT

say() { printf '\n=== %s\n' "$1"; }

# GoReleaser tells each of some hundred steps; only what goes wrong is worth reading.
quietly() {
	"$@" >"$work/log" 2>&1 || {
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
	(cd "$1" && quietly "$goreleaser" release --snapshot --clean --skip=sign)
}

if [ -n "$(git status --porcelain)" ]; then
	echo "The snapshot is made of the last commit; what is not committed is not in it."
fi

say "A snapshot of $(git log -1 --format='%h, %s' "$commit"), for every platform"
quietly "$goreleaser" check
snapshot "$work/first"
rm -rf dist
mv "$work/first/dist" dist
go run ./tools/releasecheck .

say "The same commit once more, in another folder"
snapshot "$work/second"
for sums in dist/*_SHA256SUMS; do
	diff "$sums" "$work/second/$sums"
done
echo "All archives and bills of materials are equal to the byte."

# The builds above share a cache of compiled packages, so one binary is made without any.
say "The binary of this platform once more, compiled from nothing"
mkdir "$work/gocache"
(cd "$work/second" && GOCACHE=$work/gocache quietly "$goreleaser" build --snapshot --clean --single-target)
for binary in "$work"/second/dist/provider_*/*; do
	cmp "$binary" "dist/${binary#"$work/second/dist/"}"
done
echo "It is equal to the byte."

say "A plan from a filesystem mirror"
scripts/with-cli.sh scripts/mirror-plan.sh dist
scripts/with-cli.sh --other scripts/mirror-plan.sh dist

rm -rf "$work"
