// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

const sumsSuffix = "_SHA256SUMS"

// readSums reads the only file of checksums: file name to checksum, and the version in its name.
func readSums(repository fs.FS) (sums map[string]string, version string, err error) {
	prefix := dist + "/" + project + "_"
	found, err := fs.Glob(repository, prefix+"*"+sumsSuffix)
	if err != nil || len(found) != 1 {
		return nil, "", errors.Join(err, fmt.Errorf("%s holds %d files of checksums, want 1", dist, len(found)))
	}
	text, err := fs.ReadFile(repository, found[0])
	if err != nil {
		return nil, "", err
	}
	version = strings.TrimSuffix(strings.TrimPrefix(found[0], prefix), sumsSuffix)
	sums, err = parseSums(text)
	return sums, version, err
}

// parseSums reads the lines of sha256sum: a checksum, two spaces, a name.
func parseSums(text []byte) (map[string]string, error) {
	sums := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		sum, name, ok := strings.Cut(lines.Text(), "  ")
		if raw, err := hex.DecodeString(sum); !ok || err != nil || len(raw) != sha256.Size {
			return nil, fmt.Errorf("%q is no line of checksums", lines.Text())
		}
		sums[name] = sum
	}
	return sums, lines.Err()
}

// checkSums compares each file with its checksum. The manifest is listed under the name that it gets
// when it is uploaded.
func checkSums(repository fs.FS, version string, sums map[string]string) error {
	var faults []error
	for name, want := range sums {
		path := dist + "/" + name
		if name == manifestName(version) {
			path = manifest
		}
		content, err := fs.ReadFile(repository, path)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if got := sha256.Sum256(content); hex.EncodeToString(got[:]) != want {
			faults = append(faults, fmt.Errorf("%s does not have the checksum that is listed", name))
		}
	}
	return errors.Join(faults...)
}

func manifestName(version string) string { return project + "_" + version + "_manifest.json" }

// checkCompleteness compares the names that are listed with those of a whole release.
func checkCompleteness(version string, sums map[string]string) error {
	want := []string{manifestName(version)}
	for _, p := range platforms() {
		want = append(want, p.archive(version), p.billOfMaterials(version))
	}
	var faults []error
	for _, name := range want {
		if sums[name] == "" {
			faults = append(faults, fmt.Errorf("%s is not among the checksums", name))
		}
	}
	for name := range sums {
		if !slices.Contains(want, name) {
			faults = append(faults, fmt.Errorf("%s is among the checksums, but is no part of a release", name))
		}
	}
	return errors.Join(faults...)
}

// checkManifest makes sure that the registry offers the provider to CLIs that speak protocol 6.
func checkManifest(repository fs.FS) error {
	text, err := fs.ReadFile(repository, manifest)
	if err != nil {
		return err
	}
	var says struct {
		Version  int `json:"version"`
		Metadata struct {
			ProtocolVersions []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal(text, &says); err != nil {
		return fmt.Errorf("%s: %w", manifest, err)
	}
	if says.Version != 1 || !slices.Equal(says.Metadata.ProtocolVersions, []string{"6.0"}) {
		return fmt.Errorf("%s does not say version 1, protocol 6.0", manifest)
	}
	return nil
}
