// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// warning returns a warning about an attribute. CLIs consolidate warnings with the same summary.
func warning(attribute, summary, format string, args ...any) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(attribute), summary, fmt.Sprintf(format, args...))
}

// nearExpiry is how long before the expiry date Cloudflare first tries to renew a domain.
// Source: https://developers.cloudflare.com/registrar/account-options/renew-domains/.
const nearExpiry = 30 * 24 * time.Hour

// planFacts are the inputs for the diagnostics of a plan.
type planFacts struct {
	product     client.Product
	now         time.Time
	accountFrom string              // the source of the provider's account
	state       domainSettingsModel // empty for a new resource
	inFlight    *inFlightUpdate     // left by an earlier apply, or nil
	to          *plannedAddress     // nil for a destroy
	autoRenew   types.Bool          // as planned
	other       types.Bool          // planned by another resource for the same domain, or null
	shown       registrationModel   // state or registration, before the apply; empty if neither is known
	err         error               // from reading the registration
	repeated    bool                // an earlier error reported that the accounts differ
}

// diagnostics returns the warnings of a plan, and its errors: refused credentials, and a changed provider
// account that could remove the domain from state.
func (f planFacts) diagnostics() diag.Diagnostics {
	var diags diag.Diagnostics
	if f.to != nil && f.to.otherProviderAccount {
		diags.Append(f.accountDiagnostic())
	}
	if !f.isNew() && !f.inPlace() && !diags.HasError() {
		diags.Append(f.destroyWarning())
	}
	if f.to == nil || diags.HasError() {
		return diags
	}
	if f.inPlace() && f.inFlight != nil {
		diags.Append(f.resumeWarning())
	}
	if !f.other.IsNull() {
		diags.Append(f.duplicateWarning())
	}
	switch {
	case client.IsNotFound(f.err):
		diags.Append(f.notHeldWarning())
	case f.err != nil:
		diags.Append(f.unreadDiagnostics()...)
	default:
		diags.Append(f.changeWarning()...)
	}
	return diags
}

func (f planFacts) isNew() bool { return f.state.DomainName.IsNull() }

// inPlace reports whether the resource keeps its domain. Its diff then shows the old auto_renew.
func (f planFacts) inPlace() bool { return !f.isNew() && f.to != nil && len(f.to.replaces) == 0 }

// name is the planned domain, empty while it is unknown.
func (f planFacts) name() string { return displayName(domainname.Fold(f.to.name.ValueString())) }

func (f planFacts) stateName() string {
	return displayName(domainname.Fold(f.state.DomainName.ValueString()))
}

// expiry returns the expiry date, zero if it is unknown, and whether it is past or within 30 days.
func (f planFacts) expiry() (expires time.Time, past, near bool) {
	expires, _ = time.Parse(time.RFC3339, f.shown.ExpiresAt.ValueString())
	past = expired(f.shown.Status.ValueString()) || !expires.IsZero() && expires.Before(f.now)
	return expires, past, !past && !expires.IsZero() && !expires.After(f.now.Add(nearExpiry))
}

// expired reports whether a domain in this status is past its expiry date, after which the
// registrar does not attempt to renew it. A suspended domain can have years left.
// Source: https://developers.cloudflare.com/registrar/faq/.
func expired(status string) bool {
	return status == "expired" || status == "redemption_period" || status == "pending_delete"
}

// changeWarning warns about charges if the plan turns auto-renew on, and about expiry if it turns it off.
// If the old or the new value is unknown, the apply may do either.
func (f planFacts) changeWarning() diag.Diagnostics {
	const (
		charge = "auto_renew = true authorizes Cloudflare to charge the account's default payment method for each renewal, " +
			"which it first tries 30 days before expiry. The registry sets the price, and renewals are not refunded."
		loss = "With auto_renew = false, Cloudflare will not renew the domain. Renew it manually before it expires, or you lose it."
	)
	shown, yes, no := f.shown, types.BoolValue(true), types.BoolValue(false)
	on := !shown.AutoRenew.Equal(yes) && !f.autoRenew.Equal(no)
	off := !shown.AutoRenew.Equal(no) && !f.autoRenew.Equal(yes)
	expires, past, near := f.expiry()
	unknown := f.unknown()
	switch {
	case !on && (!off || f.to.id == nil):
		return nil
	case past:
		text := fmt.Sprintf("The domain's status is %s. Cloudflare does not renew domains after expiry. ", cmp.Or(shown.Status.ValueString(), "unknown"))
		if on && f.product != client.Sandbox { // the owner may renew it manually, or the state may be stale
			text += charge + " "
		}
		return f.autoRenewWarning("Auto-renew can't recover an expired domain", text+"Renew or restore the domain manually if the registry still allows that.")
	case on && f.product == client.Sandbox: // no charges
		return nil
	case on && unknown != "":
		return f.autoRenewWarning("The apply may authorize charges", unknown+", so this plan can't show whether the apply authorizes charges. "+charge)
	case on && near:
		return f.autoRenewWarning("Turning auto-renew on may incur a charge now", charge)
	case on:
		return f.autoRenewWarning("Turning auto-renew on authorizes charges", charge)
	case unknown != "":
		return f.autoRenewWarning("The apply may turn auto-renew off", unknown+", so this plan can't show whether the apply turns auto-renew off. "+loss)
	case near:
		return f.autoRenewWarning("With auto-renew off, the domain expires on "+day(expires), loss)
	}
	return f.autoRenewWarning("Turning auto-renew off lets the domain expire", loss)
}

// autoRenewWarning warns about auto_renew. CLIs consolidate warnings with the same summary. So the summary includes
// the domain, unless the diff shows the change and the expiry date is more than 30 days away.
func (f planFacts) autoRenewWarning(summary, text string) diag.Diagnostics {
	_, past, near := f.expiry()
	if f.name() != "" && (!f.inPlace() || past || near) {
		summary += ": " + f.name()
	}
	if f.to.id != nil {
		text = domainInAccount(*f.to.id) + " " + f.expiryPhrase() + ". " + text
	}
	return diag.Diagnostics{warning("auto_renew", summary, "%s", text)}
}

// unknown explains why a plan can't compare the old auto_renew with the new one. It returns an empty
// string if the plan can.
func (f planFacts) unknown() string {
	switch {
	case f.to.name.IsUnknown():
		return "domain_name is not known yet"
	case f.to.account.IsUnknown():
		return "account_id is not known yet"
	case f.autoRenew.IsUnknown():
		return "auto_renew is not known yet"
	case f.shown.AutoRenew.IsNull():
		return "The state has no auto_renew yet"
	}
	return ""
}

// expiryPhrase returns the predicate of a sentence about the domain. In the redemption period the registry
// can move the expiry date into the future.
func (f planFacts) expiryPhrase() string {
	expires, past, near := f.expiry()
	switch {
	case expires.IsZero():
		return "has no known expiry date"
	case expires.Before(f.now):
		return "expired on " + day(expires)
	case past:
		return "has expired, although its expiry date is " + day(expires)
	case near:
		return "expires on " + day(expires) + ", within 30 days"
	}
	return "expires on " + day(expires)
}

func day(date time.Time) string { return date.UTC().Format(time.DateOnly) }

func (f planFacts) notHeldWarning() diag.Diagnostic {
	return warning("domain_name", "The account does not hold "+f.name(), "%s is not registered in account %s (%s). The apply fails unless another resource registers it first: "+
		"this provider does not buy domains. Correct domain_name or account_id.", f.name(), f.to.id.Account, apiName(f.product))
}

// unreadDiagnostics returns an error if the API refuses the credentials for the account, otherwise a
// warning. A refusal of one domain is a warning, because Cloudflare doesn't document the answer for a
// domain in another account.
func (f planFacts) unreadDiagnostics() diag.Diagnostics {
	summary, charges := "Could not read "+f.name(), ""
	if e, ok := errors.AsType[*client.Error](f.err); ok && e.AccountWide {
		return errorDiagnostic(planOperation, f.err, *f.to.id, f.product)
	} else if ok && e.AffectsAll() {
		summary = "Could not read account " + f.to.id.Account
	}
	if f.product != client.Sandbox && !f.autoRenew.Equal(types.BoolValue(false)) { // the sandbox has no charges
		charges = ", or whether the apply authorizes charges"
	}
	return diag.Diagnostics{warning("domain_name", summary, "%s: %s. This plan can't show whether the account holds the domain%s. Fix the cause and plan again.",
		domainInAccount(*f.to.id), f.cause(), charges)}
}

// cause returns why the read of the registration failed. It omits the domain, because an outage's error
// can be about another domain.
func (f planFacts) cause() string {
	if e, ok := errors.AsType[*client.Error](f.err); ok {
		return reason(errors.New(e.Reason()))
	}
	return reason(f.err)
}

func (f planFacts) destroyWarning() diag.Diagnostic {
	more := ""
	if f.inFlight != nil {
		more = fmt.Sprintf(" An update to auto_renew = %t may still be pending, and can still take effect.", f.inFlight.AutoRenew)
	}
	return warning("auto_renew", "Destroying changes nothing at the registrar", "Terraform stops managing %s and leaves its auto-renew unchanged."+
		"%s To change auto-renew, apply the new auto_renew first, then destroy.",
		f.stateName(), more)
}

// losesState reports whether the apply could destroy the resource and then fail to create it in the
// provider's account.
func (f planFacts) losesState() bool {
	return f.to != nil && f.to.otherProviderAccount && (f.to.id == nil || f.err != nil)
}

// accountDiagnostic returns a warning if the provider's new account holds the domain, otherwise an error.
func (f planFacts) accountDiagnostic() diag.Diagnostic {
	const risk = ", so the apply could destroy the resource and then fail to replace it"
	summary, account, source := "The provider's account differs from the state", f.state.AccountID.ValueString(), named("account_id", f.accountFrom)
	outcome := "That account holds " + f.name() + ", so the apply replaces the resource"
	switch {
	case f.to.id == nil:
		outcome = "domain_name is not known yet" + risk
	case client.IsNotFound(f.err):
		outcome = "That account does not hold " + f.name() + risk
	case f.err != nil:
		outcome = "Could not read " + f.name() + " there: " + f.cause() + risk
	}
	text := fmt.Sprintf("%[1]s is in the state with account %[2]s. The provider's account is %[3]s, from %[4]s. %[5]s. "+
		"To keep the resource, correct %[6]s, or set account_id = %[2]q in the resource.",
		f.stateName(), account, f.to.account.ValueString(), f.accountFrom, outcome, source)
	if !f.losesState() {
		return warning("account_id", summary, "%s", text)
	}
	if f.repeated {
		text = sameCause(account)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("account_id"), summary+": "+f.stateName(), text)
}

func (f planFacts) duplicateWarning() diag.Diagnostic {
	summary, effect := "Two resources have opposite settings for ", "Each apply reverts the other."
	if f.other.Equal(f.autoRenew) {
		summary, effect = "Two resources manage ", "If you change only one of them, each apply reverts the other."
	}
	return warning("domain_name", summary+f.name(), "Two registrar_domain_settings resources manage %s. %s Remove one.", domainInAccount(*f.to.id), effect)
}

// resumeWarning explains why the plan has an update although the configuration may match the registrar.
func (f planFacts) resumeWarning() diag.Diagnostic {
	then := "."
	if !f.autoRenew.Equal(types.BoolValue(f.inFlight.AutoRenew)) {
		then = ", then sets auto_renew as configured."
	}
	return warning("auto_renew", "The apply waits for an update of "+f.name(), "The apply waits until the update of %s to auto_renew = %t has finished%s "+
		"If that update needs your action, the apply fails.", f.name(), f.inFlight.AutoRenew, then)
}

// inFlightWarning returns the warning of a refresh if an update may be pending. The registrar may not
// show it yet.
func inFlightWarning(id client.DomainID, product client.Product, inFlight inFlightUpdate, update *client.Update) diag.Diagnostics {
	d := diagnostic{
		summary: fmt.Sprintf("An update of %s is pending", displayName(id.Name)),
		cause:   fmt.Sprintf("An earlier apply ended before its update to auto_renew = %t finished.", inFlight.AutoRenew),
		fields:  addressFields(id, product),
		remedy:  applyAgain + "\n" + notCanceled,
	}
	if inProgress(update) {
		d.fields = append(d.fields, stateFields(*update)...)
		if update.State == client.ActionRequired {
			d.remedy = completeAction(id.Account) + "\n" + notCanceled
		}
	} else {
		d.summary = fmt.Sprintf("An update of %s may be pending", displayName(id.Name))
		d.cause += " The registrar shows no pending update, but may not show this one yet."
	}
	return diag.Diagnostics{warning("auto_renew", d.summary, "%s", d.detail())}
}

// lapsed explains the statuses of domains that their owners may lose.
// Source: https://developers.cloudflare.com/registrar/faq/.
var lapsed = map[string]string{
	"expired":           "The domain has expired. Cloudflare does not renew it after expiry: renew it manually in the dashboard.",
	"redemption_period": "The domain has expired and is in its redemption period. Restore it in the dashboard, for a fee.",
	"pending_delete":    "The registry is about to delete the domain. You can't restore it, but you can register it again once the registry releases it.",
	"suspended":         "The registry has suspended the domain, and it does not resolve. Check for email from the registry or Cloudflare, or ask Cloudflare support.",
}

// lapsedWarning warns about a domain that its owner may lose. The resource stays in state, because
// Terraform would plan to create a removed one.
func lapsedWarning(id client.DomainID, registration client.Registration) diag.Diagnostics {
	if meaning, ok := lapsed[registration.Status]; ok {
		return diag.Diagnostics{warning("auto_renew", fmt.Sprintf("Domain %s has status %s", displayName(id.Name), registration.Status), "The expiry date of %s is %s. %s %s",
			domainInAccount(id), cmp.Or(registration.ExpiresAt, "unknown"), meaning, dashboard(id.Account))}
	}
	return nil
}

// goneWarning returns the warning about a resource that Read removes from state.
func goneWarning(id client.DomainID, product client.Product) diag.Diagnostics {
	return diag.Diagnostics{warning("domain_name", fmt.Sprintf("Domain %s is no longer in the account", displayName(id.Name)),
		"The domain is not registered in account %s (%s), so Terraform removes the resource from state. "+
			"If the domain moved to another account, set account_id. Otherwise remove the resource from the configuration. %s",
		id.Account, apiName(product), dashboard(id.Account))}
}
