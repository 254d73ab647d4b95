// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestResponsesThatAreNoSuccess(t *testing.T) {
	t.Parallel()
	const (
		yes    = `{"domain_name":"example.com","auto_renew":true}`
		noJSON = "the response is not the API's JSON"
		notAPI = "the response did not come from the Cloudflare API"
	)
	type row struct {
		status int
		body   string
		kind   client.Kind
		want   string
	}
	client.Each(t, map[string]row{
		"no success":               {200, `{"result":` + yes + `}`, client.KindMalformed, `the response has no "success"`},
		"success of null":          {200, `{"success":null,"result":` + yes + `}`, client.KindMalformed, `the response has no "success"`},
		"success as text":          {200, `{"success":"true","result":` + yes + `}`, client.KindMalformed, noJSON},
		"success that says no":     {200, `{"success":false,"errors":[{"code":7,"message":"why"}],"result":` + yes + `}`, client.KindRefused, `code 7 "why"`},
		"no without errors":        {200, `{"success":false,"result":` + yes + `}`, client.KindRefused, `the response says "success": false`},
		"no result":                {200, `{"success":true}`, client.KindMalformed, "the registration is not a JSON object"},
		"a page of a proxy":        {200, html, client.KindMalformed, noJSON},
		"no content":               {204, ``, client.KindMalformed, noJSON},
		"half a response":          {200, `{"success":true,"result":{"domain_name":"exa`, client.KindMalformed, noJSON},
		"two responses":            {200, `{"success":true,"result":` + yes + `}{"success":true}`, client.KindMalformed, noJSON},
		"a list":                   {200, `[]`, client.KindMalformed, noJSON},
		"null":                     {200, `null`, client.KindMalformed, `the response has no "success"`},
		"an error status and yes":  {400, `{"success":true,"result":` + yes + `}`, client.KindRefused, "HTTP status 400 Bad Request"},
		"a refusal":                {400, `{"success":false,"errors":[{"code":10000,"message":"Must be a boolean if present","source":{"pointer":"/auto_renew"}}]}`, client.KindRefused, `code 10000 "Must be a boolean if present" at /auto_renew`},
		"a refusal with two codes": {403, `{"success":false,"errors":[{"code":1,"message":"a"},{"code":2,"message":"b"}]}`, client.KindRefused, `HTTP status 403 Forbidden, code 1 "a", code 2 "b"`},
		"errors that are no list":  {403, `{"success":false,"errors":{"code":1}}`, client.KindRefused, "HTTP status 403 Forbidden"},
		"a code that is text":      {403, `{"success":false,"errors":[{"code":"10000","message":"a"}]}`, client.KindRefused, `code 10000 "a"`},
		"a code that is an object": {403, `{"success":false,"errors":[{"code":{},"message":"a"}]}`, client.KindRefused, `code 0 "a"`},
		"a message that is a list": {403, `{"success":false,"errors":[{"code":1,"message":["a"]}]}`, client.KindRefused, `code 1 "[\"a\"]"`},
		"a source that is text":    {403, `{"success":false,"errors":[{"code":1,"message":"a","source":"x"}]}`, client.KindRefused, `code 1 "a"`},
		"an error that is text":    {403, `{"success":false,"errors":["b",{"code":1,"message":"a"}]}`, client.KindRefused, `code 1 "a"`},
		"an error page":            {404, html, client.KindNotAPI, notAPI},
		"JSON of something else":   {404, `{"message":"no Route matched with those values"}`, client.KindNotAPI, notAPI},
		"an error without a body":  {401, ``, client.KindNotAPI, "HTTP status 401 Unauthorized, " + notAPI},
		"a status without a name":  {499, html, client.KindNotAPI, "HTTP status 499, the response"},
		"300":                      {300, ``, client.KindRedirect, "a redirect, which is not followed"},
		"301":                      {301, ``, client.KindRedirect, "a redirect, which is not followed"},
		"302 with a result":        {302, `{"success":true,"result":` + yes + `}`, client.KindRedirect, "a redirect, which is not followed"},
		"303":                      {303, ``, client.KindRedirect, "a redirect, which is not followed"},
		"307":                      {307, ``, client.KindRedirect, "a redirect, which is not followed"},
		"308":                      {308, ``, client.KindRedirect, "a redirect, which is not followed"},
	}, func(t *testing.T, row row) {
		server := answering(row.status, row.body, http.Header{"Location": {"/followed"}})
		c := newClient(t, server.Transport())
		_, err := c.Registration(t.Context(), exampleID())
		wantError(t, err, row.kind, row.status, row.want)
		if row.want != "the registration is not a JSON object" {
			_, err = c.SetAutoRenew(t.Context(), exampleID(), true)
			wantError(t, err, row.kind, row.status, row.want)
			wantRequests(t, server, 2) // neither is repeated: the response will not change
		}
	})
}

// What the API's own words mean, by status. "No workflow found" has no documented number.
func TestIsNotFoundAndIsNoUpdate(t *testing.T) {
	t.Parallel()
	const gone = `{"success":false,"errors":[{"code":10000,"message":"No workflow found"}],"messages":[],"result":null}`
	type row struct {
		status             int
		body               string
		notFound, noUpdate bool
	}
	client.EachInFakeTime(t, map[string]row{
		"404":                    {404, gone, true, true},
		"several errors":         {404, `{"success":false,"errors":[{"code":1},{"code":10000,"message":"x"}]}`, true, true},
		"400":                    {400, gone, false, true},
		"410":                    {410, gone, false, true},
		"422":                    {422, gone, false, true},
		"499":                    {499, gone, false, true},
		"401":                    {401, gone, false, false},
		"403":                    {403, gone, false, false},
		"a success that says no": {200, gone, false, false},
		"a redirect":             {302, gone, false, false},
		"501":                    {501, gone, false, false},
		"a routing error":        {404, `{"success":false,"errors":[{"code":7003,"message":"Could not route to /x"}]}`, false, false},
		"no errors":              {404, `{"success":false,"errors":[]}`, false, false},
		"a proxy's 404":          {404, html, false, false},
		"a 404 of another API":   {404, `{"code":10000,"message":"Domain not found"}`, false, false},
	}, func(t *testing.T, row row) {
		server := answering(row.status, row.body, nil)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := newClient(t, server.Transport()).UpdateStatus(ctx, exampleID())
		if got := client.IsNotFound(err); got != row.notFound {
			t.Errorf("IsNotFound(%v) = %t, want %t", err, got, row.notFound)
		}
		if got := client.IsNoUpdate(err); got != row.noUpdate {
			t.Errorf("IsNoUpdate(%v) = %t, want %t", err, got, row.noUpdate)
		}
		wantRequests(t, server, 1)
	})
}

func TestAnErrorSaysWhatWasDoneToWhom(t *testing.T) {
	t.Parallel()
	server := answering(http.StatusOK, `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}`, http.Header{"Cf-Ray": {"8f00-FRA"}})
	c := newClient(t, server.Transport(), func(c *client.Config) { c.Product = client.Sandbox })
	const path = "/client/v4/accounts/" + account + "/registrar-sandbox/registrations"
	_, reading := c.Registration(t.Context(), exampleID())
	_, setting := c.SetAutoRenew(t.Context(), exampleID(), true)
	_, looking := c.UpdateStatus(t.Context(), exampleID())
	var listing error
	for _, listing = range c.Registrations(t.Context(), account) {
		continue
	}
	for op, want := range map[string]struct {
		err          error
		method, path string
		id           client.DomainID
	}{
		"read the registration of example.com":         {reading, "GET", path + "/example.com", exampleID()},
		"set auto_renew of example.com to true":        {setting, "PATCH", path + "/example.com", exampleID()},
		"read the update status of example.com":        {looking, "GET", path + "/example.com/update-status", exampleID()},
		"list the registrations of account " + account: {listing, "GET", path, client.DomainID{Account: account}},
	} {
		e := matchError(t, want.err, client.KindRefused, 200, op+`: HTTP status 200 OK, code 10000 "Authentication error", the response says "success": false`)
		if e.Op != op || e.Method != want.method || e.Path != want.path || e.ID != want.id || e.Ray != "8f00-FRA" || e.Product != client.Sandbox {
			t.Errorf("error = %+v, want %s %s", e, want.method, want.path)
		}
	}
}

func TestRetryAfterIsReadWhereWaitingHelps(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]time.Duration{
		408: 7 * time.Second, 409: 7 * time.Second, 425: 7 * time.Second, 429: 7 * time.Second, 500: 7 * time.Second, 503: 7 * time.Second,
		200: 0, 302: 0, 400: 0, 401: 0, 403: 0, 404: 0, 501: 0,
	} {
		server := answering(status, html, http.Header{"Retry-After": {"7"}})
		_, err := newClient(t, server.Transport()).SetAutoRenew(t.Context(), exampleID(), true)
		if got := problemOf(t, err).RetryAfter; got != want {
			t.Errorf("status %d: RetryAfter = %s, want %s", status, got, want)
		}
	}
}

// The server here sends 100 MB and would go on for as long as it is read.
func TestAnEndlessBodyIsNotReadToItsEnd(t *testing.T) {
	t.Parallel()
	server := newServer(fake.Immediate())
	server.Inject(fake.Fault{Endless: 100 << 20})
	bytes := 0
	transport := transportFunc(func(request *http.Request) (*http.Response, error) {
		response, err := server.Transport().RoundTrip(request)
		if err == nil {
			response.Body = countedBody{response.Body, &bytes}
		}
		return response, err
	})
	_, err := newClient(t, transport).Registration(t.Context(), exampleID())
	wantError(t, err, client.KindMalformed, 200, "larger than the limit of 4194304 bytes")
	if bytes > 4<<20+1 {
		t.Errorf("%d bytes read, want 4 MiB and one", bytes)
	}
}

// countedBody counts what is read of it.
type countedBody struct {
	io.ReadCloser
	bytes *int
}

func (b countedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	*b.bytes += n
	return n, err
}

func TestABodyThatIsTooLargeDoesNotHideAStatus(t *testing.T) {
	t.Parallel()
	for status, kind := range map[int]client.Kind{http.StatusForbidden: client.KindNotAPI, http.StatusMultipleChoices: client.KindRedirect} {
		server := answering(status, strings.Repeat(" ", 5<<20), nil)
		_, err := newClient(t, server.Transport()).Registration(t.Context(), exampleID())
		wantError(t, err, kind, status, "")
		wantRequests(t, server, 1)
	}
}

func TestABodyOfTheLimitIsTaken(t *testing.T) {
	t.Parallel()
	body := `{"success":true,"result":{"domain_name":"example.com","auto_renew":true}}`
	server := answering(http.StatusOK, body+strings.Repeat(" ", 4<<20-len(body)), nil)
	if _, err := newClient(t, server.Transport()).Registration(t.Context(), exampleID()); err != nil {
		t.Error(err)
	}
}
