// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// codeTokenLocation is the API's code for a token that is bound to other addresses. It comes
// with 403 and looks like a missing permission, which it is not.
const codeTokenLocation = 9109

// codeNoRoute is the API's code for a path that it does not know.
const codeNoRoute = 7003

// apiDiagnostic is a failed call of the API. It goes by status, code and kind, never by a
// message's words, which change without notice.
func (o operation) apiDiagnostic(e *client.Error) diagnostic {
	d := diagnostic{summary: "Cannot " + e.Op, what: answerOf(e), fields: apiFields(e), remedy: cmp.Or(remedies[e.Kind],
		"Run again; if the answer stays the same, Cloudflare's support can find the request by its cf-ray.")}
	switch {
	case e.RequiredWait > 0:
		d.summary = "No time left to wait for the registrar"
		d.remedy = fmt.Sprintf("The next request could only go in %s, after this operation's time is up. Run again then. %s", e.RequiredWait.Round(time.Second), o.raise())
	case refusesCredentials(e):
		d.summary, d.remedy = "The registrar refused the credentials", permissionRemedy(e)
	case client.IsNotFound(e):
		d.summary = "The account does not hold this domain"
		d.what = fmt.Sprintf("%s is not registered in account %s (%s).", displayName(e.ID.Name), e.ID.Account, apiName(e.Product))
		d.remedy = "This provider does not buy domains. Register the domain at Cloudflare Registrar or transfer it there first, " +
			"or check its spelling, account_id, and the provider's sandbox setting."
	case e.HasCode(codeNoRoute) || e.Kind == client.KindNotAPI && e.Status == http.StatusNotFound:
		d.remedy = "The API does not know this address. Check base_url (" + envBaseURL + "): the default is " + client.DefaultBaseURL + "."
	case e.Kind >= client.KindUnknownHost: // there was no whole response
		if e.Status == 0 {
			d.summary = "Cannot reach the registrar"
		}
		d.remedy = cmp.Or(remedies[e.Kind], "Run again. "+o.raise())
	}
	return d
}

// answerOf is what the registrar, or the network, said.
func answerOf(e *client.Error) string {
	switch {
	case e.Err != nil:
		return "Cause: " + sentence(e.Err.Error())
	case len(e.Errors) > 0:
		return "The registrar answered: " + sentence(e.Errors[0].Message)
	}
	return sentence(e.Reason())
}

// apiFields are what a support case needs.
func apiFields(e *client.Error) []field {
	status := ""
	if e.Status != 0 {
		status = strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)))
	}
	fields := []field{{"Request", e.Method + " " + e.Path}, {"HTTP status", status}}
	for _, answer := range e.Errors {
		fields = append(fields, field{"API error", oneLine(strconv.Itoa(answer.Code) + " " + answer.Message + " " + answer.Pointer)})
	}
	return append(fields, field{"cf-ray", e.Ray})
}

// remedies say what to do by the kind of a failure, where status and code say nothing special.
var remedies = map[client.Kind]string{
	client.KindInvalid:     "Correct account_id or domain_name.",
	client.KindUnknownHost: "Check base_url (" + envBaseURL + ") and this machine's name resolution.",
	client.KindTLS:         "Check base_url, this machine's clock and its trusted certificates, and whether a proxy opens the connection on the way.",
	client.KindUnreachable: "Check base_url, the network and the proxy settings (HTTPS_PROXY, NO_PROXY) of this machine, and run again.",
	client.KindRedirect:    "Set base_url to the address that the API answers at itself.",
	client.KindMalformed:   "The state is unchanged. Run again; if the answer stays the same, the API has changed: please report it, with the cf-ray.",
	client.KindNotAPI:      "A proxy or gateway answered in its place. Run again; if that does not help, check base_url and the proxies on the way.",
}

// refusesCredentials reports whether the API itself says so. A proxy's 401 or 403 speaks of
// something else, and would send its reader to look at a token that is fine.
func refusesCredentials(err error) bool {
	e, ok := errors.AsType[*client.Error](err)
	return ok && e.Kind == client.KindRefused && (e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden)
}

func permissionRemedy(e *client.Error) string {
	if e.HasCode(codeTokenLocation) {
		return "No permission is missing: the token is restricted to other client IP addresses. " +
			"Add this machine's address to the token's client IP address filter, or run where it is allowed."
	}
	groups := "Registrar Domains "
	if e.Product == client.Sandbox {
		groups = "Registrar Sandbox Domains "
	}
	return fmt.Sprintf("The credentials are not valid, lack the permission group %q to plan or %q to apply for account %s, or account_id is wrong. "+
		"Check the API token or key: https://dash.cloudflare.com/profile/api-tokens", groups+"Read", groups+"Admin", e.ID.Account)
}

// otherAPIError is what every operation on a domain says that is managed by the other API.
func otherAPIError(state domainSettingsModel, manager string, product client.Product) diag.Diagnostics {
	name := displayName(domainname.Fold(state.DomainName.ValueString()))
	return diagnostic{
		summary: fmt.Sprintf("%s is managed through %s", name, manager),
		what:    fmt.Sprintf("The provider now uses %s, which holds domains of its own. Nothing was asked and nothing has changed.", apiName(product)),
		fields:  []field{{"Domain", name}, {"Account", state.AccountID.ValueString()}},
		remedy: "To go on with this state, set the provider's sandbox (" + envSandbox + ") back. To use the other API, give it a state of its own, " +
			"such as another workspace. To only stop managing the domain, remove it from the state: terraform state rm.",
	}.error()
}
