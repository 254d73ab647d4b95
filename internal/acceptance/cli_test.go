// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
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

// cli finds the CLI: $TF_ACC_TERRAFORM_PATH, else terraform from PATH, else tofu.
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
	line := versionLine.FindSubmatch(text) // a warning about the developer's CLI configuration may stand before it
	if line == nil {
		return program{}, fmt.Errorf("%s version names none: %s", path, text)
	}
	parsed, err := version.NewVersion(string(line[2]))
	return program{path, string(line[1]), parsed}, err
})

// wanted skips a test where TF_ACC does not ask for acceptance tests. Where it does, a missing CLI fails the test.
func wanted(t *testing.T) program {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set") //nolint:forbidigo // nobody asked for it
	}
	found, err := cli()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// skipped keeps what needs skipped, for checkSkipped.
var skipped struct {
	sync.Mutex
	features, tests []string
}

// needs skips a test that the CLI at hand is too old for; an empty version means that no release has it.
func needs(t *testing.T, terraform, tofu, feature string) {
	t.Helper()
	have := wanted(t)
	least := terraform
	if have.name == "OpenTofu" {
		least = tofu
	}
	if least != "" && have.version.Core().GreaterThanOrEqual(version.Must(version.NewVersion(least))) {
		return
	}
	reason := fmt.Sprintf("SKIP %s: %s %s has no %s", t.Name(), have.name, have.version, feature)
	skipped.Lock()
	defer skipped.Unlock()
	skipped.features = append(skipped.features, feature)
	skipped.tests = append(skipped.tests, reason)
	t.Skip(reason) //nolint:forbidigo // this is the one place that may
}

// checkSkipped returns an error where the CLI is new enough for a test that was skipped all the same.
func checkSkipped(have program, features []string) error {
	release, allowed := "1.14.0", []string(nil)
	if have.name == "OpenTofu" {
		release, allowed = "1.12.0", []string{"terraform query", "mock_provider, in Terraform's words"}
	}
	if have.version.Core().LessThan(version.Must(version.NewVersion(release))) {
		return nil
	}
	for _, feature := range features {
		if !slices.Contains(allowed, feature) {
			return fmt.Errorf("%s has all that the tests need from %s on, but a test was skipped for want of %s", have, release, feature)
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

// registryHost is the registry under which the CLI knows providers without a host.
func registryHost() string {
	if have, err := cli(); err == nil && have.name == "OpenTofu" {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}
