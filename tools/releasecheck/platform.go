// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import "fmt"

// platform is what one archive is for.
type platform struct{ os, arch string }

// platforms are those that a release serves. Leaving one out breaks the lock file of somebody's team.
func platforms() []platform {
	return []platform{
		{"darwin", "amd64"},
		{"darwin", "arm64"},
		{"freebsd", "386"},
		{"freebsd", "amd64"},
		{"freebsd", "arm"},
		{"freebsd", "arm64"},
		{"linux", "386"},
		{"linux", "amd64"},
		{"linux", "arm"},
		{"linux", "arm64"},
		{"windows", "386"},
		{"windows", "amd64"},
		{"windows", "arm64"},
	}
}

func (p platform) String() string { return p.os + "_" + p.arch }

func (p platform) archive(version string) string {
	return fmt.Sprintf("%s_%s_%s.zip", project, version, p)
}

func (p platform) billOfMaterials(version string) string {
	return p.archive(version) + ".spdx.json"
}

// binary is the name under which Terraform looks for the provider in the archive.
func (p platform) binary(version string) string {
	name := project + "_v" + version
	if p.os == "windows" {
		name += ".exe"
	}
	return name
}
