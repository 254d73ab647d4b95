// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// diagnostic is an error as a person reads it: what happened, labelled fields, and what to do.
type diagnostic struct {
	summary string
	what    string
	fields  []field
	remedy  string
}

// field is a labelled line. One without a value is left out.
type field struct{ label, value string }

// error lays the diagnostic out. CLIs do not wrap lines that begin with a space, so the fields
// stay one to a line.
func (d diagnostic) error() diag.Diagnostic {
	var text strings.Builder
	text.WriteString(d.what + "\n\n")
	for _, f := range d.fields {
		if f.value != "" {
			fmt.Fprintf(&text, "  %-14s %s\n", f.label+":", f.value)
		}
	}
	if d.remedy != "" {
		text.WriteString("\n" + d.remedy)
	}
	return diag.NewErrorDiagnostic(d.summary, strings.TrimSpace(text.String()))
}

// addressFields begin every error.
func addressFields(id client.DomainID, product client.Product) []field {
	api := ""
	if product == client.Sandbox {
		api = "registrar sandbox"
	}
	return []field{{"Domain", string(id.Name)}, {"Account", id.Account}, {"API", api}}
}

// oneLine folds a text from outside into one line without surrounding space.
func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}
