// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"bytes"
	"debug/buildinfo"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

const modulePath = "github.com/seed-9d79c00c/terraform-provider-registrar"

// checkArchive looks into the zip of one platform and returns the size of the binary in it.
func checkArchive(repository fs.FS, version string, p platform) (int64, error) {
	content, err := fs.ReadFile(repository, dist+"/"+p.archive(version))
	if err != nil {
		return 0, err
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return 0, err
	}
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	if want := []string{"LICENSE", p.binary(version)}; !slices.Equal(names, want) {
		return 0, fmt.Errorf("it holds %q, want %q", names, want)
	}
	return checkBinary(archive, p.binary(version), p)
}

// checkBinary makes sure that what would be run is an executable built from here, for this platform,
// without a C library and without the paths of the machine that built it.
func checkBinary(archive *zip.Reader, name string, p platform) (int64, error) {
	file, err := archive.Open(name)
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }()
	stat, err := file.Stat()
	if err != nil {
		return 0, err
	}
	if mode := stat.Mode(); mode != fs.FileMode(0o755) {
		return 0, fmt.Errorf("the mode of %s is %s, want -rwxr-xr-x", name, mode)
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return 0, err
	}
	info, err := buildinfo.Read(bytes.NewReader(content))
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return int64(len(content)), checkBuild(info, p)
}

func checkBuild(info *buildinfo.BuildInfo, p platform) error {
	if info.Main.Path != modulePath {
		return fmt.Errorf("the binary is built from %s, want %s", info.Main.Path, modulePath)
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	for key, want := range map[string]string{
		"GOOS": p.os, "GOARCH": p.arch, "CGO_ENABLED": "0", "-trimpath": "true",
	} {
		if settings[key] != want {
			return fmt.Errorf("the binary is built with %s=%q, want %q", key, settings[key], want)
		}
	}
	return nil
}
