#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Runs every fuzz target for the given time, one at a time.
#
#   scripts/fuzz.sh 1m
#
# Go fuzzes one target at a time. It saves a failing input in the package's testdata/fuzz, where later tests use it.
set -eu

cd "$(dirname "$0")/.."

for package in $(go list ./...); do
	for target in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
		echo "$target ($package)"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$1" "$package"
	done
done
