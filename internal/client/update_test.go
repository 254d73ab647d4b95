// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestSettingAutoRenewIsOnePatchOfOneBoolean(t *testing.T) {
	t.Parallel()
	type row struct {
		on, async    bool
		body, prefer string
	}
	client.Each(t, map[string]row{
		"on":                          {on: true, body: `{"auto_renew":true}`},
		"off, which must travel too":  {on: false, body: `{"auto_renew":false}`},
		"on, without being held":      {on: true, async: true, body: `{"auto_renew":true}`, prefer: "respond-async"},
		"off, and without being held": {on: false, async: true, body: `{"auto_renew":false}`, prefer: "respond-async"},
	}, func(t *testing.T, row row) {
		server := fake.New(fake.WithDomain(fake.Domain{Name: domain, Account: account, AutoRenew: !row.on}))
		c := newClient(t, server.Transport(), func(c *client.Config) { c.RespondAsync = row.async })
		if _, err := c.SetAutoRenew(t.Context(), exampleID(), row.on); err != nil {
			t.Fatal(err)
		}
		requests := server.Requests()
		if len(requests) != 1 || requests[0].Method != http.MethodPatch || requests[0].Path != domainPath || requests[0].Query != "" {
			t.Fatalf("requests = %+v, want one PATCH of %s", requests, domainPath)
		}
		if got := requests[0]; got.Body != row.body || got.Prefer != row.prefer {
			t.Errorf("body %s, Prefer %q; want %s and %q", got.Body, got.Prefer, row.body, row.prefer)
		}
		if truth, _ := server.Registration(account, domain); truth.AutoRenew != row.on {
			t.Errorf("auto_renew = %t, want %t", truth.AutoRenew, row.on)
		}
		if v := server.Violations(); len(v) != 0 {
			t.Errorf("violations: %q", v)
		}
	})
}

// A PATCH can mean a charge. Whether the first was acted on is for the caller to find out.
func TestAPatchIsNeverSentAgainByItself(t *testing.T) {
	t.Parallel()
	const refusal = `{"success":false,"errors":[{"code":10000,"message":"no"}]}`
	type row struct {
		fault fake.Fault
		kind  client.Kind
		sent  int
	}
	client.EachInFakeTime(t, map[string]row{
		"a refused connection":        {fake.Fault{Refuse: true}, client.KindUnreachable, 0},
		"a reset before it acted":     {fake.Fault{ResetBefore: true}, client.KindConnectionLost, 1},
		"a reset after it acted":      {fake.Fault{ResetAfter: true}, client.KindConnectionLost, 1},
		"a reset before it acts late": {fake.Fault{ActLater: time.Second}, client.KindConnectionLost, 1},
		"half an answer":              {fake.Fault{Truncate: 20}, client.KindConnectionLost, 1},
		"no answer in time":           {fake.Fault{Delay: time.Minute}, client.KindAttemptTimeout, 1},
		"no end of it in time":        {fake.Fault{DelayBody: time.Minute}, client.KindAttemptTimeout, 1},
		"an answer without end":       {fake.Fault{Endless: 100 << 20}, client.KindMalformed, 1},
		"an answer without state":     {fake.Fault{OmitField: "state"}, client.KindMalformed, 1},
		"a refusal beside status 200": {fake.Fault{Status: 200, Body: refusal}, client.KindRefused, 1},
		"400":                         {fake.Fault{Status: 400, Body: refusal}, client.KindRefused, 1},
		"408":                         {fake.Fault{Status: 408, Body: refusal}, client.KindRefused, 1},
		"409":                         {fake.Fault{Status: 409, Body: refusal}, client.KindRefused, 1},
		"425":                         {fake.Fault{Status: 425, Body: refusal}, client.KindRefused, 1},
		"429":                         {fake.Fault{Status: 429, Body: refusal}, client.KindRefused, 1},
		"429 with a Retry-After":      {fake.Fault{Status: 429, Body: refusal, Header: http.Header{"Retry-After": {"1"}}}, client.KindRefused, 1},
		"500":                         {fake.Fault{Status: 500, Body: refusal}, client.KindRefused, 1},
		"502 from a gateway":          {fake.Fault{Status: 502, Body: html}, client.KindNotAPI, 1},
		"503":                         {fake.Fault{Status: 503, Body: refusal}, client.KindRefused, 1},
		"524 from the edge":           {fake.Fault{Status: 524, Body: html}, client.KindNotAPI, 1},
		"a redirect":                  {fake.Fault{Status: 307, Header: http.Header{"Location": {"/elsewhere"}}}, client.KindRedirect, 1},
	}, func(t *testing.T, row row) {
		server := newServer(fake.Immediate())
		server.Inject(row.fault)
		_, err := newClient(t, server.Transport()).SetAutoRenew(t.Context(), exampleID(), true)
		if e := problemOf(t, err); e.Kind != row.kind {
			t.Errorf("error = %v (kind %d), want kind %d", err, e.Kind, row.kind)
		}
		time.Sleep(time.Hour) // in case something is still to come
		if got := len(server.Requests()); got != row.sent {
			t.Errorf("%d requests, want %d", got, row.sent)
		}
	})
}

func TestAnUpdateThatTheServerHeldIsWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(fake.Held(8 * time.Second))
		started := time.Now()
		update, err := newClient(t, server.Transport()).SetAutoRenew(t.Context(), exampleID(), true)
		if err != nil || update.State != client.Succeeded || !update.Completed || time.Since(started) != 8*time.Second {
			t.Errorf("update = %+v, %v after %s; want success after 8s", update, err, time.Since(started))
		}
		if r := update.Registration; r == nil || r.Name != domain || !r.AutoRenew || !r.Complete() {
			t.Errorf("registration = %+v, want the whole one with auto_renew", r)
		}
	})
}

func TestAnUpdateThatGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(fake.Slow(time.Minute))
		c := newClient(t, server.Transport())
		update, err := c.SetAutoRenew(t.Context(), exampleID(), true)
		if err != nil || update.State != client.Pending || update.Completed || update.Link != nil || update.Registration != nil {
			t.Fatalf("update = %+v, %v; want it pending", update, err)
		}
		time.Sleep(2 * time.Minute)
		update, err = c.PollUpdate(t.Context(), exampleID(), update.Link)
		if err != nil || update.State != client.Succeeded || !update.CreatedAt.Equal(time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("update = %+v, %v; want success of what began at midnight", update, err)
		}
	})
}

func TestWhatIsReadOfAnUpdate(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	type row struct {
		result string
		want   client.Update
	}
	client.Each(t, map[string]row{
		"its state alone":               {`{"state":"in_progress"}`, client.Update{State: client.InProgress}},
		"a state that nobody knows":     {`{"state":"verifying"}`, client.Update{State: "verifying"}},
		"that it is over":               {`{"state":"succeeded","completed":true}`, client.Update{State: client.Succeeded, Completed: true}},
		"an end that is no boolean":     {`{"state":"succeeded","completed":"true"}`, client.Update{State: client.Succeeded}},
		"an end that contradicts":       {`{"state":"in_progress","completed":true}`, client.Update{State: client.InProgress, Completed: true}},
		"its times":                     {`{"state":"pending","created_at":"2026-03-01T12:00:00Z","updated_at":"2026-03-01T13:00:00+01:00"}`, client.Update{State: client.Pending, CreatedAt: began, UpdatedAt: began}},
		"times that are none":           {`{"state":"pending","created_at":"yesterday","updated_at":7}`, client.Update{State: client.Pending}},
		"its link":                      {`{"state":"pending","links":{"self":"` + domainPath + `/updates/42"}}`, client.Update{State: client.Pending, Link: updateLink}},
		"a link that is not followed":   {`{"state":"pending","links":{"self":"/x"}}`, client.Update{State: client.Pending}},
		"what is in the way":            {`{"state":"blocked","context":{"blocked_by":"registry","detail":"Up to 24 hours."}}`, client.Update{State: client.Blocked, BlockedBy: "registry", Detail: "Up to 24 hours.", Context: json.RawMessage(`{"blocked_by":"registry","detail":"Up to 24 hours."}`)}},
		"links that are none":           {`{"state":"pending","links":"/x"}`, client.Update{State: client.Pending}},
		"a link that is none":           {`{"state":"pending","links":{"self":7}}`, client.Update{State: client.Pending}},
		"why it failed":                 {`{"state":"failed","error":{"code":"registry_rejected","message":"Registry\nrejected."}}`, client.Update{State: client.Failed, ErrorCode: "registry_rejected", ErrorMessage: "Registry rejected."}},
		"why it failed, in other forms": {`{"state":"failed","error":{"code":17,"message":["a","b"]}}`, client.Update{State: client.Failed, ErrorCode: "17", ErrorMessage: `["a","b"]`}},
		"no error":                      {`{"state":"succeeded","error":null}`, client.Update{State: client.Succeeded}},
		"an error that is text":         {`{"state":"failed","error":"why"}`, client.Update{State: client.Failed}},
		"what a person has to do": {
			`{"state":"action_required","context":{"domain_name":"Example.COM","action":"confirm","confirmation_sent_to":"a@b.example"}}`,
			client.Update{
				State: client.ActionRequired, Action: "confirm", ConfirmationSentTo: "a@b.example",
				Context: json.RawMessage(`{"domain_name":"Example.COM","action":"confirm","confirmation_sent_to":"a@b.example"}`),
			},
		},
		"whom it is about, beside the state": {`{"state":"pending","domain_name":"example.com"}`, client.Update{State: client.Pending}},
		"a name that is no text":             {`{"state":"pending","domain_name":7,"context":{"domain_name":null}}`, client.Update{State: client.Pending, Context: json.RawMessage(`{"domain_name":null}`)}},
		"a context that is a list":           {`{"state":"pending","context":[1]}`, client.Update{State: client.Pending}},
		"a registration of its own": {
			`{"state":"succeeded","context":{"registration":{"domain_name":"example.com","auto_renew":true}}}`,
			client.Update{
				State: client.Succeeded, Registration: &client.Registration{Name: "example.com", AutoRenew: true},
				Context: json.RawMessage(`{"registration":{"domain_name":"example.com","auto_renew":true}}`),
			},
		},
		"a registration without its value proves nothing": {
			`{"state":"succeeded","context":{"registration":{"domain_name":"example.com"}}}`,
			client.Update{State: client.Succeeded, Context: json.RawMessage(`{"registration":{"domain_name":"example.com"}}`)},
		},
		"the registration of another proves nothing": {
			`{"state":"succeeded","context":{"registration":{"domain_name":"example.org","auto_renew":true}}}`,
			client.Update{State: client.Succeeded, Context: json.RawMessage(`{"registration":{"domain_name":"example.org","auto_renew":true}}`)},
		},
	}, func(t *testing.T, row row) {
		got, err := newClient(t, succeeding(row.result).Transport()).UpdateStatus(t.Context(), exampleID())
		if err != nil || !got.CreatedAt.Equal(row.want.CreatedAt) || !got.UpdatedAt.Equal(row.want.UpdatedAt) {
			t.Errorf("update = %+v, %v\nwant %+v", got, err, row.want)
		}
		got.CreatedAt, got.UpdatedAt, row.want.CreatedAt, row.want.UpdatedAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
		got.ServerTime = time.Time{} // by the clock of the test
		if !reflect.DeepEqual(got, row.want) {
			t.Errorf("update = %+v\nwant %+v", got, row.want)
		}
	})
}

func TestUpdatesOnWhichNothingCanRest(t *testing.T) {
	t.Parallel()
	client.Each(t, map[string]struct{ result, want string }{
		"no state":                         {`{"completed":true}`, `"state" is missing`},
		"a state of null":                  {`{"state":null}`, `"state" is null, not a string`},
		"a state that is a number":         {`{"state":1}`, `"state" is 1, not a string`},
		"an empty state":                   {`{"state":""}`, `"state" is empty`},
		"a state of control characters":    {`{"state":"\u0007"}`, `"state" is empty`},
		"another domain in its context":    {`{"state":"succeeded","context":{"domain_name":"example.org"}}`, `the response is about "example.org"`},
		"another domain beside its state":  {`{"state":"succeeded","domain_name":"example.org"}`, `the response is about "example.org"`},
		"two domains, one of them another": {`{"state":"succeeded","domain_name":"example.com","context":{"domain_name":"example.org"}}`, `the response is about "example.org"`},
		"an empty name in its context":     {`{"state":"succeeded","context":{"domain_name":""}}`, `the response is about ""`},
		"null":                             {`null`, "the update is not a JSON object"},
		"a list":                           {`[]`, "the update is not a JSON object"},
		"text":                             {`"succeeded"`, "the update is not a JSON object"},
	}, func(t *testing.T, row struct{ result, want string }) {
		got, err := newClient(t, succeeding(row.result).Transport()).UpdateStatus(t.Context(), exampleID())
		if e := problemOf(t, err); e.Kind != client.KindMalformed || !strings.Contains(err.Error(), row.want) {
			t.Errorf("error = %v (kind %d), want it malformed with %q", err, e.Kind, row.want)
		}
		if !reflect.DeepEqual(got, client.Update{}) {
			t.Errorf("something was concluded from it: %+v", got)
		}
	})
}

func TestTheServersRetryAfterComesAlong(t *testing.T) {
	t.Parallel()
	server := answering(http.StatusOK, `{"success":true,"result":{"state":"pending"}}`, http.Header{"Retry-After": {"7"}})
	got, err := newClient(t, server.Transport()).PollUpdate(t.Context(), exampleID(), nil)
	if err != nil || got.RetryAfter != 7*time.Second {
		t.Errorf("RetryAfter = %s, %v; want 7s", got.RetryAfter, err)
	}
}

func TestNoUpdateIsNotFound(t *testing.T) {
	t.Parallel()
	_, err := newClient(t, newServer(fake.Immediate()).Transport()).UpdateStatus(t.Context(), exampleID())
	if !client.IsNotFound(err) || !strings.Contains(err.Error(), "No workflow found for example.com") {
		t.Errorf("error = %v, want the API's word that there is none", err)
	}
}

// updateLink is a link that may be followed.
var updateLink = &url.URL{Scheme: "https", Host: "api.example.net", Path: "/client/v4" + domainPath + "/updates/42"}

func TestAPollIsOneRequest(t *testing.T) {
	t.Parallel()
	const own = domainPath + "/updates/42"
	type row struct {
		link  *url.URL
		fault fake.Fault
		path  string
	}
	client.Each(t, map[string]row{
		"of the link": {updateLink, fake.Fault{}, own},
		"of the documented address without a link":  {nil, fake.Fault{}, statusPath},
		"of the link alone where that is refused":   {updateLink, fake.Fault{Status: 403, Body: html}, own},
		"of the link alone where that breaks":       {updateLink, fake.Fault{ResetBefore: true}, own},
		"of the link alone where that is not found": {updateLink, fake.Fault{Status: 404, Body: html}, own},
		"whatever it is answered":                   {nil, fake.Fault{Status: 503, Body: html}, statusPath},
	}, func(t *testing.T, row row) {
		server := newServer(fake.Slow(time.Hour))
		server.Inject(row.fault)
		_, _ = newClient(t, server.Transport()).PollUpdate(t.Context(), exampleID(), row.link)
		if requests := server.Requests(); len(requests) != 1 || requests[0].Path != row.path {
			t.Errorf("requests = %+v, want one of %s", requests, row.path)
		}
	})
}

func TestServerTimeIsTheResponsesDate(t *testing.T) {
	t.Parallel()
	type row struct {
		date string
		want time.Time
	}
	client.Each(t, map[string]row{
		"a date":                     {"Thu, 02 Jan 2020 03:14:05 GMT", time.Date(2020, time.January, 2, 3, 14, 5, 0, time.UTC)},
		"no date":                    {"", time.Time{}},
		"a date that cannot be read": {"today", time.Time{}},
	}, func(t *testing.T, row row) {
		server := answering(http.StatusOK, `{"success":true,"result":{"state":"succeeded"}}`, http.Header{"Date": {row.date}})
		got, err := newClient(t, server.Transport()).UpdateStatus(t.Context(), exampleID())
		if err != nil || !got.ServerTime.Equal(row.want) {
			t.Errorf("server time %s, %v; want %s", got.ServerTime, err, row.want)
		}
	})
}
