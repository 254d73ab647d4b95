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

// apiDiagnostic returns the diagnostic of a failed request. It depends on the error's meaning, kind and
// status, never on a message's words. A failure that an earlier diagnostic has shown in full is one line.
func (o operation) apiDiagnostic(e *client.Error) diagnostic {
	d := diagnostic{summary: "Cannot " + e.Op, what: answerOf(e), fields: apiFields(e)}
	if !e.FirstReport() {
		return diagnostic{summary: d.summary, what: sameCause(e.ID.Account), brief: true}
	}
	if e.RequiredWait > 0 && (e.RetryAfter > 0 || e.Kind == client.KindRateLimited) {
		d.summary = "No time left to wait for the registrar"
		d.remedy = fmt.Sprintf("Run again in %s. %s", e.RequiredWait.Round(time.Second), o.raise())
		return d
	}
	if summary, remedy := refusal(e); remedy != "" {
		d.summary, d.remedy = cmp.Or(summary, d.summary), remedy
		if client.IsNotFound(e) {
			d.what = fmt.Sprintf("%s is not registered in account %s (%s).", displayName(e.ID.Name), e.ID.Account, apiName(e.Product))
		}
		return d
	}
	if e.Status == 0 && e.Kind != client.KindInvalid {
		d.summary = "Cannot reach the registrar"
	}
	d.remedy = o.kindRemedy(e)
	return d
}

// sameCause is the text of an error that an earlier one has shown in full.
func sameCause(account string) string {
	return "Same cause as the first error for account " + account + "."
}

// answerOf returns the registrar's answer, or the failure of the network.
func answerOf(e *client.Error) string {
	var messages []string
	for _, reason := range e.Errors {
		if reason.Message != "" {
			messages = append(messages, strings.TrimRight(oneLine(reason.Message), ".?"))
		}
	}
	switch {
	case len(messages) > 0 && e.Kind == client.KindNotAPI:
		return "The server answered: " + sentence(strings.Join(messages, "; "))
	case len(messages) > 0:
		return "The registrar answered: " + sentence(strings.Join(messages, "; "))
	case e.Excerpt != "" && e.Err != nil:
		return fmt.Sprintf("Cause: %s: %q.", e.Err, e.Excerpt)
	case e.Excerpt != "":
		return fmt.Sprintf("The registrar gave no reason: %q.", e.Excerpt)
	case e.Err != nil:
		return "Cause: " + sentence(e.Err.Error())
	}
	return "The registrar gave no reason."
}

// apiFields are the fields that a support case needs.
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

const tokensPage = "https://dash.cloudflare.com/profile/api-tokens" //nolint:gosec // a page

// refusal returns the texts of a refusal in the API's envelope: the summary, if it isn't "Cannot …", and the
// remedy, which begins with the likeliest cause. Both are empty for any other error.
func refusal(e *client.Error) (summary, remedy string) {
	switch e.Meaning() {
	case client.MeansMalformedCredentials:
		return "The credentials are malformed", "Correct " + credentialsOf(e) + ": the value is incomplete, in quotes, or begins with \"Bearer \". Copy it again: " + tokensPage
	case client.MeansBadCredentials:
		return refusedCredentials, "Replace " + credentialsOf(e) + ": it was revoked, has expired, or is mistyped. API tokens: " + tokensPage
	case client.MeansForbiddenAddress:
		return "The API token isn't valid from this machine's IP address",
			"Add this machine's address to the token's client IP address filter, or run from an address that it includes. API tokens: " + tokensPage
	case client.MeansWrongAccount:
		return "The account ID is wrong", "Correct " + accountOf(e) + ". It is the ID after dash.cloudflare.com/ in the dashboard's URL."
	case client.MeansNoPermission:
		return refusedCredentials, fmt.Sprintf("Give the token the permission group %q (to plan only, %q) for account %s, or correct %s. API tokens: %s",
			permission(e, "Admin"), permission(e, "Read"), e.ID.Account, accountOf(e), tokensPage)
	case client.MeansReadOnly:
		return "The credentials can't change the domain", "This token can read the domain but not change it. It needs " + permission(e, "Admin") + ". API tokens: " + tokensPage
	case client.MeansNoRoute:
		return "", "Correct " + accountOf(e) + ". If it is right, check base_url (" + envBaseURL + "); the default is " + client.DefaultBaseURL + "."
	case client.MeansNotFound:
		return "The account does not hold this domain",
			"Correct domain_name or " + accountOf(e) + ". This provider does not buy domains: register or transfer it to Cloudflare first."
	}
	return "", ""
}

const refusedCredentials = "The registrar refused the credentials"

// credentialsOf names the variable or attribute with the credentials.
func credentialsOf(e *client.Error) string {
	if e.CredentialsFrom == "" {
		return "the credentials"
	}
	return e.CredentialsFrom
}

// accountOf names the attribute with the account, and the place that set a default.
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

// kindRemedy returns the remedy of an error that refusal doesn't cover.
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
		return "Check this machine's network and proxy settings (HTTPS_PROXY, NO_PROXY), and run again."
	case client.KindRedirect:
		return "Set base_url (" + envBaseURL + ") to the API's final URL."
	case client.KindMalformed:
		return "Run again. If it fails again, report a bug of this provider, with the cf-ray."
	case client.KindRateLimited, client.KindConnectionLost, client.KindAttemptTimeout, client.KindCanceled:
		return "Run again. " + o.raise()
	case client.KindRefused, client.KindNotAPI:
	}
	return statusRemedy(e)
}

// statusRemedy returns the remedy of a response without a meaning.
func statusRemedy(e *client.Error) string {
	switch {
	case e.Status == http.StatusTooManyRequests:
		return "Run again in five minutes. Other programs with the same credentials use up the same limit."
	case e.Status >= http.StatusInternalServerError:
		return "Run again when Cloudflare's API works. Status: https://www.cloudflarestatus.com"
	case e.Kind == client.KindNotAPI && e.Status == http.StatusNotFound:
		return "Check base_url (" + envBaseURL + "); the default is " + client.DefaultBaseURL + "."
	case e.Kind == client.KindNotAPI:
		return "Check any proxies, then base_url (" + envBaseURL + ")."
	}
	return "Fix what the registrar reports, then run again. For help, send the cf-ray to Cloudflare support."
}

// otherAPIError is the error of each operation on a domain that is managed through the other API.
func otherAPIError(state domainSettingsModel, manager string, product client.Product) diag.Diagnostics {
	name := displayName(domainname.Fold(state.DomainName.ValueString()))
	return diagnostic{
		summary: fmt.Sprintf("%s is managed through %s", name, manager),
		what:    fmt.Sprintf("The provider now uses %s, which has its own domains. The provider sent no request.", apiName(product)),
		fields:  []field{{"Domain", name}, {"Account", state.AccountID.ValueString()}},
		remedy:  "Restore the provider's sandbox setting (" + envSandbox + "). To use both APIs, use a state for each, such as two workspaces.",
	}.error()
}
