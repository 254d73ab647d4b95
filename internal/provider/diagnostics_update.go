// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// The last sentences of remedies.
const (
	applyAgain  = "Apply again to resume."
	resumes     = "The next apply resumes."
	sendsNew    = "\nThe next apply sends a new update if auto_renew still differs."
	notCanceled = "Restoring the old value in the configuration does not cancel the change."
)

// errorDiagnostic returns the diagnostic for an error. All failed operations use it.
func errorDiagnostic(op operation, err error, id client.DomainID, product client.Product) diag.Diagnostics {
	d := op.diagnostic(err, id)
	if !d.brief {
		d.fields = append(addressFields(id, product), d.fields...)
	}
	if op.skip != "" && !d.brief && !errors.Is(err, context.Canceled) && isAboutOneDomain(err) {
		d.remedy += "\n" + op.skip
	}
	if autorenew.InFlight(err) {
		d.remedy += "\n" + notCanceled
	}
	return d.error()
}

// isAboutOneDomain reports whether the run can succeed without this domain. Network, server and token
// problems affect every domain.
func isAboutOneDomain(err error) bool {
	e, ok := errors.AsType[*client.Error](err)
	if !ok {
		return true
	}
	network := []client.Kind{client.KindRedirect, client.KindUnknownHost, client.KindTLS, client.KindUnreachable}
	return !e.AccountWide && !slices.Contains(network, e.Kind)
}

// diagnostic returns the diagnostic for an error, without the address fields.
func (o operation) diagnostic(err error, id client.DomainID) diagnostic {
	if e, ok := errors.AsType[*autorenew.ActionRequiredError](err); ok {
		return actionRequiredDiagnostic(e)
	}
	if e, ok := errors.AsType[*autorenew.FailedError](err); ok {
		return failedDiagnostic(e)
	}
	if e, ok := errors.AsType[*autorenew.UnconfirmedError](err); ok {
		return unconfirmedDiagnostic(e)
	}
	if e, ok := errors.AsType[*autorenew.StoppedError](err); ok {
		return o.stoppedDiagnostic(e)
	}
	if e, ok := errors.AsType[*autorenew.PollError](err); ok {
		return o.pollDiagnostic(e)
	}
	if e, ok := errors.AsType[*autorenew.AmbiguousError](err); ok {
		return o.ambiguousDiagnostic(e, id)
	}
	if errors.Is(err, context.Canceled) {
		return diagnostic{summary: "The " + o.name + " was interrupted", cause: "The run was interrupted before the registrar answered.", remedy: "Run again."}
	}
	if e, ok := errors.AsType[*client.Error](err); ok {
		return o.apiDiagnostic(e)
	}
	return diagnostic{summary: "The " + o.name + " did not finish", cause: "Cause: " + sentence(err.Error()), remedy: "Run again." + o.raise()}
}

// updateDiagnostic returns the diagnostic for an error about an update. The summary is a format string for
// the domain.
func updateDiagnostic(summary string, a autorenew.Attempt, cause, remedy string, more ...field) diagnostic {
	fields := []field{{"Wanted", fmt.Sprintf("auto_renew = %t", a.Want)}}
	if a.Joined && a.Update.State != "" {
		fields = append(fields, field{"Joined", "this update was already pending"})
	}
	fields = append(append(fields, stateFields(a.Update)...), more...)
	return diagnostic{summary: fmt.Sprintf(summary, displayName(a.ID.Name)), cause: cause, fields: fields, remedy: remedy}
}

// stateFields returns the fields of an update as the registrar reports it.
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
	return updateDiagnostic("The update of %s needs your action", e.Attempt, "The update waits until you act, so retrying does not help.",
		completeAction(e.ID.Account))
}

// completeAction returns the remedy for an update that needs user action.
func completeAction(account string) string {
	return "Complete the action in the registrar's message or in the dashboard, then apply again to resume. " + dashboard(account)
}

func failedDiagnostic(e *autorenew.FailedError) diagnostic {
	shows := "unknown (could not read it)"
	if e.Shows != nil {
		shows = fmt.Sprint(e.Shows.AutoRenew)
	}
	return updateDiagnostic("The registrar could not update %s", e.Attempt,
		"The registrar answered: "+sentence(cmp.Or(e.Update.ErrorMessage, "no reason given")),
		"Review the domain in the dashboard before you apply again: failed updates are not retried automatically. "+dashboard(e.ID.Account)+sendsNew,
		field{"Error code", e.Update.ErrorCode}, field{"Now", "auto_renew = " + shows})
}

func unconfirmedDiagnostic(e *autorenew.UnconfirmedError) diagnostic {
	return updateDiagnostic("The registration of %s does not show the change", e.Attempt, "The registrar reports that the update succeeded.",
		"Check the domain in the dashboard, then apply again. "+dashboard(e.ID.Account)+sendsNew,
		field{"Now", fmt.Sprintf("auto_renew = %t", !e.Want)})
}

func (o operation) stoppedDiagnostic(e *autorenew.StoppedError) diagnostic {
	a, summary, remedy := e.Attempt, "Interrupted before the update of %s finished", applyAgain
	if e.Timeout {
		summary, remedy = "The update of %s did not finish in time", applyAgain+o.raise()
	}
	return updateDiagnostic(summary, a, o.stopped(e), remedy, field{"Last error", reason(e.LastErr)})
}

// stopped explains why an operation ended before its update finished.
func (o operation) stopped(e *autorenew.StoppedError) string {
	text := "The run was interrupted."
	if e.Timeout {
		text = fmt.Sprintf("Timed out after %s (%s).", short(o.timeout), o.setting)
	}
	switch {
	case e.Update.State == client.Blocked:
		text += " A third party, such as the domain's registry, is blocking the update."
	case e.Shows != nil && e.Shows.AutoRenew == e.Want:
		text += fmt.Sprintf(" The registration already shows auto_renew = %t, but an update can still change it.", e.Want)
	case e.Update.State == "":
		text += " The registrar showed no update."
	}
	return text
}

func (o operation) pollDiagnostic(e *autorenew.PollError) diagnostic {
	d := o.diagnostic(e.Err, e.ID)
	return updateDiagnostic("Cannot poll the update of %s", e.Attempt, d.cause, d.remedy+"\n"+resumes, d.fields...)
}

func (o operation) ambiguousDiagnostic(e *autorenew.AmbiguousError, id client.DomainID) diagnostic {
	d := operation{name: o.name}.diagnostic(e.Err, id) // a longer timeout would not help
	d.summary = fmt.Sprintf("The registrar did not accept the update of %s", displayName(id.Name))
	d.cause = fmt.Sprintf("PATCH requests without a usable response: %d. The registrar shows no update. %s", e.Sent, d.cause)
	d.remedy += "\n" + resumes
	return d
}
