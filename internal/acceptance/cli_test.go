// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"
)

// program is the CLI under test.
type program struct {
	path, name string // name is "Terraform" or "OpenTofu"
	version    *version.Version
}

func (p program) String() string { return fmt.Sprintf("%s %s (%s)", p.name, p.version, p.path) }

var versionLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)`)

// cli returns the CLI: $TF_ACC_TERRAFORM_PATH, or else terraform or tofu from PATH.
var cli = sync.OnceValues(func() (program, error) {
	named := os.Getenv("TF_ACC_TERRAFORM_PATH")
	path, err := exec.LookPath(cmp.Or(named, "terraform"))
	if err != nil && named == "" {
		path, err = exec.LookPath("tofu")
	}
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		return program{}, fmt.Errorf("TF_ACC is set, but no CLI was found: %w", err)
	}
	text, err := exec.Command(path, "version").Output() //nolint:gosec // the CLI that the developer named
	if err != nil {
		return program{}, fmt.Errorf("%s version: %w", path, err)
	}
	line := versionLine.FindSubmatch(text) // after any warning about the CLI configuration
	if line == nil {
		return program{}, fmt.Errorf("%s version printed no version: %s", path, text)
	}
	parsed, err := version.NewVersion(string(line[2]))
	return program{path, string(line[1]), parsed}, err
})

// requireCLI skips a test unless TF_ACC is set. With TF_ACC, a missing CLI fails the test.
func requireCLI(t *testing.T) program {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set") //nolint:forbidigo // acceptance tests are opt-in
	}
	found, err := cli()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// feature is a CLI feature, with the first version of each CLI that has it. A CLI with an empty version lacks it.
type feature struct{ terraform, tofu, name string }

// The minimum versions. TestMinimumVersions checks that the docs list them and that check.yml runs them.
var (
	everything  = feature{"1.5", "1.8", "the provider"}
	forEach     = feature{"1.7", "1.8", "import with for_each"}
	mocks       = feature{"1.7", "1.8", "mock_provider"}
	movedBlocks = feature{"1.8", "1.10", "moved blocks between providers"}
	identity    = feature{"1.12", "1.12", "import by identity"}
	queries     = feature{"1.14", "", "terraform query"}
)

func TestMinimumVersions(t *testing.T) {
	t.Parallel()
	root := os.DirFS("../..")
	index, err := fs.ReadFile(root, "templates/index.md.tmpl")
	checks, failed := fs.ReadFile(root, ".github/workflows/check.yml")
	if err := cmp.Or(err, failed); err != nil {
		t.Fatal(err)
	}
	known := []string{"Terraform 1.16", "Terraform 1.17"} // the docs mention these two
	for _, f := range []feature{everything, forEach, mocks, movedBlocks, identity, queries} {
		if row := fmt.Sprintf("| %s | %s |\n", f.terraform, cmp.Or(f.tofu, "–")); f != everything && !strings.Contains(string(index), row) {
			t.Errorf("index.md.tmpl has no row %q for %s", row, f.name)
		}
		known = append(known, "Terraform "+f.terraform, "OpenTofu "+cmp.Or(f.tofu, everything.tofu))
	}
	for _, version := range known {
		product, number, _ := strings.Cut(version, " ")
		_, job, _ := strings.Cut(string(checks), "name: "+product)
		if matrix := regexp.MustCompile(`version: \[.*\]`).FindString(job); !strings.Contains(matrix, "'"+number+".") {
			t.Errorf("check.yml runs %s %s, but not %s", product, matrix, number)
		}
	}
	if err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if top, _, _ := strings.Cut(path, "/"); err != nil || entry.IsDir() || top != "templates" && top != "examples" && top != "README.md" {
			return err
		}
		text, err := fs.ReadFile(root, path)
		for _, found := range regexp.MustCompile(`(?:Terraform|OpenTofu|required_version = ">=) 1\.\d+`).FindAllString(string(text), -1) {
			if version := strings.Replace(found, `required_version = ">=`, "Terraform", 1); !slices.Contains(known, version) {
				t.Errorf("%s mentions %s, which isn't the minimum version of any feature", path, version)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// skipped lists the tests skipped by the function needs.
var skipped struct {
	sync.Mutex
	tests []string
}

// needs skips a test if the CLI lacks the feature.
func needs(t *testing.T, f feature) {
	t.Helper()
	have := requireCLI(t)
	minimum := f.terraform
	if have.name == "OpenTofu" {
		minimum = f.tofu
	}
	if minimum != "" && have.version.Core().GreaterThanOrEqual(version.Must(version.NewVersion(minimum))) {
		return
	}
	reason := fmt.Sprintf("SKIP %s: %s %s has no %s", t.Name(), have.name, have.version, f.name)
	skipped.Lock()
	defer skipped.Unlock()
	skipped.tests = append(skipped.tests, reason)
	t.Skip(reason) //nolint:forbidigo // the only allowed skip
}

// registryHost returns the CLI's default registry.
func registryHost() string {
	if have, err := cli(); err == nil && have.name == "OpenTofu" {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}
