// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

// TestMain is the provider when a CLI starts this binary under a provider's name, and runs the
// tests otherwise. So the CLI starts a process of its own, which can be killed and logs like the
// shipped one, and no test depends on a binary that somebody has to build before.
func TestMain(m *testing.M) {
	switch name := filepath.Base(os.Args[0]); {
	case strings.HasPrefix(name, "terraform-provider-registrar"):
		serve("seed-9d79c00c/registrar", provider.New("test"))
	case strings.HasPrefix(name, "terraform-provider-cloudflare"):
		serve("cloudflare/cloudflare", newIncumbent)
	default:
		os.Exit(m.Run())
	}
}

func serve(address string, factory func() frameworkprovider.Provider) {
	err := providerserver.Serve(context.Background(), factory, providerserver.ServeOpts{Address: "registry.terraform.io/" + address})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
