// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// TestAccREADME runs the README's three examples after make install, with a normal init. A second mirror, with a
// substitute for cloudflare/cloudflare, replaces the public registry.
func TestAccREADME(t *testing.T) {
	t.Parallel()
	needs(t, movedBlocks)
	clone, public := t.TempDir(), t.TempDir()
	config := strings.Replace(install(t, clone, "first"), "direct {", "filesystem_mirror {\n    path    = \""+public+"\"", 1)
	link(t, filepath.Join(public, registryHost(), "cloudflare/cloudflare/5.20.0", runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-cloudflare_v5.20.0"))
	readme, err := os.ReadFile("../../README.md")
	folder, failed := os.Getwd()
	if err := cmp.Or(err, failed); err != nil {
		t.Fatal(err)
	}
	var w *workspace
	for _, path := range []struct{ heading, state, want string }{
		{"From `cloudflare_registrar_domain`", incumbentState(), "Resources: 0 added, 1 changed, 0 destroyed."},
		{"Every domain of an account", "", "Resources: 4 imported, 0 added, 0 changed, 0 destroyed."},
		{"One domain", "", "Resources: 1 added, 0 changed, 0 destroyed."},
	} {
		w = open(t, "", examplesAccount()...)
		w.env = append(w.env, "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "cli.tfrc"))
		w.write("cli.tfrc", config)
		w.write("providers.tf", "")
		if path.state != "" {
			w.write("terraform.tfstate", path.state)
		}
		_, section, _ := strings.Cut(string(readme), "\n## "+path.heading+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		var commands strings.Builder
		for _, found := range regexp.MustCompile("(?s) *```(hcl|shell)\n(.*?)```").FindAllStringSubmatch(section, -1) {
			if found[1] == "hcl" {
				w.write("main.tf", found[2])
			} else {
				commands.WriteString(strings.ReplaceAll(found[2], "../terraform-provider-registrar", folder+"/../.."))
			}
		}
		output := w.script(0, commands.String())
		output.contains(t, path.want)
		if output.count("overrides") > 0 {
			t.Errorf("%s: the output has a warning about development overrides:\n%s", path.heading, output.text)
		}
		w.plan(0)
	}
	// After a rebuild, a folder keeps its build until init -upgrade.
	install(t, clone, "second")
	w.must(0, "init").contains(t, "Using previously-installed seed-9d79c00c/registrar")
	w.must(0, "init", "-upgrade").contains(t, "Installing seed-9d79c00c/registrar")
	w.plan(0)
}

// install runs the script behind make install, and returns the CLI configuration. Each version is a different build.
func install(t *testing.T, clone, version string) string {
	t.Helper()
	script := exec.CommandContext(t.Context(), "../../scripts/install.sh", filepath.Join(clone, "bin")) //nolint:gosec // our own script
	script.Env = append(os.Environ(), "VERSION="+version)
	output, err := script.CombinedOutput()
	config, failed := os.ReadFile(filepath.Join(clone, "bin/cli.tfrc"))
	if err := cmp.Or(err, failed); err != nil || !strings.Contains(string(output), filepath.Join(clone, "bin/cli.tfrc")) {
		t.Fatalf("%v\n%s", err, output)
	}
	return string(config)
}
