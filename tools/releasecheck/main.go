// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command releasecheck looks into the dist folder that GoReleaser has filled, and fails where a registry,
// or somebody who installs from it, would find a fault.
//
//	go run ./tools/releasecheck .
//
// The form is the registry's: https://developer.hashicorp.com/terraform/registry/providers/publishing.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

const (
	project  = "terraform-provider-registrar"
	dist     = "dist"
	manifest = "terraform-registry-manifest.json"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: releasecheck <folder of the repository>")
		os.Exit(2)
	}
	if err := check(os.DirFS(os.Args[1]), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "releasecheck:", err)
		os.Exit(1)
	}
}

// check reports every fault it finds, so that one look at a release is enough.
func check(repository fs.FS, out io.Writer) error {
	sums, version, err := readSums(repository)
	if err != nil {
		return err
	}
	faults := []error{
		checkSums(repository, version, sums),
		checkCompleteness(version, sums),
		checkManifest(repository),
	}
	for _, p := range platforms() {
		size, err := checkArchive(repository, version, p)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", p.archive(version), err))
			continue
		}
		_, err = fmt.Fprintf(out, "%-14s %5.1f MiB  %s\n", p, float64(size)/(1<<20), p.archive(version))
		faults = append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "Version %s: %d files with their checksums, %d platforms.\n", version, len(sums), len(platforms()))
	return err
}
