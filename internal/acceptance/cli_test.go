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

// cli returns the CLI: $TF_ACC_TERRAFORM_PATH, else terraform from PATH, else tofu.
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
		return program{}, fmt.Errorf("TF_ACC is set, but there is no CLI to test with: %w", err)
	}
	text, err := exec.Command(path, "version").Output() //nolint:gosec // the CLI that the developer named; it answers at once
	if err != nil {
		return program{}, fmt.Errorf("%s version: %w", path, err)
	}
	line := versionLine.FindSubmatch(text) // after any warning about the CLI configuration
	if line == nil {
		return program{}, fmt.Errorf("%s version names none: %s", path, text)
	}
	parsed, err := version.NewVersion(string(line[2]))
	return program{path, string(line[1]), parsed}, err
})

// wanted skips a test unless TF_ACC asks for acceptance tests. Then, a missing CLI fails the test.
func wanted(t *testing.T) program {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set") //nolint:forbidigo // the developer didn't ask for it
	}
	found, err := cli()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// feature is something that only newer CLIs have, with the first version of each. An empty version means none.
type feature struct{ terraform, tofu, name string }

// The minimum versions. TestMinimumVersions compares them with the pages and with the CLIs in check.yml.
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
	var table []feature
	numbers := map[string][]string{"Terraform": {"1.17"}} // and its -minimal-refresh
	for _, f := range []feature{everything, forEach, mocks, movedBlocks, identity, queries} {
		numbers["Terraform"], numbers["OpenTofu"] = append(numbers["Terraform"], f.terraform), append(numbers["OpenTofu"], f.tofu)
	}
	err := fs.WalkDir(os.DirFS("../.."), ".", func(path string, entry fs.DirEntry, err error) error {
		if top, _, _ := strings.Cut(path, "/"); err != nil || entry.IsDir() || top != "templates" && top != "examples" && top != "README.md" {
			return err
		}
		text, err := fs.ReadFile(os.DirFS("../.."), path)
		for _, found := range regexp.MustCompile(`(Terraform|OpenTofu|required_version = ">=) (1\.\d+)`).FindAllStringSubmatch(string(text), -1) {
			product := strings.Replace(found[1], `required_version = ">=`, "Terraform", 1)
			if !slices.Contains(numbers[product], found[2]) {
				t.Errorf("%s has %s %s, which is the minimum version of no feature", path, product, found[2])
			}
		}
		for _, found := range regexp.MustCompile(`(?m)^  \| .* \| (1\.\d+) \| (1\.\d+|–) \|$`).FindAllStringSubmatch(string(text), -1) {
			table = append(table, feature{found[1], strings.Trim(found[2], "–"), ""})
		}
		return err
	})
	want := []feature{{forEach.terraform, forEach.tofu, ""}, {movedBlocks.terraform, movedBlocks.tofu, ""}, {identity.terraform, identity.tofu, ""}, {queries.terraform, queries.tofu, ""}}
	if err != nil || forEach.terraform != mocks.terraform || forEach.tofu != mocks.tofu || !slices.Equal(table, want) {
		t.Errorf("index.md has the minimum versions %v (%v); want %v", table, err, want)
	}
	checks, err := os.ReadFile("../../.github/workflows/check.yml")
	if err != nil {
		t.Fatal(err)
	}
	for product, versions := range numbers {
		_, job, _ := strings.Cut(string(checks), "name: "+product)
		matrix := regexp.MustCompile(`version: \[.*\]`).FindString(job)
		for _, version := range slices.DeleteFunc(versions, func(v string) bool { return v == "" }) {
			if !strings.Contains(matrix, "'"+version+".") {
				t.Errorf("check.yml runs %s with %s; want %s too", product, matrix, version)
			}
		}
	}
}

// skipped lists what needs skipped, for checkSkipped.
var skipped struct {
	sync.Mutex
	features, tests []string
}

// needs skips a test if the CLI is older than the feature.
func needs(t *testing.T, f feature) {
	t.Helper()
	have := wanted(t)
	least := f.terraform
	if have.name == "OpenTofu" {
		least = f.tofu
	}
	if least != "" && have.version.Core().GreaterThanOrEqual(version.Must(version.NewVersion(least))) {
		return
	}
	reason := fmt.Sprintf("SKIP %s: %s %s has no %s", t.Name(), have.name, have.version, f.name)
	skipped.Lock()
	defer skipped.Unlock()
	skipped.features = append(skipped.features, f.name)
	skipped.tests = append(skipped.tests, reason)
	t.Skip(reason) //nolint:forbidigo // the only place that may
}

// checkSkipped returns an error if a test was skipped although the CLI has its feature.
func checkSkipped(have program, features []string) error {
	release, allowed := "1.14.0", []string(nil)
	if have.name == "OpenTofu" {
		release, allowed = "1.12.0", []string{queries.name, "mock_provider, in Terraform's words"}
	}
	if have.version.Core().LessThan(version.Must(version.NewVersion(release))) {
		return nil
	}
	for _, feature := range features {
		if !slices.Contains(allowed, feature) {
			return fmt.Errorf("%s has every feature since %s, but a test was skipped for %s", have, release, feature)
		}
	}
	return nil
}

func TestANewCLISkipsNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, version, feature string
		refused                bool
	}{
		{"Terraform", "1.11.4", "terraform query", false},
		{"Terraform", "1.14.0", "terraform query", true},
		{"Terraform", "1.16.0-rc1", "mock_provider", true},
		{"OpenTofu", "1.11.0", "import by identity", false},
		{"OpenTofu", "1.12.6", "terraform query", false},
		{"OpenTofu", "1.12.6", "import by identity", true},
	} {
		have := program{"/bin/cli", c.name, version.Must(version.NewVersion(c.version))}
		if err := checkSkipped(have, []string{c.feature}); (err != nil) != c.refused {
			t.Errorf("%s %s without %s: %v; want an error: %t", c.name, c.version, c.feature, err, c.refused)
		}
	}
}

// registryHost returns the CLI's default registry.
func registryHost() string {
	if have, err := cli(); err == nil && have.name == "OpenTofu" {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}
