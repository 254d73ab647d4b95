// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// Warnings with one summary are folded by the CLIs, so that a plan of many domains stays
// readable. What a person must see of each domain has the domain in its summary.
func warning(summary, format string, args ...any) diag.Diagnostics {
	return diag.Diagnostics{diag.NewWarningDiagnostic(summary, fmt.Sprintf(format, args...))}
}

// nearExpiry is how long before the expiry date Cloudflare first tries to renew a domain.
// Source: https://developers.cloudflare.com/registrar/account-options/renew-domains/.
const nearExpiry = 30 * 24 * time.Hour

// changeWarning says what turning auto-renew on costs, and what turning it off risks: nothing while
// it is not known which is wanted. The sandbox never bills.
func changeWarning(id client.DomainID, is registrationModel, want types.Bool, product client.Product) diag.Diagnostics {
	expires, _ := time.Parse(time.RFC3339, is.ExpiresAt.ValueString()) // zero while the date is not known
	status := is.Status.ValueString()
	over := expired(status) || !expires.IsZero() && expires.Before(time.Now())
	domain := domainInAccount(id) + " " + expiryPhrase(expires)
	const charge = "to charge the account's default payment method, at the registry's price of that time. Renewals are not refunded."
	switch {
	case want.IsUnknown(), is.AutoRenew.Equal(want):
		return nil
	case over:
		return warning("Auto-renew does not bring this domain back", "%s and has status %s. Cloudflare does not attempt to renew it after expiry. "+
			"Renew or restore it by hand if the registry still allows that. %s", domain, status, dashboard(id.Account))
	case !want.ValueBool():
		return warning("Turning auto-renew off lets the domain expire", "%s. auto_renew on → off: it is lost after it expires unless somebody renews it by hand.", domain)
	case product == client.Sandbox:
		return nil
	case !expires.IsZero() && expires.Before(time.Now().Add(nearExpiry)):
		return warning("Turning auto-renew on may charge now: "+displayName(id.Name),
			"%s, which is within 30 days. auto_renew off → on authorises Cloudflare to renew the domain at once and %s", domain, charge)
	}
	return warning("Turning auto-renew on authorises charges",
		"%s. auto_renew off → on authorises Cloudflare to renew the domain, from 30 days before it expires, and %s", domain, charge)
}

func expiryPhrase(expires time.Time) string {
	switch date := expires.UTC().Format(time.DateOnly); {
	case expires.IsZero():
		return "has no known expiry date"
	case expires.Before(time.Now()):
		return "expired on " + date
	default:
		return "expires on " + date
	}
}

// expired reports whether a domain in this status is past its expiry date, after which the
// registrar does not attempt to renew it. A suspended one may have years to go.
// Source: https://developers.cloudflare.com/registrar/faq/.
func expired(status string) bool {
	return status == "expired" || status == "redemption_period" || status == "pending_delete"
}

func notHeldWarning(id client.DomainID, product client.Product) diag.Diagnostics {
	return warning("The account does not hold this domain", "%s is not registered in account %s (%s). This resource does not buy domains: "+
		"the apply fails unless something else registers it there before. Check the domain's spelling and the account.",
		displayName(id.Name), id.Account, apiName(product))
}

// unreadWarning tells that a plan says less than it should. The sandbox never bills.
func unreadWarning(id client.DomainID, err error, product client.Product) diag.Diagnostics {
	charges := ", nor whether the apply authorises charges"
	if product == client.Sandbox {
		charges = ""
	}
	if e, ok := errors.AsType[*client.Error](err); ok {
		err = errors.New(e.Reason()) // without the domain that met it: in an outage another one did
	}
	return warning("The registrar cannot be asked about this domain", "%s: %s. This plan cannot tell whether the account holds the domain%s.",
		domainInAccount(id), reason(err), charges)
}

// keptWarning says what no longer managing a domain means. It needs no request: nothing changes.
func keptWarning(state domainSettingsModel, inFlight *inFlightUpdate) diag.Diagnostics {
	more := ""
	if inFlight != nil {
		more = fmt.Sprintf(" An update to auto_renew = %t may still be in flight.", inFlight.AutoRenew)
	}
	return warning("The domain keeps its auto-renew setting", "%s keeps auto_renew = %s at the registrar: Terraform only stops managing it.%s "+
		"To leave it with another setting, set auto_renew and apply before destroying.",
		displayName(domainname.Fold(state.DomainName.ValueString())), state.AutoRenew, more)
}

// duplicateWarning tells of two resources for one domain.
func (d *providerData) duplicateWarning(id client.DomainID, want types.Bool) diag.Diagnostics {
	if want.IsUnknown() {
		return nil
	}
	const text = "domain_name: two registrar_domain_settings of this configuration manage %s. %s Remove one."
	switch other, planned := d.planned.Swap(id, want.ValueBool()); {
	case !planned:
		return nil
	case other == want.ValueBool():
		return warning("Two resources manage one domain", text, domainInAccount(id), "A change to only one of them makes them undo each other.")
	}
	return warning("Two resources want opposite settings for one domain", text, domainInAccount(id), "Every apply undoes what the other one set.")
}

// inFlightWarning goes with the refresh of a domain whose last update may not have ended. The
// registrar may not show it yet.
func inFlightWarning(id client.DomainID, product client.Product, inFlight inFlightUpdate, update *client.Update) diag.Diagnostics {
	d := diagnostic{
		summary: fmt.Sprintf("An update of %s is still in flight", displayName(id.Name)),
		what:    fmt.Sprintf("An earlier apply ended before its update to auto_renew = %t did.", inFlight.AutoRenew),
		fields:  addressFields(id, product),
		remedy:  notCanceled,
	}
	if inProgress(update) {
		d.fields = append(d.fields, stateFields(*update)...)
	} else {
		d.summary = fmt.Sprintf("An update of %s may still be in flight", displayName(id.Name))
		d.what += " The registrar shows no update in flight, but may not show this one yet."
	}
	return warning(d.summary, "%s", d.detail())
}

// resumeWarning explains a plan that changes a domain although the configuration may agree with
// the registrar.
func resumeWarning(id client.DomainID, inFlight inFlightUpdate) diag.Diagnostics {
	return warning("The apply waits for an update that may be in flight", "%s: this apply waits until the update to auto_renew = %t has ended, "+
		"and then sets auto_renew as configured.", domainInAccount(id), inFlight.AutoRenew)
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
	if meaning, ok := lapsed[registration.Status]; ok {
		return warning(fmt.Sprintf("Domain %s has status %s", displayName(id.Name), registration.Status), "%s, expiry date %s: %s %s",
			domainInAccount(id), cmp.Or(registration.ExpiresAt, "unknown"), meaning, dashboard(id.Account))
	}
	return nil
}

// goneWarning goes with the removal of a resource from state.
func goneWarning(id client.DomainID, product client.Product) diag.Diagnostics {
	return warning(fmt.Sprintf("Domain %s is no longer in the account", displayName(id.Name)),
		"Account %s no longer holds it (%s), so the resource leaves the state. If the domain moved to another account, set account_id. "+
			"If it was transferred away or lost, remove the resource from the configuration: this provider does not register domains. "+
			"If the wrong API is in use, check the provider's sandbox setting. %s", id.Account, apiName(product), dashboard(id.Account))
}
