// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// notice is a warning; the zero value says nothing.
type notice struct{ summary, detail string }

// outlookTimeout bounds the look at a registration before an adoption. It only serves a
// warning, for which nobody should wait.
const outlookTimeout = 10 * time.Second

// outlook is what applying will mean for a domain. Where that cannot be found out, it says
// nothing: a plan must not fail, or change, for want of a warning.
func (r *domainSettingsResource) outlook(ctx context.Context, id client.DomainID, state domainSettingsModel, want bool) notice {
	if !state.AutoRenew.IsNull() {
		return switchNotice(id, state.registrationModel, want)
	}
	ctx, cancel := context.WithTimeout(ctx, outlookTimeout)
	defer cancel()
	registration, err := r.data.reader.Registration(ctx, id)
	switch {
	case client.IsNotFound(err):
		return notHeldNotice(id, r.data.product)
	case err != nil:
		return notice{}
	}
	return switchNotice(id, registrationOf(id, registration), want)
}

// switchNotice says what turning auto-renew on costs and what turning it off risks.
func switchNotice(id client.DomainID, is registrationModel, want bool) notice {
	expires := cmp.Or(is.ExpiresAt.ValueString(), "a date that is not known yet")
	switch {
	case is.AutoRenew.ValueBool() == want:
		return notice{}
	case want && expired(is.Status.ValueString()):
		return notice{"Turning auto-renew on does not bring this domain back", fmt.Sprintf(
			"%s (account %s) has status %s and expired on %s. Auto-renew is off and will be on, but the registrar does not attempt it any more after expiry. "+
				"Renew or restore the domain by hand. %s",
			id.Name, id.Account, is.Status.ValueString(), expires, dashboard(id.Account))}
	case want:
		return notice{"Turning auto-renew on authorises charges", fmt.Sprintf(
			"%s (account %s) expires on %s. Auto-renew is off and will be on: applying this authorises Cloudflare to renew the domain, and to charge "+
				"the account's default payment method, up to 30 days before that, at the registry's price of that time. Renewals are not refunded.",
			id.Name, id.Account, expires)}
	}
	return notice{"Turning auto-renew off lets the domain expire", fmt.Sprintf(
		"%s (account %s): auto-renew is on and will be off, so Cloudflare does not renew the domain any more. It expires on %s unless somebody renews it by hand.",
		id.Name, id.Account, expires)}
}

// expired reports whether a domain in this status is past its expiry date, after which the
// registrar does not attempt to renew it. A suspended one may have years to go.
// Source: https://developers.cloudflare.com/registrar/faq/.
func expired(status string) bool {
	return status == "expired" || status == "redemption_period" || status == "pending_delete"
}

func notHeldNotice(id client.DomainID, product client.Product) notice {
	return notice{"The account does not hold this domain", fmt.Sprintf(
		"%s is not registered in account %s (%s). This resource does not buy domains: unless something else registers it there before, "+
			"the apply will fail for this resource. Check the domain's spelling and the account.", id.Name, id.Account, apiName(product))}
}

// leftAsItIs says what destroying means. It needs no request: what matters is that nothing changes.
func leftAsItIs(state domainSettingsModel) notice {
	setting := "its auto-renew setting"
	if !state.AutoRenew.IsNull() {
		setting = fmt.Sprintf("auto_renew = %t", state.AutoRenew.ValueBool())
	}
	return notice{"The domain keeps its auto-renew setting", fmt.Sprintf(
		"%s keeps %s at the registrar: destroying registrar_domain_settings changes nothing there, it only ends Terraform's care for it. "+
			"To turn auto-renew off or on, apply that value before.", state.DomainName.ValueString(), setting)}
}

// lapsed are the statuses in which a domain is about to be lost, with what that means.
// Source: https://developers.cloudflare.com/registrar/faq/.
var lapsed = map[string]string{
	"expired":           "It has expired. Renew it by hand in the dashboard; auto-renew is not attempted any more after expiry.",
	"redemption_period": "It has expired and is in its redemption period: it can be restored in the dashboard, for a fee.",
	"pending_delete":    "The registry is about to delete it. It can no longer be restored; it can be registered anew once it is released.",
	"suspended":         "The registry has suspended it, and it does not resolve. Look for the registry's or Cloudflare's mail about it, or ask Cloudflare's support.",
}

// lapsedWarning warns of a domain that is being lost. The resource stays in state: dropped, it
// would be planned as a new one, as if nothing had happened.
func lapsedWarning(id client.DomainID, registration client.Registration) diag.Diagnostics {
	meaning, ok := lapsed[registration.Status]
	if !ok {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic(
		fmt.Sprintf("Domain %s has status %s", id.Name, registration.Status),
		fmt.Sprintf("%s (account %s, expiry date %s): %s %s", id.Name, id.Account, cmp.Or(registration.ExpiresAt, "unknown"), meaning,
			dashboard(id.Account)))}
}

// goneWarning goes with the removal of a resource from state.
func goneWarning(id client.DomainID, product client.Product) diag.Diagnostic {
	return diag.NewWarningDiagnostic(
		fmt.Sprintf("Domain %s is no longer in the account", id.Name),
		fmt.Sprintf("Account %s no longer holds %s (%s answers that it does not exist), so the resource leaves the state. "+
			"If the domain moved to another account, set account_id. If it was transferred away or lost, remove the resource from the configuration: "+
			"this provider does not register domains. If the wrong API is in use, check the provider's sandbox setting. %s",
			id.Account, id.Name, apiName(product), dashboard(id.Account)))
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
