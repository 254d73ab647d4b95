// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-registrar is a Terraform provider for the auto-renew of domains at
// Cloudflare Registrar. Terraform and OpenTofu start it; see the README for its use.
package main

import (
	"context"
	"flag"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

// version is set when a release is built.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve until stopped, for a debugger to attach to")
	flag.Parse()
	if !*debug && !frameworkLogged(os.Environ()) {
		_ = os.Setenv(frameworkLog, "off") // which can only fail for a name that no variable can have
	}
	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/seed-9d79c00c/registrar",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
