#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Writes the SBOM of a release archive, in SPDX format.
#
#   scripts/sbom.sh ARCHIVE DOCUMENT VERSION TIME
#
# Syft writes the current time and a random name. This script replaces them with the commit's time and the archive's
# checksum, so that two builds of one commit are identical. It also adds Syft's version, which a build by `go tool` lacks.
set -eu

archive=$1 document=$2 version=$3 time=$4
pin=$(cd "$(dirname "$0")/../tools/syft" && pwd)/go.mod
syft=$(sed -n 's|.*github.com/anchore/syft v\([^ ]*\).*|\1|p' "$pin")

sum=$({ sha256sum "$archive" 2>/dev/null || shasum -a 256 "$archive"; } | cut -d ' ' -f 1)

SYFT_CHECK_FOR_APP_UPDATE=false go tool -modfile="$pin" syft scan --quiet \
	--source-name "$(basename "$archive")" --source-version "$version" \
	--output spdx-json="$document.tmp" "file:$archive"

sed -e "s|\(\"created\": *\)\"[^\"]*\"|\1\"$time\"|" \
	-e "s|\(\"documentNamespace\": *\"[^\"]*-\)[0-9a-f]\{8\}-[0-9a-f-]\{27\}\"|\1$sum\"|" \
	-e "s|Tool: syft-[^\"]*|Tool: syft-$syft|" \
	"$document.tmp" >"$document"
rm -f "$document.tmp"
