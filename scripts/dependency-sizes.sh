#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Prints each module's share of the shipped binary, in kB of code and constants, largest first.
#
#   scripts/dependency-sizes.sh
#
# It counts each symbol toward the module of its package. All modules share the rest: type information and line tables.
set -eu

cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

go build -trimpath -o "$scratch/with-symbols" .
go build -trimpath -ldflags '-s -w' -o "$scratch/shipped" .
go list -deps -f '{{.ImportPath}} {{if .Module}}{{.Module.Path}}{{else}}(Go){{end}}' . >"$scratch/packages"
go tool nm -size -type "$scratch/with-symbols" >"$scratch/symbols"

awk '
	# In a symbol, the dots in the last part of the import path are %2e.
	NR == FNR { path = $1; n = match(path, "[^/]*$"); last = substr(path, n); gsub(/\./, "%2e", last)
	            module[substr(path, 1, n - 1) last] = $2; module[path] = $2; next }
	$3 ~ /^[TtRr]$/ {
		name = $4; sub(/^(go:itab\.\*?|type:\.eq\.|type:\.hash\.)/, "", name); sub(/[[({,].*/, "", name)
		n = match(name, "[^/]*$"); head = substr(name, 1, n - 1); tail = substr(name, n); sub(/\..*/, "", tail)
		of = module[head tail]; size[of == "" ? "(shared)" : of] += $2 }
	END { for (m in size) printf "%8.0f kB  %s\n", size[m] / 1000, m }
' "$scratch/packages" "$scratch/symbols" | sort -rn
printf '%8.0f kB  the stripped binary, as shipped\n' "$(wc -c <"$scratch/shipped" | awk '{ print $1 / 1000 }')"
