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

// diagnostic is an error for people: what failed, labeled fields, and what to do.
type diagnostic struct {
	summary string
	what    string
	fields  []field
	remedy  string
	brief   bool // it refers to an earlier one, and has no fields
}

// field is a labeled line. The text omits a field without a value.
type field struct{ label, value string }

func (d diagnostic) error() diag.Diagnostics {
	return diag.Diagnostics{diag.NewErrorDiagnostic(d.summary, d.detail())}
}

// detail returns the text. Its fields begin with spaces, because CLIs don't wrap such lines.
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

// addressFields are the first fields of each error.
func addressFields(id client.DomainID, product client.Product) []field {
	api := ""
	if product == client.Sandbox {
		api = "registrar sandbox"
	}
	return []field{{"Domain", displayName(id.Name)}, {"Account", id.Account}, {"API", api}}
}

// displayName is a domain in Unicode, with its ASCII form if that differs.
func displayName(name domainname.Name) string {
	if unicode := domainname.Unicode(name); unicode != string(name) {
		return fmt.Sprintf("%s (%s)", unicode, name)
	}
	return string(name)
}

func domainInAccount(id client.DomainID) string {
	return fmt.Sprintf("%s (account %s)", displayName(id.Name), id.Account)
}

// apiName is the name of the API in texts.
func apiName(product client.Product) string {
	if product == client.Sandbox {
		return "the registrar sandbox"
	}
	return "the production registrar"
}

// dashboard is the link to the domains of an account.
func dashboard(account string) string {
	return "Dashboard: https://dash.cloudflare.com/" + account + "/registrar/domains"
}

// oneLine returns an external text in one line, without surrounding spaces.
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
