#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Fails when a package depends on what it must know nothing of, directly or through others.
#
# The depguard rules in .golangci.yml name the same borders, but see only direct imports.
set -eu

cd "$(dirname "$0")/.."
module=$(go list -m)
broken=0

# refuse PACKAGE PATTERN REASON
refuse() {
	# A folder that was never there has no rule to break.
	[ -d "$1" ] || return 0
	dependencies=$(go list -deps "$1")
	found=$(echo "$dependencies" | grep -E "$2" || true)
	[ -n "$found" ] || return 0
	broken=1
	echo "$1 must not depend on these: $3"
	echo "$found" | sed 's/^/    /'
}

for package in ./internal/client ./internal/domainname ./internal/autorenew ./internal/registrations; do
	refuse "$package" 'terraform-plugin' 'it is to be usable, and readable, without Terraform.'
done

refuse ./internal/fakeregistrar "terraform-plugin|^$module/internal/(client|provider)(/|\$)" \
	'a fake that shares code with what it tests agrees with its mistakes.'

refuse . "^net/http/httptest\$|terraform-plugin-testing|^$module/internal/fakeregistrar(/|\$)" \
	'what serves tests is not shipped to users.'

# go-plugin, through which every provider is served, ships test helpers of its own.
importers=$(go list -deps -f '{{$package := .ImportPath}}{{range .Imports}}{{if eq . "testing"}}{{$package}}
{{end}}{{end}}' . | grep -v '^github.com/hashicorp/go-plugin$' | sed '/^$/d' || true)
if [ -n "$importers" ]; then
	broken=1
	echo ". must not depend on packages that import testing: what serves tests is not shipped to users."
	echo "$importers" | sed 's/^/    /'
fi

[ "$broken" -eq 0 ] && echo "Import rules hold."
exit "$broken"
