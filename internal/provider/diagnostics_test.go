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
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// update makes the test write the golden files that it would compare.
var update = flag.Bool("update", false, "write the golden files of the diagnostics")

// known is an error that users can meet, in a form in which they meet it.
type known struct {
	kind string
	op   operation
	err  error
}

// TestDiagnosticsReadAsInTheGoldenFiles keeps the texts that users see where a reviewer can read
// them as a whole, and holds errors to naming domain, account and what to do.
func TestDiagnosticsReadAsInTheGoldenFiles(t *testing.T) {
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
		if k.op.diagnostic(k.err, designID(), client.Production).remedy == "" {
			t.Errorf("%s: the text does not say what to do", k.kind)
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

// TestAnswersReadAsInTheGoldenFile shows the errors of each failure that the fake registrar has a name
// for, and of another domain that meets the same one.
func TestAnswersReadAsInTheGoldenFile(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for _, answer := range fakeregistrar.Answers() {
		synctest.Test(t, func(t *testing.T) {
			read := configurable("read", types.Object{}, 5*time.Minute)
			ctx, cancel := read.limit(t.Context())
			defer cancel()
			for i, err := range answerErrors(ctx, answer.Fault) {
				if err == nil {
					continue
				}
				id := client.DomainID{Account: designID().Account, Name: domainname.Name([]string{"example.com", "example.org"}[i])}
				diags := errorDiagnostic(read, err, id, client.Production)
				show(&text, strings.TrimSuffix(answer.Name+", the second domain", []string{", the second domain", ""}[i]), diags)
				remedy := diags[0].Detail()[strings.LastIndex(diags[0].Detail(), "\n\n")+1:]
				if words := len(strings.Fields(remedy)); len(diags[0].Summary()) > 70 || words > 40 {
					t.Errorf("%s: the summary has %d characters, the remedy %d words: %s", answer.Name, len(diags[0].Summary()), words, remedy)
				}
			}
		})
	}
	ray := regexp.MustCompile(`8f[0-9a-f]{14}`) // the number of attempts varies
	golden(t, "answers", ray.ReplaceAllString(text.String(), "8f00000000000001"))
}

// answerErrors returns the errors of two domains that meet the fault.
func answerErrors(ctx context.Context, fault fakeregistrar.Fault) (errs [2]error) {
	fake := fakeregistrar.New(fakeregistrar.WithAccount(designID().Account))
	fake.Inject(fault)
	base, _ := client.ParseBaseURL(client.DefaultBaseURL)
	c := client.New(client.Config{
		BaseURL: base, Credentials: client.Credentials{Token: "secret", From: envToken}, Transport: fake.Transport(),
		DefaultAccount: designID().Account, AccountFrom: envAccountID,
	})
	for i, name := range []string{"example.com", "example.org"} {
		id := client.DomainID{Account: designID().Account, Name: domainname.Name(name)}
		fake.AddDomain(fakeregistrar.Domain{Name: name, Account: id.Account})
		if _, errs[i] = c.Registration(ctx, id); errs[i] == nil {
			_, errs[i] = c.SetAutoRenew(ctx, id, true)
		}
	}
	return errs
}

// show writes diagnostics as a CLI does, without its frame.
func show(text *strings.Builder, kind string, diags diag.Diagnostics) {
	fmt.Fprintf(text, "# %s\n\n", kind)
	if len(diags) == 0 {
		text.WriteString("(nothing)\n\n\n")
	}
	for _, d := range diags {
		fmt.Fprintf(text, "%s: %s\n\n%s\n\n\n", d.Severity(), d.Summary(), d.Detail())
	}
}

// golden holds a text against the golden file of that name, or writes it there with -update.
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
		t.Errorf("%s is not what the code says; if it should be, write it with -update. The code says:\n%s", file, text)
	}
}

// knownWarning is a warning that users can meet; none is an answer too.
type knownWarning struct {
	kind  string
	diags diag.Diagnostics
}

// knownWarnings are of the year 2000, in which fake time begins.
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
	accountWide, sandboxed := *refused, *refused
	accountWide.AccountWide, sandboxed.AccountWide, sandboxed.Product = true, true, client.Sandbox
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
		{"Adopting where the token may see nothing", lookDiagnostics(designID(), &accountWide, client.Production)},
		{"Adopting where the token may see nothing of the sandbox", lookDiagnostics(designID(), &sandboxed, client.Sandbox)},
		{"Adopting where the registrar cannot be asked", lookDiagnostics(designID(), down, client.Production)},
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
	read := configurable("read", types.Object{}, 5*time.Minute)
	attempt := func(state client.State, update client.Update) autorenew.Attempt {
		return autorenew.Attempt{ID: designID(), Want: true, Update: designUpdate(state, update)}
	}
	running := attempt(client.InProgress, client.Update{})
	failed := attempt(client.Failed, client.Update{ErrorCode: "registry_rejected", ErrorMessage: "Registry rejected the update request."})
	joined := failed
	joined.Joined = true
	notAPI := errors.New("the response isn't from the Cloudflare API")
	refusal := client.APIError{Code: 10000, Message: "Authentication error"}
	const reading, polling, setting = "read the registration of example.com", "poll the update of example.com", "set auto_renew of example.com to true"
	tooLong := answered(client.KindRefused, reading, 429, nil)
	tooLong.RetryAfter, tooLong.RequiredWait = 10*time.Minute, 10*time.Minute
	badAccount := unanswered(client.KindInvalid, `account "a b": an account's identifier has 1 to 32 letters, digits, hyphens and underscores`)
	badAccount.ID.Account = "a b"
	return []known{
		{"A person has to act", create, &autorenew.ActionRequiredError{
			Attempt: attempt(client.ActionRequired, client.Update{Action: "confirm_registrant_contact", ConfirmationSentTo: "owner@example.com"}),
		}},
		{"The update failed", create, &autorenew.FailedError{Attempt: failed, Shows: &client.Registration{}}},
		{"An update failed that somebody else started", create, &autorenew.FailedError{Attempt: joined, Shows: &client.Registration{}}},
		{"The time is up", create, &autorenew.StoppedError{
			Attempt: running, Timeout: true, Sent: true, Cause: create.elapsed(), LastErr: answered(client.KindNotAPI, polling, 502, notAPI),
		}},
		{"The time is up while a third party is in the way", create, &autorenew.StoppedError{
			Attempt: attempt(client.Blocked, client.Update{BlockedBy: "registry", Detail: "Awaiting registry confirmation. This may take up to 24 hours."}),
			Timeout: true, Sent: true, Cause: create.elapsed(),
		}},
		{"The run is interrupted", create, &autorenew.StoppedError{Attempt: running, Sent: true, Cause: context.Canceled}},
		{"The update succeeded and does not show", create, &autorenew.UnconfirmedError{Attempt: attempt(client.Succeeded, client.Update{})}},
		{"The update can no longer be watched", create, &autorenew.PollError{Attempt: running, Err: answered(client.KindRefused, polling, 403, nil, refusal)}},
		{"No request to change it was answered", create, &autorenew.AmbiguousError{Attempts: 4, Err: answered(client.KindNotAPI, setting, 502, notAPI)}},
		{"The account doesn't hold the domain", create, answered(client.KindRefused, reading, 404, nil, client.APIError{Code: 10000, Message: "Domain not found"})},
		{"The API refuses the change", create, answered(client.KindRefused, setting, 400, nil,
			client.APIError{Code: 10000, Message: "Must be a boolean if present", Pointer: "/auto_renew"})},
		{"The response is malformed", read, answered(client.KindMalformed, reading, 200, errors.New(`"auto_renew" is missing`))},
		{"A Retry-After beyond the deadline", read, tooLong},
		{"The server redirects", read, answered(client.KindRedirect, reading, 302, errors.New("a redirect, which is not followed"))},
		{"An unknown host", read, unanswered(client.KindUnknownHost, "lookup api.cloudflare.com: no such host")},
		{"TLS fails", read, unanswered(client.KindTLS, "tls: failed to verify certificate")},
		{"The connection is lost", read, unanswered(client.KindConnectionLost, "read tcp: connection reset by peer")},
		{"The server is silent", read, unanswered(client.KindAttemptTimeout, "no response within 30s")},
		{"A refresh is interrupted", read, &client.Error{Kind: client.KindRateLimited, Op: reading, ID: designID(), Err: context.Canceled}},
		{"The connection of a data source is lost", readOperation, unanswered(client.KindConnectionLost, "read tcp: connection reset by peer")},
		{"An import of a malformed account", read, badAccount},
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
