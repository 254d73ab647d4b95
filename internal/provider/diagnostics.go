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

// diagnostic is an error as users see it: a summary, the cause, labeled fields, and a remedy.
type diagnostic struct {
	summary string
	cause   string
	fields  []field
	remedy  string
	brief   bool // only refers to an earlier diagnostic
}

// field is a labeled line. The text omits a field without a value.
type field struct{ label, value string }

func (d diagnostic) error() diag.Diagnostics {
	return diag.Diagnostics{diag.NewErrorDiagnostic(d.summary, d.detail())}
}

// detail returns the text. Its fields are indented, because CLIs don't wrap indented lines.
func (d diagnostic) detail() string {
	var text strings.Builder
	text.WriteString(d.cause + "\n\n")
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

// addressFields returns the first fields of an error.
func addressFields(id client.DomainID, product client.Product) []field {
	api := ""
	if product == client.Sandbox {
		api = "registrar sandbox"
	}
	return []field{{"Domain", displayName(id.Name)}, {"Account", id.Account}, {"API", api}}
}

// displayName returns a domain in Unicode, with its ASCII form if that differs.
func displayName(name domainname.Name) string {
	if unicode := domainname.Unicode(name); unicode != string(name) {
		return fmt.Sprintf("%s (%s)", unicode, name)
	}
	return string(name)
}

func domainInAccount(id client.DomainID) string {
	return fmt.Sprintf("%s (account %s)", displayName(id.Name), id.Account)
}

// apiName returns the API's name for diagnostics and private state.
func apiName(product client.Product) string {
	if product == client.Sandbox {
		return "the registrar sandbox"
	}
	return "the production registrar"
}

// dashboard returns the link to an account's domains.
func dashboard(account string) string {
	return "Dashboard: https://dash.cloudflare.com/" + account + "/registrar/domains"
}

// oneLine replaces each run of white space with a space, and removes surrounding spaces.
func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}

// sentence returns the text with one period at its end.
func sentence(text string) string { return strings.TrimRight(text, ".?") + "." }

// reason returns an error's text without its final period.
func reason(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimRight(err.Error(), ".")
}
