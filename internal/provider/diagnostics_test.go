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
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// update rewrites the golden files.
var update = flag.Bool("update", false, "rewrite the golden files of the diagnostics")

// namedError is an error that users can see.
type namedError struct {
	kind string
	op   operation
	err  error
}

// TestDiagnostics compares all texts with golden files, for people to review. Each error must have a short
// summary, the domain, the account and a remedy.
func TestDiagnostics(t *testing.T) {
	t.Parallel()
	var errors, warnings strings.Builder
	for _, k := range knownErrors() {
		diags := errorDiagnostic(k.op, k.err, exampleID(), client.Production)
		show(&errors, k.kind, diags)
		for _, want := range []string{"example.com", "023e105f4ecef8ad9ca31a8372d0c353", ".\n\n"} {
			if !strings.Contains(diags[0].Summary()+"\n\n"+diags[0].Detail(), want) {
				t.Errorf("%s: no %q in the text", k.kind, want)
			}
		}
		checkLength(t, k.kind, diags)
	}
	synctest.Test(t, func(*testing.T) {
		for _, k := range knownWarnings() {
			show(&warnings, k.kind, k.diags)
		}
	})
	golden(t, "errors", errors.String())
	golden(t, "warnings", warnings.String())
}

// TestAnswerTexts compares the errors for two domains with a golden file, for each named failure of
// the fake registrar.
func TestAnswerTexts(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for _, answer := range fakeregistrar.Answers() {
		synctest.Test(t, func(t *testing.T) {
			read := configurable("read", types.Object{}, 5*time.Minute)
			ctx, cancel := read.start(t.Context())
			defer cancel()
			for i, err := range answerErrors(ctx, answer.Fault) {
				if err == nil {
					continue
				}
				id := client.DomainID{Account: exampleID().Account, Name: domainname.Name([]string{"example.com", "example.org"}[i])}
				diags := errorDiagnostic(read, err, id, client.Production)
				show(&text, strings.TrimSuffix(answer.Name+", the second domain", []string{", the second domain", ""}[i]), diags)
				checkLength(t, answer.Name, diags)
			}
		})
	}
	ray := regexp.MustCompile(`8f[0-9a-f]{14}`) // varies with the number of attempts
	golden(t, "answers", ray.ReplaceAllString(text.String(), "8f00000000000001"))
}

// checkLength checks that the summary and the remedy are short, and that no line ends with a space.
func checkLength(t *testing.T, kind string, diags diag.Diagnostics) {
	t.Helper()
	remedy := diags[0].Detail()[strings.LastIndex(diags[0].Detail(), "\n\n")+1:]
	if words := len(strings.Fields(remedy)); len(diags[0].Summary()) > 70 || words == 0 || words > 40 || strings.Contains(remedy, " \n") {
		t.Errorf("%s: the summary has %d characters, the remedy %d words; want at most 70 and 1 to 40, and no space at the end of a line: %q", kind, len(diags[0].Summary()), words, remedy)
	}
}

// answerErrors returns the errors for two domains with the same fault.
func answerErrors(ctx context.Context, fault fakeregistrar.Fault) (errs [2]error) {
	fake := fakeregistrar.New(fakeregistrar.WithAccount(exampleID().Account))
	fake.Inject(fault)
	base, _ := client.ParseBaseURL(client.DefaultBaseURL)
	c := client.New(client.Config{
		BaseURL: base, Credentials: client.Credentials{Token: "secret", From: envToken}, Transport: fake.Transport(),
		DefaultAccount: exampleID().Account, AccountFrom: envAccountID,
	})
	for i, name := range []string{"example.com", "example.org"} {
		id := client.DomainID{Account: exampleID().Account, Name: domainname.Name(name)}
		fake.AddDomain(fakeregistrar.Domain{Name: name, Account: id.Account})
		if _, errs[i] = c.Registration(ctx, id); errs[i] == nil {
			_, errs[i] = c.SetAutoRenew(ctx, id, true)
		}
	}
	return errs
}

// show writes diagnostics as a CLI does, without the frame.
func show(text *strings.Builder, kind string, diags diag.Diagnostics) {
	fmt.Fprintf(text, "# %s\n\n", kind)
	if len(diags) == 0 {
		text.WriteString("(nothing)\n\n\n")
	}
	for _, d := range diags {
		at := ""
		if attribute, ok := d.(diag.DiagnosticWithPath); ok {
			at = " at " + attribute.Path().String()
		}
		fmt.Fprintf(text, "%s%s: %s\n\n%s\n\n\n", d.Severity(), at, d.Summary(), d.Detail())
	}
}

// golden compares a text with the golden file of that name. With -update, it writes the file first.
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
		t.Errorf("%s differs. If the new text is right, run the test with -update:\n%s", file, text)
	}
}

// namedWarning is a warning that users can see, or none.
type namedWarning struct {
	kind  string
	diags diag.Diagnostics
}

// knownWarnings returns the warnings as of 2000-01-01, when fake time starts.
func knownWarnings() []namedWarning {
	const later, soon, past = "2000-03-02T03:04:05Z", "2000-01-20T03:04:05Z", "1999-12-30T03:04:05Z"
	on, off, unknown := types.BoolValue(true), types.BoolValue(false), types.BoolUnknown()
	registration := func(autoRenew bool, status, expires string) registrationModel {
		return registrationModel{}.with(exampleID(), client.Registration{Name: exampleID().Name, AutoRenew: autoRenew, Status: status, ExpiresAt: expires})
	}
	adopted := func(want types.Bool, shown registrationModel) planFacts {
		return adoption(exampleID(), want, shown, nil)
	}
	unread := func(err error) planFacts { return adoption(exampleID(), on, registrationModel{}, err) }
	changed := func(want types.Bool, shown registrationModel) planFacts {
		return adopted(want, shown).managed(exampleID().Account)
	}
	idn := adoption(client.DomainID{Account: exampleID().Account, Name: "xn--mnchen-3ya.de"}, on, registration(false, "active", later), nil)
	destroyed := planFacts{}.managed(exampleID().Account)
	inFlight := &inFlightUpdate{AutoRenew: true}
	blocked := exampleUpdate(client.Blocked, client.Update{BlockedBy: "registry", Detail: "Awaiting registry confirmation. This may take up to 24 hours."})
	action := exampleUpdate(client.ActionRequired, client.Update{Action: "confirm_registrant_contact", ConfirmationSentTo: "owner@example.com"})
	ended := exampleUpdate(client.Failed, client.Update{})
	refused := answered(client.KindRefused, "read the registration of example.com", 403, nil, client.APIError{Code: 10000, Message: "Authentication error"})
	missing := answered(client.KindRefused, "read the registration of example.com", 404, nil, client.APIError{Code: 10000, Message: "Domain not found"})
	accountWide, sandboxed := *refused, *refused
	accountWide.AccountWide, sandboxed.AccountWide, sandboxed.Product = true, true, client.Sandbox
	down := unanswered(client.KindAttemptTimeout, "no answer within 7s")
	with := func(f planFacts, edit func(f *planFacts)) diag.Diagnostics { edit(&f); return f.diagnostics() }
	sandbox := func(f *planFacts) { f.product = client.Sandbox }
	pending := func(f *planFacts) { f.inFlight = inFlight }
	return []namedWarning{
		{"Turning auto-renew on", changed(on, registration(false, "active", later)).diagnostics()},
		{"Turning it on, with an internationalized name", idn.diagnostics()},
		{"Turning it on before the expiry date is known", changed(on, registration(false, "transfer_pending", "")).diagnostics()},
		{"Turning it on within 30 days of expiry", changed(on, registration(false, "active", soon)).diagnostics()},
		{"Turning it on after expiry", changed(on, registration(false, "redemption_period", past)).diagnostics()},
		{"Turning it on in the redemption period, after the registry moved the date", changed(on, registration(false, "redemption_period", later)).diagnostics()},
		{"Turning it on while it is suspended, with a date in another time zone", changed(on, registration(false, "suspended", "2000-03-01T23:04:05-04:00")).diagnostics()},
		{"Turning it off", changed(off, registration(true, "active", later)).diagnostics()},
		{"Turning it off within 30 days of expiry", changed(off, registration(true, "active", soon)).diagnostics()},
		{"Turning it off after expiry", changed(off, registration(true, "active", past)).diagnostics()},
		{"An unknown auto_renew for a new domain with auto-renew on, within 30 days of expiry", adopted(unknown, registration(true, "active", soon)).diagnostics()},
		{"Turning it on from an unknown value", changed(on, registrationModel{}).diagnostics()},
		{"Turning it off from an unknown value", changed(off, registrationModel{}).diagnostics()},
		{"An unknown account_id", with(adopted(unknown, registrationModel{}), func(f *planFacts) { f.to.id, f.to.account = nil, types.StringUnknown() })},
		{"Turning it on after expiry, with an unknown account_id", with(changed(on, registration(false, "expired", past)), func(f *planFacts) { f.to.id, f.to.account = nil, types.StringUnknown() })},
		{"Adopting a domain that the account does not hold", unread(missing).diagnostics()},
		{"Adopting a domain that the token can't read", unread(refused).diagnostics()},
		{"Adopting with refused credentials", unread(&accountWide).diagnostics()},
		{"Adopting when the API is down", unread(down).diagnostics()},
		{"Adopting when the sandbox is down", with(unread(down), sandbox)},
		{"Destroying", destroyed.diagnostics()},
		{"Destroying while an update is pending", with(destroyed, pending)},
		{"The provider's account changes to one that holds the domain", adopted(on, registration(true, "active", later)).replaced().diagnostics()},
		{"The provider's account changes to one that does not hold the domain", unread(missing).replaced().diagnostics()},
		{"The provider's account changes to one that refuses the credentials", unread(&accountWide).replaced().diagnostics()},
		{"Two resources with the same auto_renew", with(adopted(on, registration(true, "active", later)), func(f *planFacts) { f.other = on })},
		{"Two resources with opposite auto_renew", with(adopted(on, registration(true, "active", later)), func(f *planFacts) { f.other = off })},
		{"A refresh while an update is pending", inFlightWarning(exampleID(), client.Production, *inFlight, &blocked)},
		{"A refresh while an update needs your action", inFlightWarning(exampleID(), client.Production, *inFlight, &action)},
		{"A refresh while a pending update may not show yet", inFlightWarning(exampleID(), client.Production, *inFlight, nil)},
		{"A refresh while an older update still shows", inFlightWarning(exampleID(), client.Production, *inFlight, &ended)},
		{"A plan while an update is pending", with(changed(on, registration(true, "active", later)), pending)},
		{"A plan that reverts a pending update", with(changed(off, registration(true, "active", later)), pending)},
		{"A plan after the sandbox setting changed", otherAPIError(destroyed.state, "the production registrar", client.Sandbox)},
		{"A refresh of an expired domain", lapsedWarning(exampleID(), client.Registration{Status: "expired", ExpiresAt: past})},
		{"A refresh of a domain in its redemption period", lapsedWarning(exampleID(), client.Registration{Status: "redemption_period", ExpiresAt: past})},
		{"A refresh of a domain pending deletion", lapsedWarning(exampleID(), client.Registration{Status: "pending_delete", ExpiresAt: past})},
		{"A refresh of a suspended domain", lapsedWarning(exampleID(), client.Registration{Status: "suspended"})},
		{"A refresh of a domain that is gone", goneWarning(exampleID(), client.Production)},
	}
}

// adoption returns the facts of a plan that creates a resource.
func adoption(id client.DomainID, autoRenew types.Bool, shown registrationModel, err error) planFacts {
	to := &plannedAddress{id: &id, account: types.StringValue(id.Account), name: types.StringValue(string(id.Name))}
	return planFacts{now: time.Now(), accountFrom: envAccountID, to: to, autoRenew: autoRenew, shown: shown, err: err}
}

// managed adds a prior state, with the domain in this account.
func (f planFacts) managed(account string) planFacts {
	f.state = settingsFromAPI(client.DomainID{Account: account, Name: "example.com"}, client.Registration{})
	f.state.AutoRenew = f.shown.AutoRenew
	return f
}

// replaced adds a replacement, because the provider's account differs from the state's.
func (f planFacts) replaced() planFacts {
	f = f.managed("0d5a1b6c7e8f90a1b2c3d4e5f6a7b8c9")
	f.to.replaces, f.to.otherProviderAccount = path.Paths{path.Root("account_id")}, true
	return f
}

func exampleID() client.DomainID {
	return client.DomainID{Account: "023e105f4ecef8ad9ca31a8372d0c353", Name: "example.com"}
}

func knownErrors() []namedError {
	create := configurable("create", types.Object{}, 20*time.Minute)
	read := refreshOperation(types.Object{})
	attempt := func(state client.State, update client.Update) autorenew.Attempt {
		return autorenew.Attempt{ID: exampleID(), Want: true, Update: exampleUpdate(state, update)}
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
	badAccount := unanswered(client.KindInvalid, `account "a b": an account ID has 1 to 32 letters, digits, hyphens or underscores`)
	badAccount.ID.Account = "a b"
	lost := unanswered(client.KindConnectionLost, "read tcp: connection reset by peer")
	lost.Op, lost.Method = setting, "PATCH"
	return []namedError{
		{"The update needs your action", create, &autorenew.ActionRequiredError{
			Attempt: attempt(client.ActionRequired, client.Update{Action: "confirm_registrant_contact", ConfirmationSentTo: "owner@example.com"}),
		}},
		{"The update failed", create, &autorenew.FailedError{Attempt: failed, Shows: &client.Registration{}}},
		{"A joined update failed", create, &autorenew.FailedError{Attempt: joined, Shows: &client.Registration{}}},
		{"The update times out", create, &autorenew.StoppedError{
			Attempt: running, Timeout: true, Sent: true, Cause: create.elapsed(), LastErr: answered(client.KindNotAPI, polling, 502, notAPI),
		}},
		{"A blocked update times out", create, &autorenew.StoppedError{
			Attempt: attempt(client.Blocked, client.Update{BlockedBy: "registry", Detail: "Awaiting registry confirmation. This may take up to 24 hours."}),
			Timeout: true, Sent: true, Cause: create.elapsed(),
		}},
		{"The update times out while the registration shows the value", create, &autorenew.StoppedError{
			Attempt: autorenew.Attempt{ID: exampleID(), Want: true}, Timeout: true, Shows: &client.Registration{AutoRenew: true}, Cause: create.elapsed(),
		}},
		{"The run is interrupted", create, &autorenew.StoppedError{Attempt: running, Sent: true, Cause: context.Canceled}},
		{"The update succeeded, but the registration does not show it", create, &autorenew.UnconfirmedError{Attempt: attempt(client.Succeeded, client.Update{})}},
		{"The update can't be polled", create, &autorenew.PollError{Attempt: running, Err: answered(client.KindRefused, polling, 403, nil, refusal)}},
		{"No PATCH gets an answer", create, &autorenew.AmbiguousError{Sent: 4, Err: lost}},
		{"The account doesn't hold the domain", create, answered(client.KindRefused, reading, 404, nil, client.APIError{Code: 10000, Message: "Domain not found"})},
		{"The API refuses the change", create, answered(client.KindRefused, setting, 400, nil,
			client.APIError{Code: 10000, Message: "Must be a boolean if present", Pointer: "/auto_renew"})},
		{"The response is malformed", read, answered(client.KindMalformed, reading, 200, errors.New(`"auto_renew" is missing`))},
		{"A Retry-After beyond the deadline", read, tooLong},
		{"The server redirects", read, answered(client.KindRedirect, reading, 302, errors.New("the response is a redirect, which the client doesn't follow"))},
		{"An unknown host", read, unanswered(client.KindUnknownHost, "lookup api.cloudflare.com: no such host")},
		{"TLS fails", read, unanswered(client.KindTLS, "tls: failed to verify certificate")},
		{"The connection is lost", read, unanswered(client.KindConnectionLost, "read tcp: connection reset by peer")},
		{"The server is silent", read, unanswered(client.KindAttemptTimeout, "no response within 30s")},
		{"A refresh is interrupted", read, &client.Error{Kind: client.KindRateLimited, Op: reading, ID: exampleID(), Err: context.Canceled}},
		{"The connection of an import is lost", importOperation, unanswered(client.KindConnectionLost, "read tcp: connection reset by peer")},
		{"The account does not hold an imported domain", importOperation, answered(client.KindRefused, reading, 404, nil, client.APIError{Code: 10000, Message: "Domain not found"})},
	}
}

func exampleUpdate(state client.State, more client.Update) client.Update {
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
		Kind: kind, Op: "read the registration of example.com", ID: exampleID(), Method: "GET", Err: errors.New(text),
		Path: "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com",
	}
}
