// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// apiDiagnostic returns the diagnostic for a failed request, by the error's meaning, kind and status. It is one
// line if an earlier diagnostic showed the failure in full.
func (o operation) apiDiagnostic(e *client.Error) diagnostic {
	d := diagnostic{summary: "Cannot " + e.Op, cause: answerOf(e), fields: apiFields(e)}
	if !e.FirstReport() {
		return diagnostic{summary: d.summary, cause: sameCause(e.ID.Account), brief: true}
	}
	if e.RequiredWait > 0 && (e.RetryAfter > 0 || e.Kind == client.KindRateLimited) {
		d.summary = "The required wait exceeds the timeout"
		d.remedy = fmt.Sprintf("Run again in %s.%s", short(e.RequiredWait.Round(time.Second)), o.raise())
		return d
	}
	if summary, remedy := refusal(e); remedy != "" {
		d.summary, d.remedy = cmp.Or(summary, d.summary), remedy
		if client.IsNotFound(e) {
			d.cause = fmt.Sprintf("%s is not registered in account %s (%s).", displayName(e.ID.Name), e.ID.Account, apiName(e.Product))
		}
		return d
	}
	if e.Status == 0 && e.Kind != client.KindInvalid {
		d.summary = "Cannot reach the registrar"
	}
	d.remedy = o.kindRemedy(e)
	return d
}

// sameCause returns the text of an error whose cause an earlier error showed in full.
func sameCause(account string) string {
	return "Fix the first error for account " + account + ": it has the same cause."
}

// answerOf returns the registrar's answer or the network error.
func answerOf(e *client.Error) string {
	var messages []string
	for _, reason := range e.Errors {
		if reason.Message != "" {
			messages = append(messages, strings.TrimRight(oneLine(reason.Message), ".?"))
		}
	}
	cause := "Cause"
	if e.Kind == client.KindMalformed {
		cause = "The response is malformed"
	}
	switch {
	case len(messages) > 0 && e.Kind == client.KindNotAPI:
		return "The server answered: " + sentence(strings.Join(messages, "; "))
	case len(messages) > 0:
		return "The registrar answered: " + sentence(strings.Join(messages, "; "))
	case e.Excerpt != "" && e.Err != nil:
		return fmt.Sprintf("%s: %s: %q.", cause, e.Err, e.Excerpt)
	case e.Excerpt != "":
		return fmt.Sprintf("The registrar gave no reason. Response: %q.", e.Excerpt)
	case e.Err != nil:
		return cause + ": " + sentence(e.Err.Error())
	}
	return "The registrar gave no reason."
}

// apiFields returns the fields for a support case.
func apiFields(e *client.Error) []field {
	status := ""
	if e.Status != 0 {
		status = strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)))
	}
	fields := []field{{"Request", e.Method + " " + e.Path}, {"HTTP status", status}}
	for _, reason := range e.Errors {
		if reason.Code != 0 {
			fields = append(fields, field{"API error", oneLine(strconv.Itoa(reason.Code) + " " + reason.Message + " " + reason.Pointer)})
		}
	}
	for _, reason := range e.Errors {
		fields = append(fields, field{"See", reason.Documentation})
	}
	return append(fields, field{"cf-ray", e.Ray})
}

const tokensPage = "https://dash.cloudflare.com/profile/api-tokens" //nolint:gosec // a URL, not a credential

// refusal returns the summary (empty for "Cannot …") and the remedy for a refusal in the API's envelope. The
// remedy starts with the most likely cause. Both are empty for any other error.
func refusal(e *client.Error) (summary, remedy string) {
	switch e.Meaning() {
	case client.MeansMalformedCredentials:
		return "The credentials are malformed", "Correct " + e.CredentialsFrom + ": the value is cut off, quoted, or starts with \"Bearer \". API tokens: " + tokensPage
	case client.MeansBadCredentials:
		return refusedCredentials, "Replace " + e.CredentialsFrom + ": it was revoked, has expired, or is mistyped. API tokens: " + tokensPage
	case client.MeansForbiddenAddress:
		return "The API token isn't valid from this machine's IP address",
			"Add this machine's IP address to the token's client IP address filter, or run from an address that the filter allows. API tokens: " + tokensPage
	case client.MeansWrongAccount:
		return "The account ID is wrong", "Correct " + accountOf(e) + ". It is the ID after dash.cloudflare.com/ in the dashboard's URL."
	case client.MeansNoPermission:
		return refusedCredentials, fmt.Sprintf("Give the token the permission group %q (to plan only, %q) for account %s, or correct %s. API tokens: %s",
			permission(e, "Admin"), permission(e, "Read"), e.ID.Account, accountOf(e), tokensPage)
	case client.MeansReadOnly:
		return "The credentials can't change the domain", fmt.Sprintf("The token can only read the domain. Give it the permission group %q. API tokens: %s", permission(e, "Admin"), tokensPage)
	case client.MeansNoRoute:
		return "", "Correct " + accountOf(e) + ". If it is right, check base_url (" + envBaseURL + "); the default is " + client.DefaultBaseURL + "."
	case client.MeansNotFound:
		return "The account does not hold this domain",
			"Correct domain_name or " + accountOf(e) + ". This provider does not buy domains: register the domain at Cloudflare or transfer it there first."
	}
	return "", ""
}

const refusedCredentials = "The registrar refused the credentials"

// accountOf returns the name of the account's attribute, with the source of a default account.
func accountOf(e *client.Error) string {
	if e.AccountFrom == "" {
		return "account_id"
	}
	return "account_id (from " + e.AccountFrom + ")"
}

// permission returns the name of a permission group.
func permission(e *client.Error, role string) string {
	if e.Product == client.Sandbox {
		return "Registrar Sandbox Domains " + role
	}
	return "Registrar Domains " + role
}

// kindRemedy returns the remedy for an error that refusal doesn't cover.
func (o operation) kindRemedy(e *client.Error) string {
	switch e.Kind {
	case client.KindInvalid:
		if client.CheckAccount(e.ID.Account) != nil {
			return "Correct " + accountOf(e) + "."
		}
		return "Correct domain_name."
	case client.KindUnknownHost:
		return "Check the host in base_url (" + envBaseURL + "), then this machine's DNS."
	case client.KindTLS:
		return "Check this machine's clock and trusted certificates, and whether a proxy intercepts TLS."
	case client.KindUnreachable:
		return "Check this machine's network and proxy settings (HTTPS_PROXY, NO_PROXY), then run again."
	case client.KindRedirect:
		return "Set base_url (" + envBaseURL + ") to the API's final URL; the default is " + client.DefaultBaseURL + "."
	case client.KindMalformed:
		return "Run again. If it fails again, report a bug in this provider and include the cf-ray."
	case client.KindRateLimited, client.KindConnectionLost, client.KindAttemptTimeout, client.KindCanceled:
		return "Run again." + o.raise()
	case client.KindRefused, client.KindNotAPI:
	}
	return statusRemedy(e)
}

// statusRemedy returns the remedy for a response without a client.Meaning.
func statusRemedy(e *client.Error) string {
	switch {
	case e.Status == http.StatusTooManyRequests:
		return "Run again in five minutes. Other programs with the same credentials share the limit."
	case e.Status >= http.StatusInternalServerError:
		return "Wait until Cloudflare's API recovers, then run again. Status: https://www.cloudflarestatus.com"
	case e.Kind == client.KindNotAPI && e.Status == http.StatusNotFound:
		return "Check base_url (" + envBaseURL + "); the default is " + client.DefaultBaseURL + "."
	case e.Kind == client.KindNotAPI:
		return "Check whether a proxy or firewall blocks the API, then check base_url (" + envBaseURL + ")."
	}
	return "Fix the problem that the registrar reports, then run again. If it persists, send the cf-ray to Cloudflare support."
}

// otherAPIError returns the error for a domain that is managed through the other API.
func otherAPIError(state domainSettingsModel, manager string, product client.Product) diag.Diagnostics {
	name := displayName(domainname.Fold(state.DomainName.ValueString()))
	return diagnostic{
		summary: fmt.Sprintf("%s is managed through %s", name, manager),
		cause:   fmt.Sprintf("The provider now uses %s, which has its own domains. The provider sent no request.", apiName(product)),
		fields:  []field{{"Domain", name}, {"Account", state.AccountID.ValueString()}},
		remedy:  "Change the provider's sandbox setting back (" + envSandbox + "). To use both APIs, keep a separate state for each, for example in two workspaces.",
	}.error()
}
