// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const html = "<!DOCTYPE html><html><body><h1>Error</h1></body></html>"

func TestAnswersThatDoNotSayYes(t *testing.T) {
	t.Parallel()
	const yes = `{"domain_name":"example.com","auto_renew":true}`
	tests := map[string]struct {
		status int
		body   string
		kind   client.Kind
		want   string
	}{
		"no success":               {200, `{"result":` + yes + `}`, client.KindMalformed, `the answer has no "success"`},
		"success of null":          {200, `{"success":null,"result":` + yes + `}`, client.KindMalformed, `the answer has no "success"`},
		"success as text":          {200, `{"success":"true","result":` + yes + `}`, client.KindMalformed, "the answer is not the API's JSON"},
		"success that says no":     {200, `{"success":false,"errors":[{"code":7,"message":"why"}],"result":` + yes + `}`, client.KindRefused, `code 7 "why"`},
		"no without errors":        {200, `{"success":false,"result":` + yes + `}`, client.KindRefused, `the answer says "success": false`},
		"no result":                {200, `{"success":true}`, client.KindMalformed, "the registration is not a JSON object"},
		"a result of null":         {200, `{"success":true,"result":null}`, client.KindMalformed, "the registration is not a JSON object"},
		"a page of a proxy":        {200, html, client.KindMalformed, "the answer is not the API's JSON"},
		"nothing":                  {200, ``, client.KindMalformed, "the answer is not the API's JSON"},
		"no content":               {204, ``, client.KindMalformed, "the answer is not the API's JSON"},
		"half an answer":           {200, `{"success":true,"result":{"domain_name":"exa`, client.KindMalformed, "the answer is not the API's JSON"},
		"two answers":              {200, `{"success":true,"result":` + yes + `}{"success":true}`, client.KindMalformed, "the answer is not the API's JSON"},
		"a list":                   {200, `[]`, client.KindMalformed, "the answer is not the API's JSON"},
		"null":                     {200, `null`, client.KindMalformed, `the answer has no "success"`},
		"an error status and yes":  {400, `{"success":true,"result":` + yes + `}`, client.KindRefused, "HTTP status 400 Bad Request"},
		"a refusal":                {400, `{"success":false,"errors":[{"code":10000,"message":"Must be a boolean if present","source":{"pointer":"/auto_renew"}}]}`, client.KindRefused, `code 10000 "Must be a boolean if present" at /auto_renew`},
		"a refusal in two words":   {403, `{"success":false,"errors":[{"code":1,"message":"a"},{"code":2,"message":"b"}]}`, client.KindRefused, `HTTP status 403 Forbidden, code 1 "a", code 2 "b"`},
		"errors that are no list":  {403, `{"success":false,"errors":{"code":1}}`, client.KindRefused, "HTTP status 403 Forbidden"},
		"a code that is text":      {403, `{"success":false,"errors":[{"code":"10000","message":"a"}]}`, client.KindRefused, `code 10000 "a"`},
		"a code that is no number": {403, `{"success":false,"errors":[{"code":"E1","message":"a"}]}`, client.KindRefused, `"a"`},
		"a code that is an object": {403, `{"success":false,"errors":[{"code":{},"message":"a"}]}`, client.KindRefused, `"a"`},
		"a message that is a list": {403, `{"success":false,"errors":[{"code":1,"message":["a"]}]}`, client.KindRefused, `code 1 "[\"a\"]"`},
		"a source that is text":    {403, `{"success":false,"errors":[{"code":1,"message":"a","source":"x"}]}`, client.KindRefused, `code 1 "a"`},
		"a second error that is a text": {
			403, `{"success":false,"errors":["b",{"code":1,"message":"a"}]}`, client.KindRefused, `code 1 "a"`,
		},
		"an error page":           {404, html, client.KindNotAPI, "the answer is not one of the Cloudflare API"},
		"JSON that is not theirs": {404, `{"message":"no Route matched with those values"}`, client.KindNotAPI, "the answer is not one of the Cloudflare API"},
		"an error without a body": {401, ``, client.KindNotAPI, "HTTP status 401 Unauthorized, the answer is not one of the Cloudflare API"},
		"a status without a name": {499, html, client.KindNotAPI, "HTTP status 499, the answer"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := answering(test.status, test.body, nil)
			_, err := newClient(t, server.Transport()).Registration(t.Context(), exampleID())
			e := problemOf(t, err)
			if e.Kind != test.kind || e.Status != test.status || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v (kind %d, status %d), want kind %d, status %d and %q", err, e.Kind, e.Status, test.kind, test.status, test.want)
			}
			if n := len(server.Requests()); n != 1 {
				t.Errorf("%d requests, want 1: the answer will not change", n)
			}
		})
	}
}

func TestOnlyTheAPIsOwnWordMeansNotFound(t *testing.T) {
	t.Parallel()
	const gone = `{"success":false,"errors":[{"code":10000,"message":"Domain not found"}],"messages":[],"result":null}`
	tests := map[string]struct {
		status int
		body   string
		want   bool
	}{
		"the documented refusal, as 404":     {404, gone, true},
		"several errors, one of them that":   {404, `{"success":false,"errors":[{"code":1},{"code":10000,"message":"x"}]}`, true},
		"the same words as 400 are no 404":   {400, gone, false},
		"the same words as 403 are no 404":   {403, gone, false},
		"the same words as 410 are no 404":   {410, gone, false},
		"the same words beside status 200":   {200, gone, false},
		"a routing error, as of a wrong URL": {404, `{"success":false,"errors":[{"code":7003,"message":"Could not route to /x"}]}`, false},
		"a 404 without errors":               {404, `{"success":false,"errors":[]}`, false},
		"a proxy's 404":                      {404, html, false},
		"a 404 of another API":               {404, `{"code":10000,"message":"Domain not found"}`, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newClient(t, answering(test.status, test.body, nil).Transport()).Registration(t.Context(), exampleID())
			if got := client.IsNotFound(err); got != test.want {
				t.Errorf("IsNotFound(%v) = %t, want %t", err, got, test.want)
			}
		})
	}
}

func TestAnErrorSaysWhatWasDoneToWhom(t *testing.T) {
	t.Parallel()
	server := answering(http.StatusForbidden, `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}`, http.Header{"Cf-Ray": {"8f00-FRA"}})
	_, err := newClient(t, server.Transport(), func(c *client.Config) { c.Product = client.Sandbox }).Registration(t.Context(), exampleID())
	e := problemOf(t, err)
	const text = `reading the registration of example.com: HTTP status 403 Forbidden, code 10000 "Authentication error"`
	if e.Error() != text {
		t.Errorf("Error() = %q, want %q", e.Error(), text)
	}
	if e.ID != exampleID() || e.Method != http.MethodGet || e.Ray != "8f00-FRA" || e.Product != client.Sandbox || !e.HasCode(10000) || e.HasCode(1) {
		t.Errorf("error = %+v", e)
	}
	if want := "/client/v4/accounts/" + account + "/registrar-sandbox/registrations/example.com"; e.Path != want {
		t.Errorf("path = %q, want %q", e.Path, want)
	}
}

func TestRetryAfterIsReadWhereItMeansWaiting(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status int
		want   time.Duration
	}{
		"a quota that is used up":             {429, 7 * time.Second},
		"a server that is busy":               {503, 7 * time.Second},
		"a refusal says nothing about a time": {403, 0},
		"a conflict is waited for otherwise":  {409, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := answering(test.status, html, http.Header{"Retry-After": {"7"}})
			_, err := newClient(t, server.Transport()).SetAutoRenew(t.Context(), exampleID(), true)
			if got := problemOf(t, err).RetryAfter; got != test.want {
				t.Errorf("RetryAfter = %s, want %s", got, test.want)
			}
		})
	}
}

// The server here sends 100 MB and would go on for as long as it is read.
func TestAnEndlessAnswerIsNotReadToItsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(fake.Immediate())
		server.Inject(fake.Fault{Endless: 100 << 20})
		read := &readCounter{transport: server.Transport()}
		_, err := newClient(t, read).Registration(t.Context(), exampleID())
		if e := problemOf(t, err); e.Kind != client.KindMalformed || !strings.Contains(err.Error(), "larger than the limit of 4194304 bytes") {
			t.Errorf("error = %v (kind %d), want it malformed and too large", err, e.Kind)
		}
		if read.bytes > 4<<20+1 {
			t.Errorf("%d bytes read, want 4 MiB and one", read.bytes)
		}
	})
}
