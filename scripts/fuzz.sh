#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Runs every fuzz target there is for some time, one after the other.
#
#   scripts/fuzz.sh 1m
#
# Go fuzzes one target of one package at a time. What a target finds stays as a file under its
# package's testdata/fuzz, which every later run of the tests plays.
set -eu

cd "$(dirname "$0")/.."

for package in $(go list ./...); do
	for target in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
		echo "$target ($package)"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$1" "$package"
	done
done
