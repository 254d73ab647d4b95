// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// What to know of an update that did not finish.
const (
	resumes      = "Nothing is lost: the next apply resumes. It joins an update in flight, and sends a new one only if auto_renew is not set as configured."
	sendsNew     = "\nThe next apply sends a new update if auto_renew is not set as configured by then."
	notCancelled = "Setting the old value back in the configuration does not cancel the change: it can still take effect."
)

// errorDiagnostic is the only way in which an error becomes a diagnostic.
func errorDiagnostic(op operation, err error, id client.DomainID, product client.Product) diag.Diagnostics {
	d := op.diagnostic(err, id, product)
	if !d.brief {
		d.fields = append(addressFields(id, product), d.fields...)
	}
	if autorenew.InFlight(err) {
		d.remedy += "\n" + notCancelled
	}
	return d.error()
}

// diagnostic says what an error means, without the address that begins every one.
func (o operation) diagnostic(err error, id client.DomainID, product client.Product) diagnostic {
	var (
		actionRequired *autorenew.ActionRequiredError
		failed         *autorenew.FailedError
		unconfirmed    *autorenew.UnconfirmedError
		stopped        *autorenew.StoppedError
		poll           *autorenew.PollError
		ambiguous      *autorenew.AmbiguousError
		api            *client.Error
	)
	switch {
	case errors.As(err, &actionRequired):
		return actionRequiredDiagnostic(actionRequired)
	case errors.As(err, &failed):
		return failedDiagnostic(failed)
	case errors.As(err, &unconfirmed):
		return unconfirmedDiagnostic(unconfirmed)
	case errors.As(err, &stopped):
		return o.stoppedDiagnostic(stopped)
	case errors.As(err, &poll):
		return o.pollDiagnostic(poll, product)
	case errors.As(err, &ambiguous):
		return o.ambiguousDiagnostic(ambiguous, id, product)
	case errors.Is(err, context.Canceled):
		return diagnostic{summary: "The " + o.name + " was interrupted", what: "The run was interrupted before the registrar answered.", remedy: "Run again."}
	case errors.As(err, &api):
		return o.apiDiagnostic(api)
	}
	return diagnostic{summary: "The " + o.name + " did not finish", what: "Cause: " + sentence(err.Error()), remedy: "Run again. " + o.raise()}
}

// updateDiagnostic is what the errors of an attempt have in common. The summary has a verb for
// the domain.
func updateDiagnostic(summary string, a autorenew.Attempt, what, remedy string, more ...field) diagnostic {
	fields := []field{{"Wanted", fmt.Sprintf("auto_renew = %t", a.Want)}}
	if a.Joined {
		fields = append(fields, field{"Joined", "another run or person started this update"})
	}
	fields = append(append(fields, stateFields(a.Update)...), more...)
	return diagnostic{summary: fmt.Sprintf(summary, displayName(a.ID.Name)), what: what, fields: fields, remedy: remedy}
}

// stateFields are what the registrar said of an update.
func stateFields(update client.Update) []field {
	return []field{
		{"State", string(update.State)},
		{"Started", instant(update.CreatedAt).ValueString()},
		{"Last change", instant(update.UpdatedAt).ValueString()},
		{"Blocked by", update.BlockedBy},
		{"Detail", update.Detail},
		{"Action", update.Action},
		{"Sent to", update.ConfirmationSentTo},
	}
}

func actionRequiredDiagnostic(e *autorenew.ActionRequiredError) diagnostic {
	return updateDiagnostic("The update of %s needs an action by you", e.Attempt, "Retrying does not help.",
		"Follow the registrar's message, or open the domain in the dashboard. "+dashboard(e.ID.Account)+
			"\nThen apply again: the next apply resumes this update.")
}

func failedDiagnostic(e *autorenew.FailedError) diagnostic {
	shows := "unknown, it could not be read"
	if e.Shows != nil {
		shows = fmt.Sprint(e.Shows.AutoRenew)
	}
	return updateDiagnostic("The registrar could not update %s", e.Attempt,
		"The registrar answered: "+sentence(cmp.Or(e.Update.ErrorMessage, "no reason given")),
		"It was not tried again: the registrar asks for a review first. Look at the domain in the dashboard. "+dashboard(e.ID.Account)+sendsNew,
		field{"Error code", e.Update.ErrorCode}, field{"Now", "auto_renew = " + shows})
}

func unconfirmedDiagnostic(e *autorenew.UnconfirmedError) diagnostic {
	return updateDiagnostic("The registration of %s does not show the change", e.Attempt, "The registrar reports success all the same.",
		"Do not rely on the change. Look at the domain in the dashboard. "+dashboard(e.ID.Account)+sendsNew,
		field{"Now", fmt.Sprintf("auto_renew = %t", !e.Want)})
}

func (o operation) stoppedDiagnostic(e *autorenew.StoppedError) diagnostic {
	a, summary, what, remedy := e.Attempt, "Interrupted before the update of %s was finished", "The run was interrupted.", resumes
	if e.Timeout {
		summary, remedy = "The update of %s did not finish in time", o.raise()+" "+resumes
		what = fmt.Sprintf("The %s timeout of %s is over, and the registration does not show the change.", o.name, o.timeout)
	}
	if a.Update.State == client.Blocked {
		what += " A third party, such as the domain's registry, holds the update up."
	}
	a.Update.State = cmp.Or(a.Update.State, "no update was seen")
	return updateDiagnostic(summary, a, what, remedy, field{"Last error", reason(e.LastErr)})
}

func (o operation) pollDiagnostic(e *autorenew.PollError, product client.Product) diagnostic {
	d := o.diagnostic(e.Err, e.ID, product)
	return updateDiagnostic("Cannot poll the update of %s", e.Attempt, d.what, d.remedy+"\n"+resumes, d.fields...)
}

func (o operation) ambiguousDiagnostic(e *autorenew.AmbiguousError, id client.DomainID, product client.Product) diagnostic {
	d := o.diagnostic(e.Err, id, product)
	d.summary = fmt.Sprintf("The registrar did not take the update of %s", displayName(id.Name))
	d.what = fmt.Sprintf("No PATCH got a usable response (%d sent). After each, no update was in flight and the registration was unchanged. %s", e.Attempts, d.what)
	d.remedy += "\n" + resumes
	return d
}
