// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"fmt"
	"io"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const sumsName = "dist/terraform-provider-registrar_1.2.3_SHA256SUMS"

// release is a folder in the form of a release whose archives hold no real binaries.
func release(t *testing.T) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{
		"terraform-registry-manifest.json": {Data: []byte(`{"version":1,"metadata":{"protocol_versions":["6.0"]}}`)},
	}
	for _, p := range platforms() {
		folder["dist/"+p.archive("1.2.3")] = &fstest.MapFile{Data: archiveOf(t, "LICENSE", p.binary("1.2.3"))}
		folder["dist/"+p.billOfMaterials("1.2.3")] = &fstest.MapFile{Data: []byte("{}")}
	}
	sum(folder)
	return folder
}

func archiveOf(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range names {
		header := &zip.FileHeader{Name: name}
		header.SetMode(0o755)
		if _, err := archive.CreateHeader(header); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sum writes the checksums of what the folder holds.
func sum(folder fstest.MapFS) {
	var text strings.Builder
	for _, path := range slices.Sorted(maps.Keys(folder)) {
		name := strings.TrimPrefix(path, "dist/")
		if path == manifest {
			name = "terraform-provider-registrar_1.2.3_manifest.json"
		}
		fmt.Fprintf(&text, "%x  %s\n", sha256.Sum256(folder[path].Data), name)
	}
	folder[sumsName] = &fstest.MapFile{Data: []byte(text.String())}
}

func TestFaultsOfAReleaseAreNamed(t *testing.T) {
	t.Parallel()
	const linux = "dist/terraform-provider-registrar_1.2.3_linux_amd64.zip"
	for name, test := range map[string]struct {
		spoil func(t *testing.T, folder fstest.MapFS)
		want  string
	}{
		"a binary that is none": {
			spoil: func(*testing.T, fstest.MapFS) {},
			want:  "unrecognized file format",
		},
		"no checksums": {
			spoil: func(_ *testing.T, folder fstest.MapFS) { delete(folder, sumsName) },
			want:  "dist holds 0 files of checksums, want 1",
		},
		"a line that is no checksum": {
			spoil: func(_ *testing.T, folder fstest.MapFS) { folder[sumsName].Data = []byte("abc  name\n") },
			want:  `"abc  name" is no line of checksums`,
		},
		"a file changed after it was summed": {
			spoil: func(_ *testing.T, folder fstest.MapFS) { folder[linux].Data = append(folder[linux].Data, 0) },
			want:  "terraform-provider-registrar_1.2.3_linux_amd64.zip does not have the checksum that is listed",
		},
		"a platform left out": {
			spoil: func(_ *testing.T, folder fstest.MapFS) {
				delete(folder, linux)
				delete(folder, sumsName)
				sum(folder)
			},
			want: "terraform-provider-registrar_1.2.3_linux_amd64.zip is not among the checksums",
		},
		"a file that is no part of a release": {
			spoil: func(_ *testing.T, folder fstest.MapFS) {
				folder["dist/notes.txt"] = &fstest.MapFile{}
				delete(folder, sumsName)
				sum(folder)
			},
			want: "notes.txt is among the checksums, but is no part of a release",
		},
		"a binary under a name that Terraform does not look for": {
			spoil: func(t *testing.T, folder fstest.MapFS) {
				t.Helper()
				folder[linux].Data = archiveOf(t, "LICENSE", "terraform-provider-registrar")
			},
			want: `it holds ["LICENSE" "terraform-provider-registrar"], want ["LICENSE" "terraform-provider-registrar_v1.2.3"]`,
		},
		"a manifest for protocol 5": {
			spoil: func(_ *testing.T, folder fstest.MapFS) {
				folder[manifest].Data = []byte(`{"version":1,"metadata":{"protocol_versions":["5.0"]}}`)
			},
			want: "terraform-registry-manifest.json does not say version 1, protocol 6.0",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := release(t)
			test.spoil(t, folder)
			err := check(folder, io.Discard)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestABinaryMustBeBuiltFromHereForItsPlatform(t *testing.T) {
	t.Parallel()
	good := func() *buildinfo.BuildInfo {
		return &buildinfo.BuildInfo{
			Main: debug.Module{Path: "github.com/seed-9d79c00c/terraform-provider-registrar"},
			Settings: []debug.BuildSetting{
				{Key: "GOOS", Value: "linux"},
				{Key: "GOARCH", Value: "arm64"},
				{Key: "CGO_ENABLED", Value: "0"},
				{Key: "-trimpath", Value: "true"},
			},
		}
	}
	for name, test := range map[string]struct {
		spoil func(info *buildinfo.BuildInfo)
		want  string
	}{
		"as a release is built": {
			spoil: func(*buildinfo.BuildInfo) {},
		},
		"from another module": {
			spoil: func(info *buildinfo.BuildInfo) { info.Main.Path = "example.com/other" },
			want:  "the binary is built from example.com/other, want github.com/seed-9d79c00c/terraform-provider-registrar",
		},
		"for another processor": {
			spoil: func(info *buildinfo.BuildInfo) { info.Settings[1].Value = "amd64" },
			want:  `the binary is built with GOARCH="amd64", want "arm64"`,
		},
		"with a C library": {
			spoil: func(info *buildinfo.BuildInfo) { info.Settings[2].Value = "1" },
			want:  `the binary is built with CGO_ENABLED="1", want "0"`,
		},
		"with the paths of a machine": {
			spoil: func(info *buildinfo.BuildInfo) { info.Settings = info.Settings[:3] },
			want:  `the binary is built with -trimpath="", want "true"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			info := good()
			test.spoil(info)
			got := ""
			if err := checkBuild(info, platform{"linux", "arm64"}); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
