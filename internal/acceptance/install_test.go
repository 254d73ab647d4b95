// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// TestAccREADME runs README's three paths as they stand, after make install and with a normal init. A loopback
// registry stands in for the public one, and serves a stand-in for cloudflare/cloudflare.
func TestAccREADME(t *testing.T) {
	t.Parallel()
	needs(t, movedBlocks)
	clone := t.TempDir()
	install(t, clone, "first")
	registry := publish(t, "cloudflare", "cloudflare", "5.20.0", pack(t, "cloudflare", "5.20.0"))
	text, err := os.ReadFile("../../README.md")
	config, failed := os.ReadFile(filepath.Join(clone, "bin/cli.tfrc"))
	if err := cmp.Or(err, failed); err != nil {
		t.Fatal(err)
	}
	var last *workspace
	for _, path := range []struct{ heading, state, says string }{
		{"## From `cloudflare_registrar_domain`\n", incumbentState(), "Apply complete! Resources: 0 added, 1 changed, 0 destroyed."},
		{"## Every domain of an account\n", "", "Apply complete! Resources: 4 imported, 0 added, 0 changed, 0 destroyed."},
		{"## One domain\n", "", "Apply complete! Resources: 1 added, 0 changed, 0 destroyed."},
	} {
		w := open(t, "", theExamplesAccount()...)
		w.env = append(w.env, "SSL_CERT_FILE="+registry.certificate, "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "cli.tfrc"))
		w.write("cli.tfrc", string(config)+registry.config)
		if path.state != "" {
			w.write("terraform.tfstate", path.state)
		}
		if err := errors.Join(os.Remove(filepath.Join(w.dir, "providers.tf")), os.Symlink(clone, filepath.Join(w.dir, "../terraform-provider-registrar"))); err != nil && !errors.Is(err, fs.ErrExist) {
			t.Fatal(err)
		}
		_, section, _ := strings.Cut(string(text), path.heading)
		section, _, _ = strings.Cut(section, "\n## ")
		var commands string
		for _, found := range regexp.MustCompile("(?s) *```(hcl|shell)\n(.*?)```").FindAllStringSubmatch(section, -1) {
			if found[1] == "hcl" {
				w.write("main.tf", found[2])
			} else {
				commands += found[2]
			}
		}
		screen := w.script(0, commands)
		screen.says(t, path.says)
		t.Log(screen.raw)
		if screen.count("overrides") > 0 {
			t.Errorf("%s: a warning about development overrides:\n%s", path.heading, screen.text)
		}
		w.plan(0)
		last = w
	}
	// A rebuild doesn't break a folder: it keeps its build until init -upgrade.
	install(t, clone, "second")
	last.must(0, "init", "-input=false").says(t, "Using previously-installed seed-9d79c00c/registrar")
	last.must(0, "init", "-input=false", "-upgrade").says(t, "Installing seed-9d79c00c/registrar")
	last.plan(0)
}

// TestAccReleaseInstalls installs the provider from a registry: the release that GoReleaser made in the folder
// RELEASE_DIST, or else a small one.
func TestAccReleaseInstalls(t *testing.T) {
	t.Parallel()
	wanted(t)
	files, version := released(t, os.Getenv("RELEASE_DIST"))
	registry := publish(t, "seed-9d79c00c", "registrar", version, files)
	w := open(t, oneDomain, domain("example.com", false, fakeregistrar.Immediate()))
	w.write("cli.tfrc", registry.config)
	w.env = append(w.env, "SSL_CERT_FILE="+registry.certificate, "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "cli.tfrc"))
	w.must(0, "init", "-input=false").says(t, "v"+version+" (", "key ID")
	w.plan(2).says(t, "1 to add, 0 to change, 0 to destroy")
	// A team's lock file lists every platform that its members use.
	args := []string{"providers", "lock"}
	for _, platform := range registry.platforms {
		args = append(args, "-platform="+platform)
	}
	w.must(0, args...)
	want := strings.Fields("darwin_amd64 darwin_arm64 freebsd_386 freebsd_amd64 freebsd_arm freebsd_arm64 linux_386 linux_amd64 linux_arm linux_arm64 windows_386 windows_amd64 windows_arm64")
	if got := slices.Sorted(slices.Values(registry.platforms)); os.Getenv("RELEASE_DIST") != "" && !slices.Equal(got, want) {
		t.Errorf("the release has the platforms %v; want %v", got, want)
	}
}

// released reads the files of a release and its version from a folder, or packs one without a folder.
func released(t *testing.T, dist string) (fstest.MapFS, string) {
	t.Helper()
	if dist == "" {
		return pack(t, "registrar", "9.9.9"), "9.9.9"
	}
	files := fstest.MapFS{}
	sums, err := fs.Glob(os.DirFS(dist), "*_SHA256SUMS")
	if err != nil || len(sums) != 1 {
		t.Fatalf("%s has the checksums %v (%v); want one file", dist, sums, err)
	}
	version := strings.TrimSuffix(strings.TrimPrefix(sums[0], "terraform-provider-registrar_"), "_SHA256SUMS")
	archives, err := fs.Glob(os.DirFS(dist), "*.zip")
	for _, name := range append(archives, sums...) {
		content, failed := fs.ReadFile(os.DirFS(dist), name)
		files[name], err = &fstest.MapFile{Data: content}, cmp.Or(err, failed)
	}
	if err != nil {
		t.Fatal(err)
	}
	return files, version
}

// install does what `make install` does, with another place for bin/. Each version makes a different build.
func install(t *testing.T, clone, version string) {
	t.Helper()
	source, err := filepath.Abs("../..")
	if err := errors.Join(err, os.Symlink(filepath.Join(source, "examples"), filepath.Join(clone, "examples"))); err != nil && !errors.Is(err, fs.ErrExist) {
		t.Fatal(err)
	}
	script := exec.CommandContext(t.Context(), filepath.Join(source, "scripts/install.sh"), filepath.Join(clone, "bin")) //nolint:gosec // our own script
	script.Env = append(os.Environ(), "VERSION="+version)
	if screen, err := script.CombinedOutput(); err != nil || !strings.Contains(string(screen), `export TF_CLI_CONFIG_FILE="`+filepath.Join(clone, "bin/cli.tfrc")) {
		t.Fatalf("%v\n%s", err, screen)
	}
}
