#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Writes docs/ from the provider's schema, templates/ and examples/, and validates it.
#
#   scripts/docs.sh
#
# The schema comes from tools/providerschema, because `terraform providers schema -json` omits list resources before
# Terraform 1.14, and `tofu` omits identities.
set -eu

cd "$(dirname "$0")/.."
tfplugindocs='go tool -modfile=tools/tfplugindocs/go.mod tfplugindocs'

mkdir -p .cache
schema=.cache/provider-schema.json
go run ./tools/providerschema >"$schema"

# tfplugindocs logs each file. Show the log only if it fails.
log=.cache/docs.log
quietly() {
	"$@" >"$log" 2>&1 || {
		cat "$log" >&2
		return 1
	}
}

quietly $tfplugindocs generate --provider-name registrar --rendered-provider-name Registrar --providers-schema "$schema"
quietly $tfplugindocs validate --provider-name registrar --providers-schema "$schema"
echo "docs/ is up to date and valid."
