// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command providerschema prints the provider's schema as `terraform providers schema -json` does.
//
// The documentation is made from it. Asking the provider in process, and not through a CLI, gives the
// same pages on every machine: only Terraform 1.14 and later describe list resources, and OpenTofu does
// not describe identities.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "providerschema:", err)
		os.Exit(1)
	}
}

// run asks the provider for its schemas and writes the document to out.
func run(ctx context.Context, out io.Writer) error {
	server, err := providerserver.NewProtocol6WithError(provider.New("docs")())()
	if err != nil {
		return fmt.Errorf("starting the provider: %w", err)
	}
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err := errors.Join(err, diagnosed(schemas.Diagnostics)); err != nil {
		return fmt.Errorf("asking for schemas: %w", err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err := errors.Join(err, diagnosed(identities.Diagnostics)); err != nil {
		return fmt.Errorf("asking for identities: %w", err)
	}
	doc, err := describe(schemas, identities)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(doc)
}

// diagnosed is an error for what the provider reports instead of a schema.
func diagnosed(all []*tfprotov6.Diagnostic) error {
	var errs []error
	for _, one := range all {
		if one.Severity == tfprotov6.DiagnosticSeverityError {
			errs = append(errs, fmt.Errorf("%s: %s", one.Summary, one.Detail))
		}
	}
	return errors.Join(errs...)
}
