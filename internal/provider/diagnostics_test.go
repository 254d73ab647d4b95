// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/designdoc"
)

// known is an error that users can meet, in a form in which they meet it.
type known struct {
	kind string
	op   operation
	err  error
}

// TestDesignShowsEveryErrorInFull keeps the texts that users see in DESIGN.md, where they can be
// read as a whole: what, which domain and account, status, code, message, cf-ray, what to do.
func TestDesignShowsEveryErrorInFull(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for _, k := range knownErrors() {
		p := k.op.diagnostic(k.err, designID(), client.Production)
		d := p.error()
		fmt.Fprintf(&text, "### %s\n\n```text\nError: %s\n\n%s\n```\n\n", k.kind, d.Summary(), d.Detail())
		for _, want := range []string{"example.com", "023e105f4ecef8ad9ca31a8372d0c353"} {
			if !strings.Contains(d.Summary()+d.Detail(), want) {
				t.Errorf("%s: the text does not name %s", k.kind, want)
			}
		}
		if p.remedy == "" {
			t.Errorf("%s: the text does not say what to do", k.kind)
		}
	}
	designdoc.Section(t, "errors", text.String())
}

func designID() client.DomainID {
	return client.DomainID{Account: "023e105f4ecef8ad9ca31a8372d0c353", Name: "example.com"}
}

func knownErrors() []known {
	create := configurable("create", 20*time.Minute)
	read := configurable("read", 5*time.Minute)
	return []known{
		{"A person has to act", create, &autorenew.ActionRequiredError{
			ID: designID(), Want: true,
			Update: designUpdate(client.ActionRequired, client.Update{Action: "confirm_registrant_contact", ConfirmationSentTo: "owner@example.com"}),
		}},
		{"The update failed", create, &autorenew.FailedError{
			ID: designID(), Want: true, Shows: new(false),
			Update: designUpdate(client.Failed, client.Update{ErrorCode: "registry_rejected", ErrorMessage: "Registry rejected the update request."}),
		}},
		{"An update failed that somebody else started", create, &autorenew.FailedError{
			ID: designID(), Want: true, Joined: true, Shows: new(false),
			Update: designUpdate(client.Failed, client.Update{ErrorCode: "registry_rejected", ErrorMessage: "Registry rejected the update request."}),
		}},
		{"The time is up", create, &autorenew.StoppedError{
			ID: designID(), Want: true, Timeout: true, Sent: true, Waited: 20 * time.Minute, Cause: create.elapsed(),
			Update:  new(designUpdate(client.InProgress, client.Update{})),
			Trouble: answered(client.KindNotAPI, "looking at the update of example.com", 502, errors.New("the answer is not one of the Cloudflare API")),
		}},
		{"The time is up while a third party is in the way", create, &autorenew.StoppedError{
			ID: designID(), Want: true, Timeout: true, Sent: true, Waited: 20 * time.Minute, Cause: create.elapsed(),
			Update: new(designUpdate(client.Blocked, client.Update{})),
		}},
		{"The run is interrupted", create, &autorenew.StoppedError{
			ID: designID(), Want: true, Sent: true, Waited: 42 * time.Second, Cause: context.Canceled,
			Update: new(designUpdate(client.InProgress, client.Update{})),
		}},
		{"The update succeeded and does not show", create, &autorenew.UnconfirmedError{
			ID: designID(), Want: true, Shows: false, Update: designUpdate(client.Succeeded, client.Update{}),
		}},
		{"The update can no longer be watched", create, &autorenew.PollError{
			ID: designID(), Want: true, Update: designUpdate(client.InProgress, client.Update{}),
			Err: answered(client.KindRefused, "looking at the update of example.com", 403, nil, client.APIError{Code: 10000, Message: "Authentication error"}),
		}},
		{"No request to change it was answered", create, &autorenew.AmbiguousError{
			Tries: 4, Err: answered(client.KindNotAPI, "setting auto_renew of example.com to true", 502, errors.New("the answer is not one of the Cloudflare API")),
		}},
		{"The account does not hold the domain", create, &autorenew.NotRegisteredError{
			ID: designID(), Err: answered(client.KindRefused, "reading the registration of example.com", 404, nil, client.APIError{Code: 10000, Message: "Domain not found"}),
		}},
		{"The credentials are refused", read, answered(client.KindRefused, "reading the registration of example.com", 403, nil,
			client.APIError{Code: 10000, Message: "Authentication error"})},
		{"The token is bound to other addresses", read, answered(client.KindRefused, "reading the registration of example.com", 403, nil,
			client.APIError{Code: 9109, Message: "Cannot use the access token from location: 203.0.113.7"})},
		{"The API refuses the change", create, answered(client.KindRefused, "setting auto_renew of example.com to true", 400, nil,
			client.APIError{Code: 10000, Message: "Must be a boolean if present", Pointer: "/auto_renew"})},
		{"The base URL is wrong", read, answered(client.KindRefused, "reading the registration of example.com", 404, nil,
			client.APIError{Code: 7003, Message: "Could not route to /accounts, perhaps your object identifier is invalid?"})},
		{"Something else answers in the API's place", read, answered(client.KindNotAPI, "reading the registration of example.com", 403,
			errors.New("the answer is not one of the Cloudflare API"))},
		{"The answer cannot be relied on", read, answered(client.KindMalformed, "reading the registration of example.com", 200,
			errors.New(`"auto_renew" is missing`))},
		{"The server asks to wait longer than there is time", read, &client.Error{
			Kind: client.KindRefused, Op: "reading the registration of example.com", ID: designID(), Status: 429, RequiredWait: 10 * time.Minute,
			Method: "GET", Path: designPath, Ray: "8f00000000000001-FRA",
		}},
		{"The server redirects", read, answered(client.KindRedirect, "reading the registration of example.com", 302, errors.New("a redirect, which is not followed"))},
		{"The host is unknown", read, unanswered(client.KindUnknownHost, "lookup api.cloudflare.com: no such host")},
		{"No secure connection can be agreed on", read, unanswered(client.KindTLS, "tls: failed to verify certificate")},
		{"No connection can be made", read, unanswered(client.KindUnreachable, "dial tcp 192.0.2.1:443: connect: connection refused")},
		{"The connection breaks again and again", read, unanswered(client.KindConnectionLost, "read tcp: connection reset by peer")},
		{"The server does not answer", read, unanswered(client.KindAttemptTimeout, "no answer within 30s")},
	}
}

const designPath = "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/registrar/registrations/example.com"

func designUpdate(state client.State, more client.Update) client.Update {
	more.State = state
	more.CreatedAt = time.Date(2027, 1, 31, 9, 0, 0, 0, time.UTC)
	more.UpdatedAt = time.Date(2027, 1, 31, 9, 0, 45, 0, time.UTC)
	return more
}

func answered(kind client.Kind, doing string, status int, err error, answers ...client.APIError) *client.Error {
	e := &client.Error{
		Kind: kind, Op: doing, ID: designID(), Method: "GET", Path: designPath, Status: status, Errors: answers,
		Ray: "8f00000000000001-FRA", Err: err,
	}
	switch {
	case strings.HasPrefix(doing, "setting"):
		e.Method = "PATCH"
	case strings.HasPrefix(doing, "looking at the update"):
		e.Path += "/update-status"
	}
	return e
}

func unanswered(kind client.Kind, text string) *client.Error {
	return &client.Error{Kind: kind, Op: "reading the registration of example.com", ID: designID(), Method: "GET", Path: designPath, Err: errors.New(text)}
}
