// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

// TestMain runs the tests, or serves a provider if a CLI starts this binary under a provider's name. So the provider has
// its own process, which tests can kill, and no test depends on an earlier build.
func TestMain(m *testing.M) {
	writePID()
	switch name := filepath.Base(os.Args[0]); {
	case strings.HasPrefix(name, "terraform-provider-registrar"):
		serve("seed-9d79c00c/registrar", provider.New("test"))
	case strings.HasPrefix(name, "terraform-provider-cloudflare"):
		serve("cloudflare/cloudflare", newIncumbent)
	default:
		os.Exit(test(m))
	}
}

// test runs the tests, and prints the CLI and the skipped tests so that a partial run doesn't look complete.
func test(m *testing.M) int {
	if os.Getenv("TF_ACC") == "" {
		return m.Run()
	}
	have, err := cli()
	if err := cmp.Or(err, configureFramework(have)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	fmt.Println(strings.Join(slices.Sorted(slices.Values(skipped.tests)), "\n"))
	fmt.Printf("Acceptance tests with %s, %d skipped.\n", have, len(skipped.tests))
	return code
}

// configureFramework configures HashiCorp's test framework with the CLI, which it would otherwise download, and with
// that CLI's default registry.
func configureFramework(have program) error {
	err := os.Setenv("TF_ACC_TERRAFORM_PATH", have.path)
	if have.name == "OpenTofu" {
		err = errors.Join(err, os.Setenv("TF_ACC_PROVIDER_NAMESPACE", "hashicorp"), os.Setenv("TF_ACC_PROVIDER_HOST", registryHost()))
	}
	return err
}

// pidsEnv is the variable with the folder for the providers' process IDs. Tests that kill providers set it.
const pidsEnv = "ACCEPTANCE_PIDS"

func writePID() {
	folder := os.Getenv(pidsEnv)
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, strconv.Itoa(os.Getpid())), nil, 0o600); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(address string, factory func() frameworkprovider.Provider) {
	err := providerserver.Serve(context.Background(), factory, providerserver.ServeOpts{Address: "registry.terraform.io/" + address})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
