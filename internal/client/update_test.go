// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestSetAutoRenewSendsOnePatch(t *testing.T) {
	t.Parallel()
	type row struct {
		on, async    bool
		body, prefer string
	}
	for _, row := range []row{{true, true, `{"auto_renew":true}`, "respond-async"}, {false, false, `{"auto_renew":false}`, ""}} {
		server := fake.New(fake.WithDomain(fake.Domain{Name: domain, Account: account, AutoRenew: !row.on}))
		c := newClient(t, server.Transport(), func(c *client.Config) { c.RespondAsync = row.async })
		if _, err := c.SetAutoRenew(t.Context(), exampleID(), row.on); err != nil {
			t.Error(err)
		}
		wantRequests(t, server, 1)
		if got := server.Requests()[0]; got.Method != http.MethodPatch || got.Path != domainPath || got.Query != "" || got.Body != row.body || got.Prefer != row.prefer {
			t.Errorf("request = %+v, want a PATCH of %s with %s and Prefer %q", got, domainPath, row.body, row.prefer)
		}
	}
}

func TestPatchIsNeverRetried(t *testing.T) {
	// A PATCH can cause a charge, so the caller must find out whether the first one took effect.
	// TestOneRequestPerCall covers broken connections.
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, status := range []int{408, 409, 425, 429, 500, 502, 503, 504, 524} {
			for body, kind := range map[string]client.Kind{refusal: client.KindRefused, html: client.KindNotAPI} {
				server := answering(status, body, http.Header{"Retry-After": {"1"}})
				_, err := newClient(t, server.Transport()).SetAutoRenew(t.Context(), exampleID(), true)
				if e := matchError(t, err, kind, status, ""); e.RetryAfter != time.Second {
					t.Errorf("status %d: RetryAfter = %s, want 1s", status, e.RetryAfter)
				}
				time.Sleep(time.Hour) // in case another request follows
				wantRequests(t, server, 1)
			}
		}
	})
}

// updateLink is a safe link.
var updateLink = &url.URL{
	Scheme: "https", Host: "api.example.net",
	Path: "/client/v4" + domainPath + "/updates/42", RawPath: "/client/v4" + domainPath + "/updates/42",
}

func TestDecodeUpdates(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	type row struct {
		result, context string
		want            client.Update // with the context, and State "pending" unless set
	}
	client.Each(t, map[string]row{
		"completion":                        {`"state":"succeeded","completed":true`, ``, client.Update{State: client.Succeeded, Completed: true}},
		"times":                             {`"state":"pending","created_at":"2026-03-01T12:00:00Z","updated_at":"2026-03-01T12:00:00Z"`, ``, client.Update{CreatedAt: began, UpdatedAt: began}},
		"invalid times":                     {`"state":"pending","created_at":"yesterday","updated_at":7`, ``, client.Update{}},
		"a link":                            {`"state":"pending","links":{"self":"` + domainPath + `/updates/42"}`, ``, client.Update{Link: updateLink}},
		"a link of another type":            {`"state":"pending","links":{"self":7}`, ``, client.Update{}},
		"an error":                          {`"state":"failed","error":{"code":"registry_rejected","message":"Registry\nrejected."}`, ``, client.Update{State: client.Failed, ErrorCode: "registry_rejected", ErrorMessage: "Registry rejected."}},
		"an error with other types":         {`"state":"failed","error":{"code":17,"message":["a","b"]}`, ``, client.Update{State: client.Failed, ErrorCode: "17", ErrorMessage: `["a","b"]`}},
		"a required action":                 {`"state":"action_required"`, `{"domain_name":"Example.COM","action":"confirm","confirmation_sent_to":"` + email + `"}`, client.Update{State: client.ActionRequired, Action: "confirm", ConfirmationSentTo: email}},
		"a blocked update":                  {`"state":"blocked"`, `{"blocked_by":"registry","detail":"Up to 24 hours."}`, client.Update{State: client.Blocked, BlockedBy: "registry", Detail: "Up to 24 hours."}},
		"a context that is a list":          {`"state":"verifying","context":[1]`, ``, client.Update{State: "verifying"}},
		"a registration":                    {`"state":"succeeded"`, `{"registration":{"domain_name":"example.com","auto_renew":true}}`, client.Update{State: client.Succeeded, Registration: &client.Registration{Name: "example.com", AutoRenew: true}}},
		"a registration without auto_renew": {`"state":"succeeded"`, `{"registration":{"domain_name":"example.com"}}`, client.Update{State: client.Succeeded}},
		"another domain's registration":     {`"state":"succeeded"`, `{"registration":{"domain_name":"example.org","auto_renew":true}}`, client.Update{State: client.Succeeded}},
	}, func(t *testing.T, row row) {
		row.want.State = cmp.Or(row.want.State, client.Pending)
		if row.context != "" {
			row.result += `,"context":` + row.context
			row.want.Context = json.RawMessage(row.context)
		}
		c := newClient(t, succeeding("{"+row.result+"}").Transport(), func(c *client.Config) { c.Credentials = client.Credentials{Key: key, Email: email} })
		got, err := c.UpdateStatus(t.Context(), exampleID())
		got.ServerTime = time.Time{} // see TestDecodeUpdateHeaders
		if err != nil || !reflect.DeepEqual(got, row.want) {
			t.Errorf("update = %+v, %v\nwant %+v", got, err, row.want)
		}
	})
}

func TestMalformedUpdates(t *testing.T) {
	t.Parallel()
	client.Each(t, map[string]struct{ result, want string }{
		"no state":                         {`{"completed":true}`, `"state" is missing`},
		"a state with control characters":  {`{"state":"\u0007"}`, `"state" is empty`},
		"another domain in its context":    {`{"state":"succeeded","context":{"domain_name":"example.org"}}`, `the response is about "example.org"`},
		"another domain next to its state": {`{"state":"succeeded","domain_name":"example.org"}`, `the response is about "example.org"`},
		"null":                             {`null`, "the update is not a JSON object"},
	}, func(t *testing.T, row struct{ result, want string }) {
		got, err := newClient(t, succeeding(row.result).Transport()).UpdateStatus(t.Context(), exampleID())
		wantError(t, err, client.KindMalformed, 200, row.want)
		if !reflect.DeepEqual(got, client.Update{}) {
			t.Errorf("the client decoded it: %+v", got)
		}
	})
}

func TestPollUpdateSendsOneRequest(t *testing.T) {
	t.Parallel()
	for link, want := range map[*url.URL]string{updateLink: domainPath + "/updates/42", nil: statusPath} {
		server := answering(http.StatusServiceUnavailable, html, nil)
		_, _ = newClient(t, server.Transport()).PollUpdate(t.Context(), exampleID(), link)
		if requests := server.Requests(); len(requests) != 1 || requests[0].Path != want {
			t.Errorf("requests = %+v, want one for %s", requests, want)
		}
	}
}

func TestDecodeUpdateHeaders(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]time.Time{
		"Thu, 02 Jan 2020 03:14:05 GMT": time.Date(2020, time.January, 2, 3, 14, 5, 0, time.UTC),
		"":                              {},
		"today":                         {},
	} {
		server := answering(http.StatusOK, `{"success":true,"result":{"state":"pending"}}`, http.Header{"Date": {date}, "Retry-After": {"7"}})
		got, err := newClient(t, server.Transport()).PollUpdate(t.Context(), exampleID(), nil)
		if err != nil || !got.ServerTime.Equal(want) || got.RetryAfter != 7*time.Second {
			t.Errorf("Date %q: server time %s, RetryAfter %s, %v; want %s and 7s", date, got.ServerTime, got.RetryAfter, err, want)
		}
	}
}
