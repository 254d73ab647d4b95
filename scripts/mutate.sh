#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Changes one operator at a time in the core packages, and runs their tests. Fails if the surviving mutants
# differ from tools/gremlins/equivalents.md. Takes about ten minutes on two cores.
#
#   scripts/mutate.sh              all four packages
#   scripts/mutate.sh client       one of them
set -eu
cd "$(dirname "$0")/.."

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
gremlins=$(go tool -modfile=tools/gremlins/go.mod -n gremlins)
export GOFLAGS='-mod=readonly -buildvcs=false -count=1 -vet=off -ldflags=-w' GOGC=400

# jq PACKAGE FILTER
jq() { GOFLAGS='' go tool -modfile=tools/gojq/go.mod gojq -r "$2" "$out/$1.json"; }

# lived lists the survivors: file, operator, and the line with a mark before the changed operator.
lived() {
	jq "$1" '.files[] | "\(.file_name) \(.mutations[] | select(.status | . == "LIVED" or . == "NOT COVERED") | "\(.type) \(.line) \(.column)")"' |
		while read -r file operator line column; do
			LC_ALL=C awk -v c="$column" -v start="- \`internal/$1/$file\` $operator" -v line="$line" 'NR == line {
				text = substr($0, 1, c - 1) "▸" substr($0, c)
				sub(/^[ \t]+/, "", text)
				print start " `" text "`"
			}' "internal/$1/$file"
		done | sort
}

for package in ${*:-domainname registrations autorenew client}; do
	ALSO_TEST=
	# The cache's tests cover the client in an outage.
	[ "$package" != client ] || ALSO_TEST=$(go list ./internal/registrations)
	export ALSO_TEST
	PATH=$PWD/tools/gremlins/bin:$PATH "$gremlins" unleash --config tools/gremlins/config.yaml -o "$out/$package.json" "./internal/$package"
	lived "$package" >"$out/lived"
	sed -n "s,^\(- \`internal/$package/.*\`\): .*,\1,p" tools/gremlins/equivalents.md | sort >"$out/listed"
	diff -u "$out/listed" "$out/lived" >>"$out/differences" || true
	jq "$package" '[.files[].mutations[].status] | (map(select(. == "KILLED" or . == "TIMED OUT")) | length) as $killed |
		(map(select(. == "LIVED" or . == "NOT COVERED")) | length) as $lived |
		"| `'"$package"'` | \($killed + $lived) | \($killed) | \($lived) | \(1000 * $killed / ($killed + $lived) | round / 10)% |"' >>"$out/table"
done

printf '\n| package | mutants | killed | lived | efficacy |\n|---|--:|--:|--:|--:|\n'
cat "$out/table"
[ ! -s "$out/differences" ] || {
	printf '\nThe survivors (+) differ from tools/gremlins/equivalents.md (-):\n'
	cat "$out/differences"
	exit 1
}
