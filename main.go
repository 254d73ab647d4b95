// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-registrar is a Terraform provider for domain auto-renew at Cloudflare Registrar. Terraform
// and OpenTofu start it. See README.md.
package main

import (
	"context"
	"flag"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

// version is set in release builds.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve until stopped, for use with a debugger")
	flag.Parse()
	if !*debug && !frameworkLogged(os.Environ()) {
		_ = os.Setenv(frameworkLog, "off") // fails only for an invalid name
	}
	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/seed-9d79c00c/registrar",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
