#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Writes docs/ from the provider's schema, templates/ and examples/, and validates what it wrote.
#
#   scripts/docs.sh
#
# The schema comes from tools/providerschema and not, as is usual, from `terraform providers schema -json`: only
# Terraform 1.14 and later describe list resources there, and OpenTofu no identities, so that pages would be missing.
set -eu

cd "$(dirname "$0")/.."
tfplugindocs='go tool -modfile=tools/tfplugindocs/go.mod tfplugindocs'

mkdir -p .cache
schema=.cache/provider-schema.json
go run ./tools/providerschema >"$schema"

# tfplugindocs tells each file it looks at; only what goes wrong is worth reading.
log=.cache/docs.log
quietly() {
	"$@" >"$log" 2>&1 || {
		cat "$log" >&2
		return 1
	}
}

quietly $tfplugindocs generate --provider-name registrar --rendered-provider-name Registrar --providers-schema "$schema"
quietly $tfplugindocs validate --provider-name registrar --providers-schema "$schema"
echo "docs/ is written and valid."
