#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Runs the pinned GoReleaser, with the pinned Syft for its bills of materials.
#
#   scripts/goreleaser.sh release --snapshot --clean
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
goreleaser=$("$scripts/tool.sh" goreleaser)
SYFT=$("$scripts/tool.sh" syft)
export SYFT

exec "$goreleaser" "$@"
