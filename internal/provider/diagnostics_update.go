// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// What to know of an update that did not finish.
const (
	resumes = "Nothing is lost: the next apply resumes. It finds the update where the registrar has it, joins it if it is still under way, " +
		"and sends a new one only if the domain is still not as wanted."
	notCancelled = "Setting the old value back in the configuration does not cancel the change: it can still take effect."
)

// errorDiagnostic is the only way in which an error becomes a diagnostic.
func errorDiagnostic(op operation, err error, id client.DomainID, product client.Product) diag.Diagnostics {
	d := op.diagnostic(err, id, product)
	if autorenew.InFlight(err) {
		d.remedy += "\n" + notCancelled
	}
	return d.error()
}

// startedAt is when the update that was waited for was started, by the server's clock; zero where
// that was not seen. Right after a PATCH the status can still be that of an older one.
func startedAt(err error) time.Time {
	if e, ok := errors.AsType[*autorenew.StoppedError](err); ok {
		return e.Update.CreatedAt
	}
	return time.Time{}
}

func (o operation) diagnostic(err error, id client.DomainID, product client.Product) diagnostic {
	if client.IsNotFound(err) {
		return notRegisteredDiagnostic(err, id, product)
	}
	if e, ok := errors.AsType[*autorenew.ActionRequiredError](err); ok {
		return actionRequiredDiagnostic(e, product)
	}
	if e, ok := errors.AsType[*autorenew.FailedError](err); ok {
		return failedDiagnostic(e, product)
	}
	if e, ok := errors.AsType[*autorenew.UnconfirmedError](err); ok {
		return unconfirmedDiagnostic(e, product)
	}
	if e, ok := errors.AsType[*autorenew.StoppedError](err); ok {
		return o.stoppedDiagnostic(e, product)
	}
	if e, ok := errors.AsType[*autorenew.PollError](err); ok {
		return o.pollDiagnostic(e, id, product)
	}
	if e, ok := errors.AsType[*autorenew.AmbiguousError](err); ok {
		return o.ambiguousDiagnostic(e, id, product)
	}
	if e, ok := errors.AsType[*client.Error](err); ok {
		return o.apiDiagnostic(e, id)
	}
	return diagnostic{
		summary: "The " + o.name + " did not finish", what: sentence(err.Error()),
		fields: addressFields(id, product), remedy: o.raise(),
	}
}

func notRegisteredDiagnostic(err error, id client.DomainID, product client.Product) diagnostic {
	p := diagnostic{
		summary: "The account does not hold this domain",
		what:    fmt.Sprintf("%s is not registered in account %s, says %s.", displayName(id.Name), id.Account, apiName(product)),
		fields:  addressFields(id, product),
		remedy: "This provider does not buy domains. Register the domain at Cloudflare Registrar or transfer it there first, " +
			"or check the domain's spelling, account_id, and the provider's sandbox setting.",
	}
	if api, ok := errors.AsType[*client.Error](err); ok {
		p.fields = append(p.fields, apiFields(api)...)
	}
	return p
}

// updateFields are what the registrar said of an update.
func updateFields(id client.DomainID, product client.Product, want bool, update client.Update) []field {
	return append(addressFields(id, product),
		append([]field{{"Wanted", fmt.Sprintf("auto_renew = %t", want)}}, stateFields(update)...)...)
}

func stateFields(update client.Update) []field {
	if update.State == client.ActionRequired {
		update.Action = cmp.Or(update.Action, "not named by the registrar")
	}
	return []field{
		{"State", string(update.State)},
		{"Started", moment(update.CreatedAt)},
		{"Last change", moment(update.UpdatedAt)},
		{"Blocked by", update.BlockedBy},
		{"Detail", update.Detail},
		{"Action", update.Action},
		{"Sent to", update.ConfirmationSentTo},
	}
}

func moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

func actionRequiredDiagnostic(e *autorenew.ActionRequiredError, product client.Product) diagnostic {
	whose := "The update"
	if e.Joined {
		whose = "An update that was already under way, and not started by this run,"
	}
	return diagnostic{
		summary: fmt.Sprintf("The update of %s needs an action by you", displayName(e.ID.Name)),
		what:    whose + " is waiting for you. Retrying does not help.",
		fields:  updateFields(e.ID, product, e.Want, e.Update),
		remedy: "Do what the action names: follow the message that the registrar sent, or look at the domain in the dashboard. " +
			dashboard(e.ID.Account) + "\nThen apply again. The next apply resumes this update instead of starting another.",
	}
}

func failedDiagnostic(e *autorenew.FailedError, product client.Product) diagnostic {
	p := diagnostic{
		summary: fmt.Sprintf("The registrar could not update %s", displayName(e.ID.Name)),
		what:    "The update ended in failure: " + sentence(cmp.Or(e.Update.ErrorMessage, "the registrar gives no reason")),
		fields: append(updateFields(e.ID, product, e.Want, e.Update),
			field{"Error code", e.Update.ErrorCode}, field{"Now", "auto_renew = unknown, it could not be read"}),
		remedy: "It was not tried again, because the registrar asks for a review first. Look at the reason and at the domain in the dashboard. " +
			dashboard(e.ID.Account) + "\nThe next apply sends a new update if the domain is still not as wanted.",
	}
	if e.Joined {
		p.what = "An update that was already under way, and not started by this run, ended in failure. This run sent none of its own. The registrar says: " +
			sentence(cmp.Or(e.Update.ErrorMessage, "no reason"))
	}
	if e.Shows != nil {
		p.fields[len(p.fields)-1].value = fmt.Sprintf("auto_renew = %t", e.Shows.AutoRenew)
	}
	return p
}

func unconfirmedDiagnostic(e *autorenew.UnconfirmedError, product client.Product) diagnostic {
	return diagnostic{
		summary: fmt.Sprintf("The registration of %s does not show the change", displayName(e.ID.Name)),
		what: fmt.Sprintf("The registrar says that the update succeeded, but the registration still shows auto_renew = %t instead of %t.",
			!e.Want, e.Want),
		fields: append(updateFields(e.ID, product, e.Want, e.Update), field{"Now", fmt.Sprintf("auto_renew = %t", !e.Want)}),
		remedy: "Do not rely on the change. Look at the domain in the dashboard. " + dashboard(e.ID.Account) +
			"\nThe next apply looks again, and sends a new update only if the domain is still not as wanted.",
	}
}

func (o operation) stoppedDiagnostic(e *autorenew.StoppedError, product client.Product) diagnostic {
	p := diagnostic{
		summary: fmt.Sprintf("Interrupted before the update of %s was finished", displayName(e.ID.Name)),
		what:    "The run was interrupted while auto-renew was being set.",
		remedy:  resumes,
	}
	if e.Timeout {
		p.summary = fmt.Sprintf("The update of %s did not finish in time", displayName(e.ID.Name))
		p.what = fmt.Sprintf("The %s timeout of %s is over, and the registration does not show the change.", o.name, o.timeout)
		p.remedy = o.raise() + " " + resumes
	}
	update := e.Update
	if update.State == "" {
		update.State = "no update was seen"
	}
	if update.State == client.Blocked {
		p.what += " A third party, such as the domain's registry, holds the update up; nothing you do here can speed it up."
	}
	p.fields = append(updateFields(e.ID, product, e.Want, update),
		field{"Change sent", sentWord(e)}, field{"Waited", e.Waited.Round(time.Second).String()}, field{"Last error", reason(e.LastErr)})
	return p
}

// sentWord tells whether this run changed anything: "perhaps" where the answer never came.
func sentWord(e *autorenew.StoppedError) string {
	switch {
	case !e.Sent:
		return "no"
	case e.Update.State == "":
		return "perhaps"
	}
	return "yes"
}

// reason is an error within a sentence.
func reason(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimRight(err.Error(), ".")
}

func (o operation) pollDiagnostic(e *autorenew.PollError, id client.DomainID, product client.Product) diagnostic {
	p := diagnostic{remedy: o.raise()}
	if api, ok := errors.AsType[*client.Error](e.Err); ok {
		p = o.apiDiagnostic(api, id)
		p.fields = apiFields(api)
	}
	p.summary = fmt.Sprintf("Cannot poll the update of %s", displayName(id.Name))
	p.what = "The update may be in flight, and its status cannot be read: " + sentence(reason(e.Err))
	p.fields = append(updateFields(id, product, e.Want, e.Update), p.fields...)
	p.remedy += "\n" + resumes
	return p
}

func (o operation) ambiguousDiagnostic(e *autorenew.AmbiguousError, id client.DomainID, product client.Product) diagnostic {
	p := diagnostic{fields: addressFields(id, product), remedy: o.raise()}
	if api, ok := errors.AsType[*client.Error](e.Err); ok {
		p = o.apiDiagnostic(api, id)
	}
	p.summary = fmt.Sprintf("The registrar did not take the update of %s", displayName(id.Name))
	p.what = fmt.Sprintf("%d PATCH requests got no usable response. After each, no update was in flight and the registration was unchanged. The last one: %s",
		e.Attempts, sentence(e.Err.Error()))
	p.remedy += "\n" + resumes
	return p
}
