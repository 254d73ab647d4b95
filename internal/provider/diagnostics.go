// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// diagnostic is an error as a person reads it: what happened, labelled fields, and what to do.
type diagnostic struct {
	summary string
	what    string
	fields  []field
	remedy  string
	brief   bool // it refers to an earlier one, and has no fields
}

// field is a labelled line. One without a value is left out.
type field struct{ label, value string }

func (d diagnostic) error() diag.Diagnostics {
	return diag.Diagnostics{diag.NewErrorDiagnostic(d.summary, d.detail())}
}

// detail lays the diagnostic out. CLIs do not wrap lines that begin with a space, so the fields
// stay one to a line.
func (d diagnostic) detail() string {
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
	return strings.TrimSpace(text.String())
}

// addressFields begin every error.
func addressFields(id client.DomainID, product client.Product) []field {
	api := ""
	if product == client.Sandbox {
		api = "registrar sandbox"
	}
	return []field{{"Domain", displayName(id.Name)}, {"Account", id.Account}, {"API", api}}
}

// displayName is a domain as a person reads it, with its ASCII form where that is another.
func displayName(name domainname.Name) string {
	if unicode := domainname.Unicode(name); unicode != string(name) {
		return fmt.Sprintf("%s (%s)", unicode, name)
	}
	return string(name)
}

func domainInAccount(id client.DomainID) string {
	return fmt.Sprintf("%s (account %s)", displayName(id.Name), id.Account)
}

// apiName tells the two APIs apart for a person.
func apiName(product client.Product) string {
	if product == client.Sandbox {
		return "the registrar sandbox"
	}
	return "the production registrar"
}

// dashboard is where a person can see and change what the API cannot.
func dashboard(account string) string {
	return "Dashboard: https://dash.cloudflare.com/" + account + "/registrar/domains"
}

// oneLine folds a text from outside into one line without surrounding space.
func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}

// sentence ends with one full stop.
func sentence(text string) string { return strings.TrimRight(text, ".?") + "." }

// reason is an error within a sentence.
func reason(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimRight(err.Error(), ".")
}
