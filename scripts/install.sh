#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Builds the provider, and installs it in a filesystem mirror for `terraform init` and `tofu init`.
#
#   scripts/install.sh [FOLDER]   writes FOLDER/mirror and FOLDER/cli.tfrc; bin/ by default
#
# A lock file pins the checksum of each version, and even `init -upgrade` refuses another checksum. So a build that
# differs from the last one gets a higher version. Folders with an earlier build keep it until `init -upgrade`.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "${1:-$root/bin}"
folder=$(cd "${1:-$root/bin}" && pwd)

platform=$(go env GOOS)_$(go env GOARCH)
# The examples require ~> 0.1, which excludes prereleases.
version=0.1.$(date -u +%Y%m%d%H%M%S)
installed() { echo "$folder/mirror/$1/seed-9d79c00c/registrar/$2/$platform/terraform-provider-registrar_v$2"; }

go build -C "$root" -trimpath -ldflags '-s -w -X main.version='"${VERSION:-dev}" -o "$folder/terraform-provider-registrar" .
for last in "$folder"/mirror/registry.terraform.io/seed-9d79c00c/registrar/*; do :; done
last=${last##*/}
if cmp -s "$folder/terraform-provider-registrar" "$(installed registry.terraform.io "$last")"; then
	version=$last
else
	# Each CLI uses its own registry's folder.
	for host in registry.terraform.io registry.opentofu.org; do
		binary=$(installed "$host" "$version")
		mkdir -p "${binary%/*}"
		cp "$folder/terraform-provider-registrar" "$binary"
	done
fi

cat >"$folder/cli.tfrc" <<CONFIG
provider_installation {
  filesystem_mirror {
    path    = "$folder/mirror"
    include = ["seed-9d79c00c/registrar"]
  }
  direct {
    exclude = ["seed-9d79c00c/registrar"]
  }
}
CONFIG
cat <<NEXT
Installed version $version. To use it, run

  export TF_CLI_CONFIG_FILE="$folder/cli.tfrc"

and then terraform init or tofu init. In a folder with an earlier build, run init -upgrade.
A warning that the lock file only has checksums for this platform is expected.
NEXT
