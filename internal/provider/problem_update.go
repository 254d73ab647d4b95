// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// resumes is the promise that every unfinished update comes with.
const resumes = "Nothing is lost: the next apply resumes. It finds the update where the registrar has it, joins it if it is still under way, " +
	"and sends a new one only if the domain is still not as wanted."

// problem is the only way in which an error becomes a diagnostic.
func (o operation) problem(err error, id client.DomainID, product client.Product) problem {
	if e, ok := errors.AsType[*autorenew.NotRegisteredError](err); ok {
		return notHeldProblem(e, id, product)
	}
	if e, ok := errors.AsType[*autorenew.ActionRequiredError](err); ok {
		return actionProblem(e, product)
	}
	if e, ok := errors.AsType[*autorenew.FailedError](err); ok {
		return failedProblem(e, product)
	}
	if e, ok := errors.AsType[*autorenew.UnconfirmedError](err); ok {
		return notShownProblem(e, product)
	}
	if e, ok := errors.AsType[*autorenew.StoppedError](err); ok {
		return o.stoppedProblem(e, product)
	}
	if e, ok := errors.AsType[*autorenew.PollError](err); ok {
		return o.unwatchedProblem(e, id, product)
	}
	if e, ok := errors.AsType[*autorenew.AmbiguousError](err); ok {
		return o.unsureProblem(e, id, product)
	}
	if e, ok := errors.AsType[*client.Error](err); ok {
		return o.apiProblem(e, id)
	}
	return problem{
		summary: "The " + o.name + " did not finish", what: sentence(err.Error()),
		facts: address(id, product), todo: o.raise(),
	}
}

// notHeld names a registration that is not there for what it is.
func notHeld(id client.DomainID, err error) error {
	if client.IsNotFound(err) {
		return &autorenew.NotRegisteredError{ID: id, Err: err}
	}
	return err
}

func notHeldProblem(e *autorenew.NotRegisteredError, id client.DomainID, product client.Product) problem {
	p := problem{
		summary: "The account does not hold this domain",
		what:    fmt.Sprintf("%s is not registered in account %s, says %s.", id.Name, id.Account, apiName(product)),
		facts:   address(id, product),
		todo: "This provider does not buy domains. Register the domain at Cloudflare Registrar or transfer it there first, " +
			"or check the domain's spelling, account_id, and the provider's sandbox setting.",
	}
	if api, ok := errors.AsType[*client.Error](e.Err); ok {
		p.facts = append(p.facts, apiFacts(api)...)
	}
	return p
}

// updateFacts are what the registrar said of an update.
func updateFacts(id client.DomainID, product client.Product, want bool, update client.Update) []fact {
	return append(address(id, product),
		fact{"Wanted", fmt.Sprintf("auto_renew = %t", want)},
		fact{"State", string(update.State)},
		fact{"Started", moment(update.CreatedAt)},
		fact{"Last change", moment(update.UpdatedAt)})
}

func moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

func actionProblem(e *autorenew.ActionRequiredError, product client.Product) problem {
	whose := "The update"
	if e.Joined {
		whose = "An update that was already under way, and not started by this run,"
	}
	return problem{
		summary: fmt.Sprintf("The update of %s needs an action by you", e.ID.Name),
		what:    whose + " stands still until a person acts. No waiting and no new request would help.",
		facts: append(updateFacts(e.ID, product, e.Want, e.Update),
			fact{"Action", cmp.Or(e.Update.Action, "not named by the registrar")},
			fact{"Sent to", e.Update.ConfirmationSentTo}),
		todo: "Do what the action names: follow the message that the registrar sent, or look at the domain in the dashboard. " +
			dashboard(e.ID.Account) + "\nThen apply again. The next apply resumes this update instead of starting another.",
	}
}

func failedProblem(e *autorenew.FailedError, product client.Product) problem {
	p := problem{
		summary: fmt.Sprintf("The registrar could not update %s", e.ID.Name),
		what:    "The update ended in failure: " + sentence(cmp.Or(e.Update.ErrorMessage, "the registrar gives no reason")),
		facts: append(updateFacts(e.ID, product, e.Want, e.Update),
			fact{"Error code", e.Update.ErrorCode}, fact{"Now", "auto_renew = unknown, it could not be read"}),
		todo: "It was not tried again, because the registrar asks for a review first. Look at the reason and at the domain in the dashboard. " +
			dashboard(e.ID.Account) + "\nThe next apply sends a new update if the domain is still not as wanted.",
	}
	if e.Joined {
		p.what = "An update that was already under way, and not started by this run, ended in failure. This run sent none of its own. The registrar says: " +
			sentence(cmp.Or(e.Update.ErrorMessage, "no reason"))
	}
	if e.Shows != nil {
		p.facts[len(p.facts)-1].value = fmt.Sprintf("auto_renew = %t", *e.Shows)
	}
	return p
}

func notShownProblem(e *autorenew.UnconfirmedError, product client.Product) problem {
	return problem{
		summary: fmt.Sprintf("The registration of %s does not show the change", e.ID.Name),
		what: fmt.Sprintf("The registrar says that the update succeeded, but the registration still shows auto_renew = %t instead of %t.",
			e.Shows, e.Want),
		facts: append(updateFacts(e.ID, product, e.Want, e.Update), fact{"Now", fmt.Sprintf("auto_renew = %t", e.Shows)}),
		todo: "Do not rely on the change. Look at the domain in the dashboard. " + dashboard(e.ID.Account) +
			"\nThe next apply looks again, and sends a new update only if the domain is still not as wanted.",
	}
}

func (o operation) stoppedProblem(e *autorenew.StoppedError, product client.Product) problem {
	p := problem{
		summary: fmt.Sprintf("Interrupted before the update of %s was finished", e.ID.Name),
		what:    "The run was interrupted while auto-renew was being set.",
		todo:    resumes,
	}
	if e.Timeout {
		p.summary = fmt.Sprintf("The update of %s did not finish in time", e.ID.Name)
		p.what = fmt.Sprintf("The %s timeout of %s is over, and the registration does not show the change.", o.name, o.timeout)
		p.todo = o.raise() + " " + resumes
	}
	update := client.Update{State: "no update in flight was seen"}
	if e.Update != nil {
		update = *e.Update
	}
	if update.State == client.Blocked {
		p.what += " A third party, such as the domain's registry, holds the update up; nothing you do here can speed it up."
	}
	p.facts = append(updateFacts(e.ID, product, e.Want, update),
		fact{"Change sent", sentWord(e)}, fact{"Waited", e.Waited.Round(time.Second).String()}, fact{"Last trouble", troubleText(e.Trouble)})
	return p
}

// sentWord tells whether this run changed anything: "perhaps" where the answer never came.
func sentWord(e *autorenew.StoppedError) string {
	switch {
	case !e.Sent:
		return "no"
	case e.Update == nil:
		return "perhaps"
	}
	return "yes"
}

func troubleText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func (o operation) unwatchedProblem(e *autorenew.PollError, id client.DomainID, product client.Product) problem {
	p := problem{todo: o.raise()}
	if api, ok := errors.AsType[*client.Error](e.Err); ok {
		p = o.apiProblem(api, id)
		p.facts = apiFacts(api)
	}
	p.summary = fmt.Sprintf("The update of %s is under way but cannot be watched", id.Name)
	p.what = "The registrar has the update, but looking at it failed: " + sentence(e.Err.Error())
	p.facts = append(updateFacts(id, product, e.Want, e.Update), p.facts...)
	p.todo += "\n" + resumes
	return p
}

func (o operation) unsureProblem(e *autorenew.AmbiguousError, id client.DomainID, product client.Product) problem {
	p := problem{facts: address(id, product), todo: o.raise()}
	if api, ok := errors.AsType[*client.Error](e.Err); ok {
		p = o.apiProblem(api, id)
	}
	p.summary = fmt.Sprintf("The registrar did not take the update of %s", id.Name)
	p.what = fmt.Sprintf("%d requests to change it ended without a usable answer. After each, no update was under way and the registration was unchanged. The last: %s",
		e.Tries, sentence(e.Err.Error()))
	p.todo += "\n" + resumes
	return p
}
