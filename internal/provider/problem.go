// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// problem is an error as a person reads it: what happened, the facts, and what to do.
type problem struct {
	summary string
	what    string
	facts   []fact
	todo    string
}

// fact is a labelled line. One without a value is left out.
type fact struct{ label, value string }

// diagnostic lays a problem out. Lines that begin with a space are not wrapped by the CLIs, so
// the facts stay one to a line.
func (p problem) diagnostic() diag.Diagnostic {
	var text strings.Builder
	text.WriteString(p.what + "\n\n")
	for _, f := range p.facts {
		if f.value != "" {
			fmt.Fprintf(&text, "  %-14s %s\n", f.label+":", f.value)
		}
	}
	if p.todo != "" {
		text.WriteString("\n" + p.todo)
	}
	return diag.NewErrorDiagnostic(p.summary, strings.TrimSpace(text.String()))
}

// operation is what Terraform was doing, as far as an error's text depends on it.
type operation struct {
	name    string // the entry of timeouts, or the word for it
	timeout time.Duration
}

// limited reports whether the operation has an entry in timeouts.
func (o operation) limited() bool {
	return o.name == "create" || o.name == "update" || o.name == "read"
}

// elapsed is the cause of a context that the operation's timeout ended.
func (o operation) elapsed() error {
	if o.limited() {
		return fmt.Errorf("the %s timeout of %s elapsed", o.name, o.timeout)
	}
	return fmt.Errorf("no answer within %s", o.timeout)
}

// raise says how to give the operation more time.
func (o operation) raise() string {
	if o.limited() {
		return fmt.Sprintf("To wait longer, raise timeouts.%s (now %s).", o.name, o.timeout)
	}
	return "Try again later."
}

// address are the facts that every problem begins with.
func address(id client.DomainID, product client.Product) []fact {
	api := ""
	if product == client.Sandbox {
		api = "registrar sandbox"
	}
	return []fact{{"Domain", string(id.Name)}, {"Account", id.Account}, {"API", api}}
}

// oneLine folds a text from outside into one line without surrounding space.
func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}
