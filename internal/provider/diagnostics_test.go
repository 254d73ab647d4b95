// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// update writes the golden files instead of comparing them.
var update = flag.Bool("update", false, "write the golden files of the diagnostics")

// known is an error that users can get.
type known struct {
	kind string
	op   operation
	err  error
}

// TestDiagnostics compares all texts with golden files, for reviewers. Each error has a short summary,
// the domain, the account and a remedy.
func TestDiagnostics(t *testing.T) {
	t.Parallel()
	var errors, warnings strings.Builder
	for _, k := range knownErrors() {
		diags := errorDiagnostic(k.op, k.err, designID(), client.Production)
		show(&errors, k.kind, diags)
		for _, want := range []string{"example.com", "023e105f4ecef8ad9ca31a8372d0c353", ".\n\n"} {
			if !strings.Contains(diags[0].Summary()+"\n\n"+diags[0].Detail(), want) {
				t.Errorf("%s: the text does not have %q", k.kind, want)
			}
		}
		if summary := diags[0].Summary(); len(summary) > 70 {
			t.Errorf("%s: the summary has %d characters; want at most 70", k.kind, len(summary))
		}
		if k.op.diagnostic(k.err, designID(), client.Production).remedy == "" {
			t.Errorf("%s: there is no remedy", k.kind)
		}
	}
	synctest.Test(t, func(*testing.T) {
		for _, k := range knownWarnings() {
			show(&warnings, k.kind, k.diags)
		}
	})
	golden(t, "errors", errors.String())
	golden(t, "warnings", warnings.String())
}

// show writes diagnostics like a CLI, without its frame.
func show(text *strings.Builder, kind string, diags diag.Diagnostics) {
	fmt.Fprintf(text, "# %s\n\n", kind)
	if len(diags) == 0 {
		text.WriteString("(nothing)\n\n\n")
	}
	for _, d := range diags {
		fmt.Fprintf(text, "%s: %s\n\n%s\n\n\n", d.Severity(), d.Summary(), d.Detail())
	}
}

// golden compares a text with the golden file of that name, or writes the file with -update.
func golden(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", "diagnostics", name+".golden")
	text = strings.TrimSpace(text) + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s differs; if the new text is right, write it with -update:\n%s", file, text)
	}
}

// knownWarning is a warning that users can get, or none.
type knownWarning struct {
	kind  string
	diags diag.Diagnostics
}

// knownWarnings returns warnings in the year 2000, in which fake time starts.
func knownWarnings() []knownWarning {
	is := func(autoRenew bool, status, expires string) registrationModel {
		return registrationFromAPI(designID(), client.Registration{Name: designID().Name, AutoRenew: autoRenew, Status: status, ExpiresAt: expires})
	}
	const later, soon, past = "2000-03-02T03:04:05Z", "2000-01-20T03:04:05Z", "1999-12-30T03:04:05Z"
	idn := client.DomainID{Account: designID().Account, Name: "xn--mnchen-3ya.de"}
	state := settingsFromAPI(designID(), client.Registration{AutoRenew: true})
	waiting := inFlightUpdate{AutoRenew: true}
	blocked := designUpdate(client.Blocked, client.Update{BlockedBy: "registry", Detail: "Awaiting registry confirmation. This may take up to 24 hours."})
	ended := designUpdate(client.Failed, client.Update{})
	refused := answered(client.KindRefused, "read the registration of example.com", 403, nil, client.APIError{Code: 10000, Message: "Authentication error"})
	sandboxed := *refused
	sandboxed.Product = client.Sandbox
	down := unanswered(client.KindAttemptTimeout, "no answer within 7s")
	twice := &providerData{}
	twice.planned.Store(designID(), true)
	return []knownWarning{
		{"Turning auto-renew on", changeWarning(designID(), is(false, "active", later), types.BoolValue(true), client.Production)},
		{"Turning it on, with an internationalized name", changeWarning(idn, is(false, "active", later), types.BoolValue(true), client.Production)},
		{"Turning it on before the expiry date is known", changeWarning(designID(), is(false, "transfer_pending", ""), types.BoolValue(true), client.Production)},
		{"Turning it on within 30 days of expiry", changeWarning(designID(), is(false, "active", soon), types.BoolValue(true), client.Production)},
		{"Turning it on after expiry", changeWarning(designID(), is(false, "redemption_period", past), types.BoolValue(true), client.Production)},
		{"Turning it on when it is about to be deleted", changeWarning(designID(), is(false, "pending_delete", past), types.BoolValue(true), client.Production)},
		{"Turning it on when it has expired on a date that is not known", changeWarning(designID(), is(false, "expired", ""), types.BoolValue(true), client.Production)},
		{"Turning it on while it is suspended, with a date in another time zone", changeWarning(designID(), is(false, "suspended", "2000-03-01T23:04:05-04:00"), types.BoolValue(true), client.Production)},
		{"Turning it on in the sandbox", changeWarning(designID(), is(false, "active", soon), types.BoolValue(true), client.Sandbox)},
		{"Turning it off", changeWarning(designID(), is(true, "active", later), types.BoolValue(false), client.Production)},
		{"Turning it off before the expiry date is known", changeWarning(designID(), is(true, "registration_pending", ""), types.BoolValue(false), client.Production)},
		{"Turning it off after expiry", changeWarning(designID(), is(true, "active", past), types.BoolValue(false), client.Production)},
		{"Adopting a domain that the account does not hold", notHeldWarning(designID(), client.Production)},
		{"Adopting a domain that the token may not see", lookDiagnostics(designID(), refused, client.Production)},
		{"Adopting where the token may see nothing", lookDiagnostics(designID(), &accountError{error: refused}, client.Production)},
		{"Adopting where the token may see nothing of the sandbox", lookDiagnostics(designID(), &accountError{error: &sandboxed}, client.Sandbox)},
		{"Adopting where the token may see nothing, for the account's second domain", lookDiagnostics(idn, &accountError{refused, true}, client.Production)},
		{"Adopting where the registrar cannot be asked", lookDiagnostics(designID(), &accountError{error: down}, client.Production)},
		{"Adopting where the sandbox cannot be asked", lookDiagnostics(designID(), down, client.Sandbox)},
		{"Destroying", keptWarning(state, nil)},
		{"Destroying while an update is in flight", keptWarning(state, &inFlightUpdate{})},
		{"Two resources that agree", twice.duplicateWarning(designID(), types.BoolValue(true))},
		{"Two resources that do not", twice.duplicateWarning(designID(), types.BoolValue(false))},
		{"A refresh while an update is in flight", inFlightWarning(designID(), client.Production, waiting, &blocked)},
		{"A refresh while an update may be in flight that is not shown yet", inFlightWarning(designID(), client.Production, waiting, nil)},
		{"A refresh soon after, where the registrar shows an update that has ended", inFlightWarning(designID(), client.Production, waiting, &ended)},
		{"A plan while an update is in flight", resumeWarning(designID(), waiting)},
		{"A plan under the other API", otherAPIError(state, "the production registrar", client.Sandbox)},
		{"A refresh of a lapsed domain", lapsedWarning(designID(), client.Registration{Status: "pending_delete", ExpiresAt: past})},
		{"A refresh of a domain that is gone", goneWarning(designID(), client.Production)},
	}
}

func designID() client.DomainID {
	return client.DomainID{Account: "023e105f4ecef8ad9ca31a8372d0c353", Name: "example.com"}
}

func knownErrors() []known {
	create := configurable("create", types.Object{}, 20*time.Minute)
	read := refreshOperation(types.Object{})
	attempt := func(state client.State, update client.Update) autorenew.Attempt {
		return autorenew.Attempt{ID: designID(), Want: true, Update: designUpdate(state, update)}
	}
	running := attempt(client.InProgress, client.Update{})
	failed := attempt(client.Failed, client.Update{ErrorCode: "registry_rejected", ErrorMessage: "Registry rejected the update request."})
	joined := failed
	joined.Joined = true
	notAPI := errors.New("the answer is not one of the Cloudflare API")
	refusal := client.APIError{Code: 10000, Message: "Authentication error"}
	const reading, polling, setting = "read the registration of example.com", "poll the update of example.com", "set auto_renew of example.com to true"
	tooLong := answered(client.KindRefused, reading, 429, nil)
	tooLong.RequiredWait = 10 * time.Minute
	return []known{
		{"The update needs an action", create, &autorenew.ActionRequiredError{
			Attempt: attempt(client.ActionRequired, client.Update{Action: "confirm_registrant_contact", ConfirmationSentTo: "owner@example.com"}),
		}},
		{"The update failed", create, &autorenew.FailedError{Attempt: failed, Shows: &client.Registration{}}},
		{"An update of another client failed", create, &autorenew.FailedError{Attempt: joined, Shows: &client.Registration{}}},
		{"The timeout", create, &autorenew.StoppedError{
			Attempt: running, Timeout: true, Sent: true, Cause: create.elapsed(), LastErr: answered(client.KindNotAPI, polling, 502, notAPI),
		}},
		{"The timeout of a blocked update", create, &autorenew.StoppedError{
			Attempt: attempt(client.Blocked, client.Update{BlockedBy: "registry", Detail: "Awaiting registry confirmation. This may take up to 24 hours."}),
			Timeout: true, Sent: true, Cause: create.elapsed(),
		}},
		{"The timeout while the registration already shows the value", create, &autorenew.StoppedError{
			Attempt: autorenew.Attempt{ID: designID(), Want: true}, Timeout: true, Shows: &client.Registration{AutoRenew: true}, Cause: create.elapsed(),
		}},
		{"The run is interrupted", create, &autorenew.StoppedError{Attempt: running, Sent: true, Cause: context.Canceled}},
		{"The update succeeded and does not show", create, &autorenew.UnconfirmedError{Attempt: attempt(client.Succeeded, client.Update{})}},
		{"The update can't be polled", create, &autorenew.PollError{Attempt: running, Err: answered(client.KindRefused, polling, 403, nil, refusal)}},
		{"No request to change it got an answer", create, &autorenew.AmbiguousError{Attempts: 4, Err: answered(client.KindNotAPI, setting, 502, notAPI)}},
		{"The account does not hold the domain", create, answered(client.KindRefused, reading, 404, nil, client.APIError{Code: 10000, Message: "Domain not found"})},
		{"The credentials are refused", read, answered(client.KindRefused, reading, 403, nil, refusal)},
		{"The token has a client IP address filter", read, answered(client.KindRefused, reading, 403, nil,
			client.APIError{Code: 9109, Message: "Cannot use the access token from location: 203.0.113.7"})},
		{"The API refuses the change", create, answered(client.KindRefused, setting, 400, nil,
			client.APIError{Code: 10000, Message: "Must be a boolean if present", Pointer: "/auto_renew"})},
		{"The base URL is wrong", read, answered(client.KindRefused, reading, 404, nil,
			client.APIError{Code: 7003, Message: "Could not route to /accounts, perhaps your object identifier is invalid?"})},
		{"Something else answers in the API's place", read, answered(client.KindNotAPI, reading, 403, notAPI)},
		{"The answer is malformed", read, answered(client.KindMalformed, reading, 200, errors.New(`"auto_renew" is missing`))},
		{"The server's wait is longer than the timeout", read, tooLong},
		{"The server redirects", read, answered(client.KindRedirect, reading, 302, errors.New("a redirect, which is not followed"))},
		{"The host is unknown", read, unanswered(client.KindUnknownHost, "lookup api.cloudflare.com: no such host")},
		{"TLS fails", read, unanswered(client.KindTLS, "tls: failed to verify certificate")},
		{"The connection is refused", read, unanswered(client.KindUnreachable, "dial tcp 192.0.2.1:443: connect: connection refused")},
		{"The connection breaks", read, unanswered(client.KindConnectionLost, "read tcp: connection reset by peer")},
		{"The server does not answer", read, unanswered(client.KindAttemptTimeout, "no answer within 30s")},
		{"A refresh is interrupted", read, &client.Error{Kind: client.KindRateLimited, Op: reading, ID: designID(), Err: context.Canceled}},
		{"The connection of a data source breaks", readOperation, unanswered(client.KindConnectionLost, "read tcp: connection reset by peer")},
		{"The account does not hold an imported domain", importOperation, answered(client.KindRefused, reading, 404, nil, client.APIError{Code: 10000, Message: "Domain not found"})},
	}
}

func designUpdate(state client.State, more client.Update) client.Update {
	more.State = state
	more.CreatedAt = time.Date(2027, 1, 31, 9, 0, 0, 0, time.UTC)
	more.UpdatedAt = time.Date(2027, 1, 31, 9, 0, 45, 0, time.UTC)
	return more
}

func answered(kind client.Kind, op string, status int, err error, answers ...client.APIError) *client.Error {
	e := unanswered(kind, "")
	e.Op, e.Status, e.Errors, e.Err, e.Ray = op, status, answers, err, "8f00000000000001-FRA"
	switch {
	case strings.HasPrefix(op, "set "):
		e.Method = "PATCH"
	case strings.HasPrefix(op, "poll"):
		e.Path += "/update-status"
	}
	return e
}

func unanswered(kind client.Kind, text string) *client.Error {
	return &client.Error{
		Kind: kind, Op: "read the registration of example.com", ID: designID(), Method: "GET", Err: errors.New(text),
		Path: "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com",
	}
}
