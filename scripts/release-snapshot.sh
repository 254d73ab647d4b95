#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Builds a release of the current commit twice, without publishing it, and compares the bytes. Then installs the
# archives with Terraform and OpenTofu.
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

# GoReleaser logs a hundred steps. Show the log only if it fails.
goreleaser() {
	go tool -modfile=tools/goreleaser/go.mod goreleaser "$@" >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		return 1
	}
}

# A commit during the run must not change the release.
commit=$(git rev-parse HEAD)

# A clone has only the committed files, and the remote that GoReleaser requires.
snapshot() {
	git clone --quiet --no-local --no-checkout "$root" "$1"
	git -C "$1" checkout --quiet --detach "$commit"
	(cd "$1" && goreleaser release --snapshot --clean --skip=sign)
}

[ -z "$(git status --porcelain)" ] || echo "The snapshot doesn't include uncommitted changes."

say "A snapshot of $(git log -1 --format='%h, %s' "$commit"), for every platform"
goreleaser check
snapshot "$work/first"
mv "$work/first/dist" dist
ls -l dist/*.zip | awk '{ printf "%5.1f MiB  %s\n", $5 / 1048576, $NF }'

say "The same commit in another folder"
snapshot "$work/second"
for sums in dist/*_SHA256SUMS; do
	diff "$sums" "$work/second/$sums"
done
echo "All archives and SBOMs are identical."

# Both builds used the same cache, so build one binary without it.
say "The binary for this platform, without a build cache"
goreleaser=$(go tool -modfile=tools/goreleaser/go.mod -n goreleaser)
(cd "$work/second" && GOCACHE=$work/gocache "$goreleaser" build --snapshot --clean --single-target >"$work/log" 2>&1) || {
	cat "$work/log" >&2
	exit 1
}
for binary in "$work"/second/dist/provider_*/*; do
	cmp "$binary" "dist/${binary#"$work/second/dist/"}"
done
echo "It is identical."

say "Installing these archives"
# A mirror of archives has the layout of dist/, in one folder per registry.
version=$(basename dist/*_SHA256SUMS _SHA256SUMS)
version=${version#terraform-provider-registrar_}
(cd dist && { sha256sum --ignore-missing -c ./*_SHA256SUMS || shasum -a 256 --ignore-missing -c ./*_SHA256SUMS; } >"$work/log")
for host in registry.terraform.io registry.opentofu.org; do
	mkdir -p "$work/mirror/$host/seed-9d79c00c/registrar"
	ln dist/*.zip "$work/mirror/$host/seed-9d79c00c/registrar/"
done
printf 'provider_installation {\n  filesystem_mirror {\n    path = "%s"\n  }\n}\n' "$work/mirror" >"$work/cli.tfrc"
for choice in first other; do
	cli=$(scripts/find-cli.sh "$choice")
	[ -n "$cli" ] || continue
	mkdir "$work/$choice"
	sed "s/~> 0.1/$version/" examples/one-domain/main.tf >"$work/$choice/main.tf"
	# The schema comes from the binary, so this also starts it.
	(cd "$work/$choice" && export TF_CLI_CONFIG_FILE="$work/cli.tfrc" && "$cli" init -input=false && "$cli" providers schema -json >schema.json &&
		"$cli" providers lock -fs-mirror="$work/mirror" -platform=darwin_arm64 -platform=linux_arm64 -platform=windows_amd64) >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		exit 1
	}
	echo "$(scripts/neutral-env.sh "$cli" version | head -n 1) installed version $version."
done

rm -rf "$work"
