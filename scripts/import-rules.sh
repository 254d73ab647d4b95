#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Fails if a package has a forbidden dependency, direct or indirect.
#
# The depguard rules in .golangci.yml only check direct imports.
set -eu

cd "$(dirname "$0")/.."
module=$(go list -m)
broken=0

# refuse PACKAGE PATTERN REASON
refuse() {
	# A missing folder doesn't break the rule.
	[ -d "$1" ] || return 0
	dependencies=$(go list -deps "$1")
	found=$(echo "$dependencies" | grep -E "$2" || true)
	[ -n "$found" ] || return 0
	broken=1
	echo "$1 must not depend on these: $3"
	echo "$found" | sed 's/^/    /'
}

for package in ./internal/client ./internal/domainname ./internal/autorenew ./internal/registrations; do
	refuse "$package" 'terraform-plugin' 'it must work without Terraform.'
done

refuse ./internal/fakeregistrar "terraform-plugin|^$module/internal/(client|provider)(/|\$)" \
	'a fake that shares code with the client would share its mistakes.'

refuse . "^net/http/httptest\$|terraform-plugin-testing|^$module/internal/fakeregistrar(/|\$)" \
	'test code is not shipped.'

# go-plugin, which serves every provider, imports testing itself.
importers=$(go list -deps -f '{{$package := .ImportPath}}{{range .Imports}}{{if eq . "testing"}}{{$package}}
{{end}}{{end}}' . | grep -v '^github.com/hashicorp/go-plugin$' | sed '/^$/d' || true)
if [ -n "$importers" ]; then
	broken=1
	echo ". must not depend on packages that import testing: test code is not shipped."
	echo "$importers" | sed 's/^/    /'
fi

[ "$broken" -eq 0 ] && echo "Import rules hold."
exit "$broken"
